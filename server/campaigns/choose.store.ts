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

/** Living subscriptions that a filter is about, in the first eight places of a question. */
const MATCHES = `s.partner_id = $1 and s.channel = 'csp' and s.status <> 'deleted' and s.offer_id = $2
       and ($3::uuid[] is null or s.customer_id = any ($3))
       and ($4::text is null or c.name_folded like '%' || $4 || '%' or c.domain like '%' || $4 || '%')
       and ($5::date is null or s.change_until >= $5) and ($6::date is null or s.change_until <= $6)
       and ($7::integer is null or s.quantity >= $7) and ($8::integer is null or s.quantity <= $8)`;
const inOrder = (language: Language) =>
  `c.name collate ${COLLATIONS[language]}, s.customer_id, s.purchased_on, s.subscription_id`;

function valuesOf(partnerId: string, filter: CampaignFilter) {
  return [
    partnerId,
    filter.sourceOfferId,
    filter.customerIds ?? null,
    filter.search ? escapeLike(filter.search) : null,
    filter.endsFrom ?? null,
    filter.endsUntil ?? null,
    filter.licensesFrom ?? null,
    filter.licensesUntil ?? null,
  ];
}

/** What a filter is about, by the names of the customers. */
export async function findByFilter(
  tx: Transaction,
  partnerId: string,
  { filter, language, limit }: { readonly filter: CampaignFilter; readonly language: Language; readonly limit: number },
): Promise<SoldSubscription[]> {
  return tx.query<SoldSubscription>(`${SOLD} where ${MATCHES} order by ${inOrder(language)} limit $9`, [
    ...valuesOf(partnerId, filter),
    limit,
  ]);
}

export type Candidate = SoldSubscription & {
  readonly customerName: string;
  readonly friendlyName: string | null;
  readonly endsOn: string | null;
  /** How many there are in all. */
  readonly total: number;
};

/** The same, a page of them, as somebody looks at them. */
export async function findCandidates(
  tx: Transaction,
  partnerId: string,
  asked: {
    readonly filter: CampaignFilter;
    readonly language: Language;
    readonly skip: number;
    readonly limit: number;
  },
): Promise<Candidate[]> {
  const { filter, language, skip, limit } = asked;
  return tx.query<Candidate>(
    `select s.customer_id as "customerId", s.subscription_id as "subscriptionId", s.offer_id as "offerId", s.quantity,
       c.name as "customerName", s.friendly_name as "friendlyName", s.change_until as "endsOn", (count(*) over ())::integer as total
     from subscriptions s join customers c on c.customer_id = s.customer_id
     where ${MATCHES} order by ${inOrder(language)} offset $9 limit $10`,
    [...valuesOf(partnerId, filter), skip, limit],
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
