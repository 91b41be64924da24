import type { BillingSettingsOnWire } from '../../contract/billing-settings.ts';
import type { Transaction } from '../postgres/database.ts';

/** How a partner has its lines rounded, as JSON; `partnerId` is an SQL expression. */
export const roundingJson = (partnerId: string) => `
  coalesce((select json_build_object('legacy', v.legacy_rounding, 'newCommerce', v.new_commerce_rounding)
    from partner_settings v where v.partner_id = ${partnerId}), '{}')`;

/** A partner that has set nothing has the documented rounding and no taxes. */
export async function findBillingSettings(tx: Transaction, partnerId: string): Promise<BillingSettingsOnWire> {
  const [row] = await tx.query<BillingSettingsOnWire>(
    `select coalesce(s.legacy_rounding, 'full-precision') as "legacyRounding",
       coalesce(s.new_commerce_rounding, 'cut-unit') as "newCommerceRounding",
       coalesce((
         select json_agg(json_build_object('market', v.market, 'basisPoints', v.basis_points) order by v.market)
         from vat_rates v where v.partner_id = p.partner_id), '[]') as "vatRates"
     from partners p left join partner_settings s on s.partner_id = p.partner_id where p.partner_id = $1`,
    [partnerId],
  );
  if (!row) throw new RangeError(`no partner ${partnerId}`);
  return row;
}

/** Replaces them; the row of the partner's settings is held by who calls. */
export async function saveBillingSettings(
  tx: Transaction,
  partnerId: string,
  { legacyRounding, newCommerceRounding, vatRates }: BillingSettingsOnWire,
): Promise<void> {
  await tx.query('update partner_settings set legacy_rounding = $2, new_commerce_rounding = $3 where partner_id = $1', [
    partnerId,
    legacyRounding,
    newCommerceRounding,
  ]);
  await tx.query('delete from vat_rates where partner_id = $1', [partnerId]);
  await tx.query(
    `insert into vat_rates select $1, r.market, r."basisPoints"
     from jsonb_to_recordset($2) as r (market text, "basisPoints" integer)`,
    [partnerId, JSON.stringify(vatRates)],
  );
}

/** What the partner puts on its cost for a customer, 0 where it has set nothing; undefined: no customer of its own. */
export async function findMargin(tx: Transaction, partnerId: string, customerId: string): Promise<number | undefined> {
  const [row] = await tx.query<{ margin: number }>(
    `select coalesce(m.basis_points, 0) as margin from relationships r
     left join customer_margins m on m.customer_id = r.customer_id and m.partner_id = r.partner_id
     where r.customer_id = $1 and r.partner_id = $2`,
    [customerId, partnerId],
  );
  return row?.margin;
}

export async function saveMargin(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  basisPoints: number,
): Promise<void> {
  await tx.query(
    `insert into customer_margins values ($1, $2, $3)
     on conflict (customer_id, partner_id) do update set basis_points = excluded.basis_points`,
    [customerId, partnerId, basisPoints],
  );
}
