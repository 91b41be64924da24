import type { Language } from '../../contract/values.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';
import { escapeLike } from '../postgres/escape-like.ts';
import type { CampaignFilter } from './chosen.ts';

export type SoldSubscription = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly offerId: string;
  readonly quantity: number;
};

const SOLD = `select s.customer_id as "customerId", s.subscription_id as "subscriptionId", s.offer_id as "offerId", s.quantity
  from subscriptions s join customers c on c.customer_id = s.customer_id`;

/** Living subscriptions that a filter is about, by the names of their customers. */
export async function findByFilter(
  tx: Transaction,
  partnerId: string,
  { filter, language, limit }: { readonly filter: CampaignFilter; readonly language: Language; readonly limit: number },
): Promise<SoldSubscription[]> {
  return tx.query<SoldSubscription>(
    `${SOLD}
     where s.partner_id = $1 and s.channel = 'csp' and s.status <> 'deleted' and s.offer_id = $2
       and ($3::uuid[] is null or s.customer_id = any ($3))
       and ($4::text is null or c.name_folded like '%' || $4 || '%' or c.domain like '%' || $4 || '%')
       and ($5::date is null or s.change_until >= $5) and ($6::date is null or s.change_until <= $6)
       and ($7::integer is null or s.quantity >= $7) and ($8::integer is null or s.quantity <= $8)
     order by c.name collate ${COLLATIONS[language]}, s.customer_id, s.purchased_on, s.subscription_id limit $9`,
    [
      partnerId,
      filter.sourceOfferId,
      filter.customerIds ?? null,
      filter.search ? escapeLike(filter.search) : null,
      filter.endsFrom ?? null,
      filter.endsUntil ?? null,
      filter.licensesFrom ?? null,
      filter.licensesUntil ?? null,
      limit,
    ],
  );
}

/** What the partner sold of these. */
export async function findSold(
  tx: Transaction,
  partnerId: string,
  subscriptionIds: readonly string[],
): Promise<SoldSubscription[]> {
  return tx.query<SoldSubscription>(`${SOLD} where s.partner_id = $1 and s.subscription_id = any ($2::uuid[])`, [
    partnerId,
    subscriptionIds,
  ]);
}
