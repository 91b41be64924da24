import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import type { Judged } from '../../core/imports/judge-subscriptions.ts';
import type { PlanFact } from '../../core/imports/record.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ImportKey } from './import.store.ts';

/** Whether the catalog has a service in a product, and by the same name. */
export function judgePlan(catalog: Catalog, { skuId, planId, planName }: PlanFact): Judged<PlanFact> {
  const plan = offerOf(catalog, skuId)?.servicePlans.find((one) => one.planId === planId);
  if (!plan) return { state: 'new' };
  return plan.planName === planName ? { state: 'same' } : { state: 'changed', before: { planName: plan.planName } };
}

/** Services that the catalog has in the products of a file, and the file has not. */
export async function findGonePlans(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  catalog: Catalog,
): Promise<(PlanFact & { readonly name: string })[]> {
  const rows = await tx.query<{ sku: string; plans: string[] }>(
    `select fact ->> 'skuId' as sku, array_agg(fact ->> 'planId') as plans from import_rows
     where partner_id = $1 and import_id = $2 and row_key is not null group by 1 order by 1`,
    [partnerId, importId],
  );
  return rows.flatMap(({ sku: skuId, plans }) =>
    (offerOf(catalog, skuId)?.servicePlans ?? [])
      .filter(({ planId }) => !plans.includes(planId))
      .map(({ planId, planName }) => ({ skuId, planId, planName, name: offerOf(catalog, skuId)?.name.en ?? skuId })),
  );
}

export async function saveGonePlans(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  gone: readonly (PlanFact & { readonly name: string })[],
): Promise<void> {
  await tx.query(
    `insert into import_rows (partner_id, import_id, place, line, state, name, fact_before)
     select $1, $2, (select max(place) from import_rows where partner_id = $1 and import_id = $2) + g.nth, null, 'gone',
       g.plan ->> 'name', g.plan - 'name'
     from jsonb_array_elements($3::jsonb) with ordinality as g (plan, nth)`,
    [partnerId, importId, JSON.stringify(gone)],
  );
}

function offerOf({ offers }: Catalog, skuId: string): Offer | undefined {
  return [...offers.values()].find((offer) => offer.skuId === skuId);
}
