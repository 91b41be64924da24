import type { Transaction } from '../postgres/database.ts';
import type { QuotedUpgrade } from './bill-line.store.ts';
import type { LineRecord } from './charge.store.ts';
import type { ChargedCustomer } from './customer-charge.store.ts';

/** An upgrade of a customer with the lines that its quote told and those that were written for it. */
export type QuotedOfCustomer = Pick<QuotedUpgrade, 'upgrade_id' | 'due' | 'billed'> & {
  readonly applied_at: string;
  readonly source_offer_id: string;
  readonly target_offer_id: string;
  readonly currency: string;
  /** As it was shown; each line is promised as the text of it. */
  readonly quoted: readonly LineRecord[];
};

type Page = {
  /** Only these; absent: all. */
  readonly upgradeIds?: readonly string[] | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
};

/** The upgrades of a customer that were quoted and carried out, newest first; one more than the limit tells that there are more. */
export async function findQuotedOfCustomer(
  tx: Transaction,
  { partnerId, customerId }: ChargedCustomer,
  { upgradeIds, before, limit }: Page,
): Promise<QuotedOfCustomer[]> {
  return tx.query<QuotedOfCustomer>(
    `select u.upgrade_id, u.applied_at, u.source_offer_id, u.target_offer_id, u.currency,
       (q.shown->'credits') || (q.shown->'charges') as quoted,
       coalesce(q.shown->'dueLines', '[]') || coalesce(q.shown->'targetDueLines', '[]') as due,
       coalesce((
         select json_agg(json_build_object('chargeType', c.charge_type, 'start', c.period_start, 'end', c.period_end,
           'quantity', c.quantity, 'minor', c.amount_minor::text) order by c.amount_minor, c.charge_id)
         from charges c where c.customer_id = u.customer_id and c.upgrade_id = u.upgrade_id), '[]') as billed
     from upgrades u
     join quotes q on q.customer_id = u.customer_id and q.quote_id = u.quote_id
     where u.customer_id = $1 and u.partner_id = $2 and u.state = 'applied'
       and ($3::uuid[] is null or u.upgrade_id = any ($3)) and ($4::uuid is null or u.upgrade_id < $4)
     order by u.upgrade_id desc limit $5`,
    [customerId, partnerId, upgradeIds ?? null, before ?? null, limit + 1],
  );
}
