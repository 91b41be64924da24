import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRow, toActor } from './agent.store.ts';

/** A program that waits to be let in. */
export type WaitingProgram = {
  readonly program: string;
  readonly address: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
};

export async function saveDeviceCode(
  tx: Transaction,
  code: WaitingProgram & { readonly deviceHash: Buffer; readonly userHash: Buffer; readonly intervalSeconds: number },
): Promise<void> {
  await tx.query(
    `insert into device_codes (device_hash, user_hash, program, address, requested_at, expires_at, interval_seconds)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      code.deviceHash,
      code.userHash,
      code.program,
      code.address,
      code.requestedAt,
      code.expiresAt,
      code.intervalSeconds,
    ],
  );
}

type ProgramRow = { program: string; address: string; requested_at: string; expires_at: string };

/** The program that waits with a code and was not answered yet. */
export async function findWaiting(tx: Transaction, userHash: Buffer, now: string): Promise<WaitingProgram | undefined> {
  const [row] = await tx.query<ProgramRow>(
    `select program, address, requested_at, expires_at from device_codes
     where user_hash = $1 and expires_at > $2 and agent_id is null and refused_at is null`,
    [userHash, now],
  );
  return (
    row && {
      program: row.program,
      address: row.address,
      requestedAt: row.requested_at,
      expiresAt: row.expires_at,
    }
  );
}

/** Lets a program in as an agent, once. Undefined: nobody waits with the code any more. */
export async function approve(
  tx: Transaction,
  { agentId, partner, sessionId }: Actor,
  userHash: Buffer,
  now: string,
): Promise<{ program: string; address: string } | undefined> {
  const [row] = await tx.query<{ program: string; address: string }>(
    `update device_codes set partner_id = $3, agent_id = $4, session_id = $5
     where user_hash = $1 and expires_at > $2 and agent_id is null and refused_at is null returning program, address`,
    [userHash, now, partner.partnerId, agentId, sessionId],
  );
  return row;
}

/** Turns a program away. Undefined: nobody waits with the code any more. */
export async function refuse(
  tx: Transaction,
  userHash: Buffer,
  now: string,
): Promise<{ program: string; address: string } | undefined> {
  const [row] = await tx.query<{ program: string; address: string }>(
    `update device_codes set refused_at = $2
     where user_hash = $1 and expires_at > $2 and agent_id is null and refused_at is null returning program, address`,
    [userHash, now],
  );
  return row;
}

/** Whether a session is one of a program that was let in by a code. */
export async function isOfProgram(tx: Transaction, { partner, sessionId }: Actor): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from sessions where partner_id = $1 and session_id = $2 and method = 'device'`,
    [partner.partnerId, sessionId],
  );
  return rows.length > 0;
}

export type HeldCode = {
  readonly intervalSeconds: number;
  readonly askedAt: string | null;
  readonly isRefused: boolean;
  /** Who approved it, and in which session. */
  readonly approved: { readonly actor: Actor; readonly sessionId: string } | undefined;
};

type HeldRow = {
  interval_seconds: number;
  asked_at: string | null;
  is_refused: boolean;
  approved_in: string | null;
};

/** A code by what the program knows, held until the end of the transaction; `tx` is the system's. */
export async function holdDeviceCode(tx: Transaction, deviceHash: Buffer, now: string): Promise<HeldCode | undefined> {
  const [row] = await tx.query<HeldRow & AgentRow>(
    `select d.interval_seconds, d.asked_at, d.refused_at is not null as is_refused, d.session_id as approved_in,
       a.agent_id, a.email, a.display_name, a.roles, p.partner_id, p.name as partner_name, p.market, p.currency, p.language
     from device_codes d
     left join agents a on a.partner_id = d.partner_id and a.agent_id = d.agent_id and a.removed_at is null
     left join partners p on p.partner_id = a.partner_id
     where d.device_hash = $1 and d.expires_at > $2 for update of d`,
    [deviceHash, now],
  );
  if (!row) return undefined;
  return {
    intervalSeconds: row.interval_seconds,
    askedAt: row.asked_at,
    isRefused: row.is_refused,
    approved:
      row.approved_in === null || row.agent_id === null
        ? undefined
        : { actor: toActor(row), sessionId: row.approved_in },
  };
}

/** Notes that the program asked, and how long it has to wait now. */
export async function noteAsked(
  tx: Transaction,
  deviceHash: Buffer,
  { askedAt, intervalSeconds }: { readonly askedAt: string; readonly intervalSeconds: number },
): Promise<void> {
  await tx.query('update device_codes set asked_at = $2, interval_seconds = $3 where device_hash = $1', [
    deviceHash,
    askedAt,
    intervalSeconds,
  ]);
}

export async function removeDeviceCode(tx: Transaction, deviceHash: Buffer): Promise<void> {
  await tx.query('delete from device_codes where device_hash = $1', [deviceHash]);
}

/** The new session ends with the one at the identity provider in which it was approved. */
export async function copyProviderSession(
  tx: Transaction,
  { agentId, partner }: Actor,
  from: string,
  to: string,
): Promise<void> {
  await tx.query(
    `insert into provider_sessions (partner_id, agent_id, session_id, provider_id, subject, sid, id_token)
     select partner_id, agent_id, $4, provider_id, subject, sid, id_token from provider_sessions
     where partner_id = $1 and agent_id = $2 and session_id = $3`,
    [partner.partnerId, agentId, from, to],
  );
}
