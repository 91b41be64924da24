import type { Transaction } from '../postgres/database.ts';
import type { FirstPartner } from './set-up.ts';

export async function saveSetupCode(tx: Transaction, hash: Buffer, expiresAt: string): Promise<void> {
  await tx.query('update deployment set setup_code_hash = $1, setup_code_expires_at = $2', [hash, expiresAt]);
}

/** Whether this is the code that was printed last, and still good. */
export async function isSetupCode(tx: Transaction, hash: Buffer, now: string): Promise<boolean> {
  const rows = await tx.query('select 1 from deployment where setup_code_hash = $1 and setup_code_expires_at > $2', [
    hash,
    now,
  ]);
  return rows.length > 0;
}

/** Whether somebody waits for a first administrator. */
export async function hasSetupCode(tx: Transaction): Promise<boolean> {
  // A server that started while another one was set up may have left a code that opens nothing.
  const waiting = 'select 1 from deployment where setup_code_hash is not null and not exists (select 1 from agents)';
  return (await tx.query(waiting)).length > 0;
}

export async function clearSetupCode(tx: Transaction): Promise<void> {
  await tx.query('update deployment set setup_code_hash = null, setup_code_expires_at = null');
}

export async function saveFirstPartner(
  tx: Transaction,
  { partner, agentId, email, displayName, passwordHash }: FirstPartner & { agentId: string; passwordHash: string },
): Promise<void> {
  const { tenantId, name, domain, market, currency, language } = partner;
  await tx.query(
    'insert into partners (partner_id, name, domain, market, currency, language) values ($1, $2, $3, $4, $5, $6)',
    [tenantId, name, domain, market, currency, language],
  );
  await tx.query(
    `insert into agents (partner_id, agent_id, email, display_name, roles, password_hash)
     values ($1, $2, $3, $4, '{globalAdmin,adminAgent}', $5)`,
    [tenantId, agentId, email, displayName, passwordHash],
  );
}
