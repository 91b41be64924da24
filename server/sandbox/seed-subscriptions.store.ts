import type { BillingLine } from '../../core/ledger/charge.ts';
import type { Platform } from '../../core/catalog/offer.ts';
import { creditForCancellation, cycleFeesDue } from '../../core/ledger/legacy-billing.ts';
import { formatUnitPrice, parseUnitPrice, type UnitPrice } from '../../core/values/money.ts';
import { termAt, utcDay } from '../../core/values/period.ts';
import { type ChargedSubscription, insertCharges, toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { insertRows } from './insert-rows.store.ts';
import { newCommerceHistory, type NewCommerceHistory } from './new-commerce-seed.ts';
import type { SeedCustomer, SeedSubscription } from './world.ts';

type Maker = {
  readonly now: Temporal.Instant;
  readonly newId: () => string;
  /** Charges of periods that ended before are not written; absent: all are. */
  readonly linesFrom?: Temporal.PlainDate;
};

/** Saves what customers subscribed to with its terms, windows and charges, a statement for each table. */
export async function saveSubscriptions(
  tx: Transaction,
  customers: readonly Pick<SeedCustomer, 'customerId' | 'country' | 'subscriptions'>[],
  maker: Maker,
): Promise<void> {
  const seeds = customers.flatMap(({ customerId, country, subscriptions }) =>
    subscriptions.map((seed) => ({ customerId, country, seed })),
  );
  const prices = await findListPrices(tx, seeds);
  const saved = seeds.map(({ customerId, seed }, index) => {
    const { currency, listPrice, platform } = prices[index] ?? unknownOffer(seed.offerId);
    // What other channels take is unknown, and a world may be loaded on a clock before every price; both count as 0.
    const unitPrice = parseUnitPrice(seed.unitPrice ?? listPrice ?? '0', currency);
    const history = (platform === 'legacy' ? legacyHistory : newCommerceHistory)(seed, unitPrice, maker.now);
    return { customerId, seed, platform, unitPrice, history };
  });
  await insertRows(
    tx,
    'subscriptions',
    saved.map((one) => subscriptionRow(one, maker.newId())),
  );
  const sold = saved.flatMap(({ seed, ...rest }) =>
    seed.partnerId === null ? [] : { ...rest, seed: { ...seed, partnerId: seed.partnerId } },
  );
  await insertRows(
    tx,
    'seat_batches',
    sold.flatMap((one) => batchRows(one, maker.newId())),
  );
  await saveCharges(tx, sold, maker);
}

type Saved = {
  readonly customerId: string;
  readonly seed: SeedSubscription;
  readonly platform: Platform;
  readonly unitPrice: UnitPrice;
  readonly history: NewCommerceHistory;
};
type Sold = Saved & { readonly seed: { readonly partnerId: string } };

function subscriptionRow({ customerId, seed, platform, unitPrice, history }: Saved, orderId: string) {
  const billedThrough = history.lines.findLast(({ amount }) => amount.minor >= 0n)?.period.end;
  return {
    customer_id: customerId,
    subscription_id: seed.subscriptionId,
    partner_id: seed.partnerId,
    channel: seed.channel,
    offer_id: seed.offerId,
    order_id: orderId,
    friendly_name: seed.friendlyName ?? null,
    quantity: seed.quantity,
    billing_cycle: seed.billingCycle,
    auto_renew: seed.autoRenew,
    unit_price: formatUnitPrice(unitPrice),
    currency: unitPrice.currency,
    platform,
    term_duration: history.termDuration,
    purchased_on: seed.purchasedOn.toString(),
    term_starts_on: history.termStartsOn.toString(),
    term_ends_on: history.termEndsOn.toString(),
    status_until: history.statusUntil?.toString() ?? null,
    cancellable_until: history.cancellableUntil?.toString() ?? null,
    billed_through: (billedThrough ?? seed.purchasedOn.subtract({ days: 1 })).toString(),
    updates: 0,
    status: seed.status,
    provisioning: seed.provisioning,
    add_on_of: seed.addOnOf ?? null,
    ended_reason: seed.ended?.reason ?? null,
    ended_at: seed.ended?.at.toString() ?? null,
    version: 1,
  };
}

/** The seats of the running term as one batch, where they are of a kind that can be removed. */
function batchRows({ customerId, seed, history: { seatsAddedAt, seatsRemovableUntil } }: Sold, batchId: string) {
  if (seed.status === 'deleted' || !seatsAddedAt || !seatsRemovableUntil) return [];
  return [
    {
      customer_id: customerId,
      subscription_id: seed.subscriptionId,
      batch_id: batchId,
      partner_id: seed.partnerId,
      quantity: seed.quantity,
      added_at: seatsAddedAt.toString(),
      removable_until: seatsRemovableUntil.toString(),
    },
  ];
}

async function saveCharges(tx: Transaction, sold: readonly Sold[], { now, newId, linesFrom }: Maker): Promise<void> {
  const isWritten = ({ period }: BillingLine) => !linesFrom || Temporal.PlainDate.compare(period.end, linesFrom) >= 0;
  const rows = sold.flatMap(({ customerId, seed, history }) => {
    const whose = { customer_id: customerId, partner_id: seed.partnerId, reference_id: newId() };
    const charged = { ...seed, ...history, friendlyName: seed.friendlyName ?? null };
    return bookedRows(history.lines.filter(isWritten), charged, { now, newId }).map((row) => ({ ...row, ...whose }));
  });
  const insert = insertCharges({
    rows: '$1::jsonb',
    customerId: 'r.customer_id',
    partnerId: 'r.partner_id',
    upgradeId: 'null::uuid',
    referenceId: 'null::uuid',
    at: '$2::timestamptz',
  });
  await tx.query(insert, [JSON.stringify(rows), now.toString()]);
}

/** What was billed fell due when its period began, and what was given back on the day of the end. */
function bookedRows(
  lines: readonly BillingLine[],
  seed: ChargedSubscription & Pick<SeedSubscription, 'ended'>,
  { now, newId }: Maker,
) {
  const lastDay = utcDay(seed.ended?.at ?? now).toString();
  return toChargeRows(lines, seed, newId).map((row) => ({
    ...row,
    booked_on: row.amount_minor.startsWith('-') ? lastDay : row.period_start,
  }));
}

/** The history of a legacy seed at one price; it has neither windows nor batches of seats. */
function legacyHistory(seed: SeedSubscription, unitPrice: UnitPrice, now: Temporal.Instant): NewCommerceHistory {
  const lastDay = utcDay(seed.ended?.at ?? now);
  const { purchasedOn, billingCycle, quantity, autoRenew, ended } = seed;
  const { start, end } = termAt(purchasedOn, lastDay);
  const termEndsOn = seed.termEndsOn ?? end;
  const billedThrough = purchasedOn.subtract({ days: 1 });
  const terms = { purchasedOn, billingCycle, unitPrice, quantity, billedThrough, autoRenew, termEndsOn };
  const fees = cycleFeesDue(terms, seed.billedThrough ?? lastDay);
  const credits = ended && ended.reason !== 'expired' ? creditForCancellation(terms, fees, lastDay) : [];
  const isRunning = seed.status === 'active' || seed.status === 'suspended';
  return {
    termDuration: 'P1Y',
    billingCycle,
    termStartsOn: start,
    termEndsOn,
    lines: [...fees, ...credits],
    statusUntil: isRunning ? termEndsOn.add({ days: 1 }) : null,
    cancellableUntil: null,
    seatsAddedAt: null,
    seatsRemovableUntil: null,
  };
}

type Priced = {
  readonly country: string;
  readonly seed: Pick<SeedSubscription, 'partnerId' | 'offerId' | 'billingCycle' | 'termDuration' | 'purchasedOn'>;
};

/**
 * For each seed the offer's platform, the seller's currency, and its list price of the purchase day, for new commerce in the customer's country
 * where there is a list for it; null: none. @throws RangeError where there is no such offer.
 */
export async function findListPrices(
  tx: Transaction,
  seeds: readonly Priced[],
): Promise<{ platform: Platform; currency: string; listPrice: string | null }[]> {
  const asked = seeds.map(({ country, seed }, place) => ({
    place,
    partner_id: seed.partnerId,
    offer_id: seed.offerId,
    billing_cycle: seed.billingCycle,
    bought: seed.purchasedOn.toString(),
    term: seed.termDuration ?? (seed.billingCycle === 'none' ? 'P1M' : 'P1Y'),
    country,
  }));
  const rows = await tx.query<{ platform: Platform | null; currency: string | null; price: string | null }>(
    `select f.platform, o.currency, (select p.unit_price::text from prices p
       where p.price_list_id = coalesce(
           (select m.price_list_id from market_price_lists m
             where f.platform = 'newCommerce' and m.partner_id = o.partner_id and m.market = s.country), o.price_list_id)
         and p.offer_id = s.offer_id and p.billing_cycle = s.billing_cycle and p.term_duration = s.term
         and s.bought between p.valid_from and p.valid_until order by p.valid_from desc limit 1) as price
     from jsonb_to_recordset($1::jsonb) as s (place integer, partner_id uuid, offer_id text, billing_cycle text, bought date,
       term text, country text)
     left join offers f on f.offer_id = s.offer_id left join partners o on o.partner_id = s.partner_id
     order by s.place`,
    [JSON.stringify(asked)],
  );
  return rows.map(({ platform, currency, price }, place) => ({
    platform: platform ?? unknownOffer(asked[place]?.offer_id ?? ''),
    currency: currency ?? 'USD',
    listPrice: price,
  }));
}

function unknownOffer(offerId: string): never {
  throw new RangeError(`no offer ${offerId}`);
}
