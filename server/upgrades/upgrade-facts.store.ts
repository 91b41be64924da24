import type { Catalog } from '../../core/catalog/offer.ts';
import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { ApprovalPolicy, UpgradeState } from '../../core/upgrades/approval.ts';
import type { UpgradeFacts } from '../../core/upgrades/upgrade-facts.ts';
import { type PolicyJson, policyJson, toPolicy } from '../approvals/approval-policy.store.ts';
import type { Actor } from '../context.ts';
import { billedJson, type BilledJson, chargedMinor, toBilledLines } from '../ledger/charge.store.ts';
import { sellRatesJson } from '../ledger/sell-rates.store.ts';
import { usersJson, type UsersJson } from '../licenses/license.store.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  customerFacts,
  type CustomerFactsRow,
  type PartnerFactsRow,
  tenantFacts,
  toCustomerFacts,
} from '../subscriptions/customer-facts.store.ts';
import { formerHoldingsJson } from '../subscriptions/former-holdings.store.ts';
import {
  livingAddOns,
  subscriptionJson,
  type SubscriptionJson,
  toSubscription,
  toSubscriptionRow,
} from '../subscriptions/subscription.store.ts';
import type { StoredQuote } from './quote.store.ts';

/** What is asked about, and when: a subscription on a day, without one on that on which an upgrade is applied; or what a quote names. */
const ASKED = {
  subscription: `select $3::uuid as subscription_id, $4::timestamptz as now, null::json as quote,
      coalesce($5::date, (($4::timestamptz + coalesce((select w.delay_minutes from approval_policies w where w.partner_id = $2), 0)
        * interval '1 minute') at time zone 'UTC')::date) as effective_on`,
  quote: `select subscription_id, $4::timestamptz as now, effective_on, asked || jsonb_build_object('quoteId', quote_id, 'targetOfferId', target_offer_id,
      'upgradeType', upgrade_type, 'expiresAt', expires_at,
      'priceListId', price_list_id, 'subscriptionVersion', subscription_version, 'targetVersion', target_version, 'promised', promised,
      'upgradeId', upgrade_id, 'waiting', shown->'waiting') as quote
    from quotes where customer_id = $1 and quote_id = $3 and partner_id = $2`,
};

/** What decides about an upgrade of subscription `s` of customer `c` for partner `o`, beside what holds for all of the partner. */
const subscriptionFacts = `q.effective_on, q.quote, ${subscriptionJson('s', 'q.now')} as subscription,
    (select coalesce(json_agg(${subscriptionJson('a', 'q.now')}), '[]') from subscriptions a
      where a.customer_id = s.customer_id and a.add_on_of = s.subscription_id) as add_ons,
    (select coalesce(json_agg(${subscriptionJson('b', 'q.now')}), '[]') from subscriptions b
      where s.platform = 'newCommerce' and b.customer_id = s.customer_id and b.partner_id = $2 and b.platform = s.platform) as sold,
    case when s.platform = 'newCommerce' then
      ${formerHoldingsJson({ customerId: 'c.customer_id', partnerId: '$2' })} else '[]' end as formerly,
    ${billedJson('q.effective_on')} as billed,
    ${chargedMinor('q.effective_on')} as charged_minor,
    ${usersJson('s', 'q.now')} as users,
    ${sellRatesJson('o.partner_id')} as rates,
    ${policyJson} as policy,
    (select json_build_object('upgradeId', u.upgrade_id, 'state', u.state) from upgrades u
      where u.customer_id = s.customer_id and u.source_subscription_id = s.subscription_id and u.partner_id = $2
        and u.state in ('waitingForApproval', 'held')) as waiting`;

/** Everything that decides one upgrade, in one query. */
const upgradeFactsOf = (asked: string) => `
  select ${customerFacts('q.effective_on')}, ${subscriptionFacts}
  from customers c
  join partners o on o.partner_id = $2
  join (${asked}) q on true
  join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = q.subscription_id and s.partner_id = $2
  where c.customer_id = $1`;

const UPGRADE_FACTS_OF_MANY = `
  select ${tenantFacts}, ${subscriptionFacts}
  from unnest($3::uuid[], $4::uuid[]) as asked (customer_id, subscription_id)
  join partners o on o.partner_id = $2
  join (select $5::timestamptz as now, $1::date as effective_on, null::json as quote) q on true
  join customers c on c.customer_id = asked.customer_id
  join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = asked.subscription_id and s.partner_id = $2`;

type UpgradeFactsRow = CustomerFactsRow & {
  effective_on: string;
  quote: StoredQuote | null;
  subscription: SubscriptionJson;
  add_ons: SubscriptionJson[];
  sold: SubscriptionJson[];
  formerly: UpgradeFacts['formerly'];
  billed: BilledJson;
  charged_minor: string;
  users: UsersJson;
  rates: SellRates;
  policy: PolicyJson;
  waiting: FoundFacts['waiting'];
};

export type FoundFacts = {
  readonly facts: UpgradeFacts;
  readonly effectiveOn: Temporal.PlainDate;
  readonly priceListId: string | null;
  readonly policy: ApprovalPolicy;
  /** By which it is sold on to the customer. */
  readonly rates: SellRates;
  /** The upgrade that waits for this subscription already. */
  readonly waiting: { readonly upgradeId: string; readonly state: UpgradeState } | null;
};

/** For the day on which an upgrade submitted now is applied, or for `on`. Undefined: no such subscription of the partner. */
export async function findUpgradeFacts(
  tx: Transaction,
  reader: Reader,
  { customerId, subscriptionId, on }: { customerId: string; subscriptionId: string; on?: Temporal.PlainDate },
): Promise<FoundFacts | undefined> {
  const { partnerId } = reader.actor.partner;
  const values = [customerId, partnerId, subscriptionId, reader.now.toString(), on?.toString() ?? null];
  const [row] = await tx.query<UpgradeFactsRow>(upgradeFactsOf(ASKED.subscription), values, 'facts-of-subscription');
  return row && toFacts(row, reader);
}

/**
 * The facts of many subscriptions for one day, in one query, by their ids; what holds for all of the partner is given. One that the partner does not
 * have is not among them.
 */
export async function findManyUpgradeFacts(
  tx: Transaction,
  reader: Reader,
  {
    rows,
    on,
    ofPartner,
  }: { readonly rows: readonly Sold[]; readonly on: Temporal.PlainDate; readonly ofPartner: PartnerFactsRow },
): Promise<ReadonlyMap<string, FoundFacts>> {
  const found = await tx.query<UpgradeFactsRow>(
    UPGRADE_FACTS_OF_MANY,
    [
      on.toString(),
      reader.actor.partner.partnerId,
      rows.map(({ customerId }) => customerId),
      rows.map(({ subscriptionId }) => subscriptionId),
      reader.now.toString(),
    ],
    'facts-of-many',
  );
  const facts = found.map((row) => toFacts({ ...row, ...ofPartner }, reader));
  return new Map(facts.map((one) => [one.facts.subscription.subscriptionId, one]));
}

type Sold = { readonly customerId: string; readonly subscriptionId: string };

/** The facts for the upgrade that a quote promised, with the quote; prices are those of its day. Undefined: no such quote of the partner. */
export async function findQuotedFacts(
  tx: Transaction,
  reader: Reader,
  { customerId, quoteId }: { customerId: string; quoteId: string },
): Promise<(FoundFacts & { quote: StoredQuote }) | undefined> {
  const values = [customerId, reader.actor.partner.partnerId, quoteId, reader.now.toString()];
  const [row] = await tx.query<UpgradeFactsRow>(upgradeFactsOf(ASKED.quote), values, 'facts-of-quote');
  if (!row?.quote) return undefined;
  return { ...toFacts(row, reader), quote: row.quote };
}

/** The subscriptions that an upgrade is about: that which it is of, and those which could take its seats. */
export function subscriptionsOf(found: FoundFacts | undefined): readonly Subscription[] {
  return found ? [found.facts.subscription, ...found.facts.sold] : [];
}

/** Who reads, with what catalog, at what moment. */
export type Reader = { readonly actor: Actor; readonly catalog: Catalog; readonly now: Temporal.Instant };

function toFacts(row: UpgradeFactsRow, { catalog, actor, now }: Reader): FoundFacts {
  const subscription = toSubscription(toSubscriptionRow(row.subscription));
  const facts = {
    ...toCustomerFacts(row, catalog, actor, now),
    subscription,
    addOns: livingAddOns(row.add_ons.map(toSubscriptionRow)),
    sold: row.sold.map((one) => toSubscription(toSubscriptionRow(one))),
    formerly: row.formerly,
    billed: toBilledLines(row.billed),
    charged: { minor: BigInt(row.charged_minor), currency: subscription.unitPrice.currency },
    users: row.users,
  };
  return {
    facts,
    effectiveOn: Temporal.PlainDate.from(row.effective_on),
    priceListId: row.price_list_id,
    policy: toPolicy(row.policy),
    rates: row.rates,
    waiting: row.waiting,
  };
}
