import type { Transaction } from '../postgres/database.ts';

/** What a partner has set for itself. */
export type PartnerSettings = {
  /** How many days rows of the audit log are kept; null: for ever. */
  readonly auditDays: number | null;
};

/** A partner without a row has set nothing. */
export async function findSettings(tx: Transaction, partnerId: string): Promise<PartnerSettings> {
  const [row] = await tx.query<PartnerSettings>(
    'select audit_days as "auditDays" from partner_settings where partner_id = $1',
    [partnerId],
  );
  return row ?? { auditDays: null };
}

/** The same, held until the end of the transaction. */
export async function lockSettings(tx: Transaction, partnerId: string): Promise<PartnerSettings> {
  await tx.query('insert into partner_settings (partner_id) values ($1) on conflict do nothing', [partnerId]);
  await tx.query('select 1 from partner_settings where partner_id = $1 for update', [partnerId]);
  return findSettings(tx, partnerId);
}

export async function saveSettings(tx: Transaction, partnerId: string, { auditDays }: PartnerSettings): Promise<void> {
  await tx.query('update partner_settings set audit_days = $2 where partner_id = $1', [partnerId, auditDays]);
}
