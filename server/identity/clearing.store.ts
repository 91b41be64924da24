import type { Transaction } from '../postgres/database.ts';

const AT_ONCE = 1000;

/** Removes a thousand sessions that are over; tells whether there may be more. So do the others. */
export async function clearSessions(tx: Transaction, now: string, idleMinutes: number): Promise<boolean> {
  const rows = await tx.query(
    `delete from sessions where token_hash in (
       select token_hash from sessions where expires_at <= $1 or last_seen_at <= $1::timestamptz - $2 * interval '1 minute'
       limit ${AT_ONCE} for update skip locked) returning 1`,
    [now, idleMinutes],
  );
  return rows.length === AT_ONCE;
}

export async function clearFailures(tx: Transaction, before: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from sign_in_failures where counter in (
       select counter from sign_in_failures where last_failed_at < $1 limit ${AT_ONCE} for update skip locked) returning 1`,
    [before],
  );
  return rows.length === AT_ONCE;
}

export async function clearKnownSources(tx: Transaction, before: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from known_sources where (partner_id, agent_id, source_hash) in (
       select partner_id, agent_id, source_hash from known_sources where last_seen_at < $1
       limit ${AT_ONCE} for update skip locked) returning 1`,
    [before],
  );
  return rows.length === AT_ONCE;
}

export async function clearDeviceCodes(tx: Transaction, now: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from device_codes where device_hash in (
       select device_hash from device_codes where expires_at < $1 limit ${AT_ONCE} for update skip locked) returning 1`,
    [now],
  );
  return rows.length === AT_ONCE;
}

export async function clearLogoutTokens(tx: Transaction, now: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from used_logout_tokens where (partner_id, provider_id, jti_hash) in (
       select partner_id, provider_id, jti_hash from used_logout_tokens where expires_at < $1
       limit ${AT_ONCE} for update skip locked) returning 1`,
    [now],
  );
  return rows.length === AT_ONCE;
}
