import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';

/** What an agent signs in with of its own. */
export type Credentials = {
  readonly passwordHash: string | null;
  readonly totpSecret: string | null;
  readonly totpConfirmedAt: string | null;
};

type Row = { password_hash: string | null; totp_secret: string | null; totp_confirmed_at: string | null };

/** Locks the agent's row: what is changed with this in hand is changed by nobody else. */
export async function holdCredentials(tx: Transaction, { agentId, partner }: Actor): Promise<Credentials> {
  return toCredentials(
    await tx.query<Row>(
      `select password_hash, totp_secret, totp_confirmed_at from agents where partner_id = $1 and agent_id = $2
       for no key update`,
      [partner.partnerId, agentId],
    ),
  );
}

export async function findCredentials(tx: Transaction, { agentId, partner }: Actor): Promise<Credentials> {
  return toCredentials(
    await tx.query<Row>(
      'select password_hash, totp_secret, totp_confirmed_at from agents where partner_id = $1 and agent_id = $2',
      [partner.partnerId, agentId],
    ),
  );
}

export async function savePassword(tx: Transaction, { agentId, partner }: Actor, hash: string): Promise<void> {
  await tx.query('update agents set password_hash = $3 where partner_id = $1 and agent_id = $2', [
    partner.partnerId,
    agentId,
    hash,
  ]);
}

/** A secret that no code has confirmed yet. */
export async function saveTotpSecret(tx: Transaction, { agentId, partner }: Actor, secret: string): Promise<void> {
  await tx.query(
    `update agents set totp_secret = $3, totp_confirmed_at = null, totp_last_step = null
     where partner_id = $1 and agent_id = $2`,
    [partner.partnerId, agentId, secret],
  );
}

/** From now on the second factor is asked for, and these codes stand in for it, each once. */
export async function confirmTotp(
  tx: Transaction,
  { agentId, partner }: Actor,
  given: { readonly at: string; readonly step: number; readonly recoveryHashes: readonly Buffer[] },
): Promise<void> {
  await tx.query(
    `update agents set totp_confirmed_at = $3, totp_last_step = $4 where partner_id = $1 and agent_id = $2`,
    [partner.partnerId, agentId, given.at, given.step],
  );
  await tx.query('delete from recovery_codes where partner_id = $1 and agent_id = $2', [partner.partnerId, agentId]);
  await tx.query('insert into recovery_codes (partner_id, agent_id, code_hash) select $1, $2, unnest($3::bytea[])', [
    partner.partnerId,
    agentId,
    given.recoveryHashes,
  ]);
}

export async function removeTotp(tx: Transaction, { agentId, partner }: Actor): Promise<void> {
  await tx.query(
    `update agents set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
     where partner_id = $1 and agent_id = $2`,
    [partner.partnerId, agentId],
  );
  await tx.query('delete from recovery_codes where partner_id = $1 and agent_id = $2', [partner.partnerId, agentId]);
}

/** False: the code of this step, or a later one, was used before. */
export async function useStep(tx: Transaction, { agentId, partner }: Actor, step: number): Promise<boolean> {
  const rows = await tx.query(
    `update agents set totp_last_step = $3
     where partner_id = $1 and agent_id = $2 and (totp_last_step is null or totp_last_step < $3) returning 1`,
    [partner.partnerId, agentId, step],
  );
  return rows.length > 0;
}

/** False: there is no such code, or it was used before. */
export async function useRecoveryCode(tx: Transaction, { agentId, partner }: Actor, hash: Buffer): Promise<boolean> {
  const rows = await tx.query(
    'delete from recovery_codes where partner_id = $1 and agent_id = $2 and code_hash = $3 returning 1',
    [partner.partnerId, agentId, hash],
  );
  return rows.length > 0;
}

export async function countRecoveryCodes(tx: Transaction, { agentId, partner }: Actor): Promise<number> {
  const [row] = await tx.query<{ count: bigint }>(
    'select count(*) as count from recovery_codes where partner_id = $1 and agent_id = $2',
    [partner.partnerId, agentId],
  );
  return Number(row?.count ?? 0);
}

function toCredentials([row]: readonly Row[]): Credentials {
  return {
    passwordHash: row?.password_hash ?? null,
    totpSecret: row?.totp_secret ?? null,
    totpConfirmedAt: row?.totp_confirmed_at ?? null,
  };
}
