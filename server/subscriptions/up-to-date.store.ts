import { type RenewalUpgrade, transfersAtRenewal, upgradeAtRenewal } from '../../core/upgrades/upgrade-at-renewal.ts';
import { isOver, type LifecycleStep, lifecycleSteps } from '../../core/subscriptions/lifecycle.ts';
import type { SeatBatch } from '../../core/subscriptions/seat-batch.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { formatMoney, formatUnitPrice, sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { type AuditRow, toSystemAuditRow } from '../audit/audit.store.ts';
import type { Call, Context } from '../context.ts';
import { type ChargeRow, toChargeRows } from '../ledger/charge.store.ts';
import { findLicensedUsers } from '../licenses/license.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { toRenewalUpgradeRow } from '../upgrades/renewal-upgrade.store.ts';
import { findFormerHoldings } from './former-holdings.store.ts';
import {
  type DueSubscriptions,
  findDueSubscriptions,
  findRenewalPrices,
  type RenewalPrices,
  saveSubscriptions,
} from './lifecycle.store.ts';

/** What a partner’s renewals in a market are priced by, looked up once for many customers. */
export type Prices = Map<string, RenewalPrices>;

/**
 * Does what is due for a customer that is held, for one partner or, for null, for all. Acts call it first, too, so that they find what the
 * calendar has made of a subscription. True: there was something.
 */
export async function bringUpToDate(
  tx: Transaction,
  context: Pick<Context, 'catalog' | 'clock' | 'newId'>,
  { day, ...of }: { customerId: string; partnerId: string | null; day: Temporal.PlainDate },
  prices: Prices = new Map(),
): Promise<boolean> {
  const found = await findStepsUntil(tx, context, { day, ...of }, prices);
  for (const { partnerId, steps } of found) await saveSteps(tx, context, of.customerId, { partnerId }, steps);
  return found.length > 0;
}

/** What falls due for a customer until the end of a day if nothing else changes, for one partner or, for null, for each. */
export async function findStepsUntil(
  tx: Transaction,
  { catalog }: Pick<Context, 'catalog'>,
  { day, ...of }: { customerId: string; partnerId: string | null; day: Temporal.PlainDate },
  prices: Prices = new Map(),
): Promise<{ readonly partnerId: string; readonly steps: readonly LifecycleStep[] }[]> {
  const found = await findDueSubscriptions(tx, of, day);
  const all = [];
  for (const due of found) {
    const key = `${due.partnerId} ${due.market}`;
    const known = prices.get(key) ?? (await findRenewalPrices(tx, catalog, due));
    prices.set(key, known);
    const formerly = mayBePromoted(due, known)
      ? await findFormerHoldings(tx, { customerId: of.customerId, partnerId: due.partnerId })
      : [];
    const held = [...due.held, ...formerly];
    all.push({ partnerId: due.partnerId, steps: lifecycleSteps({ ...known, ...due, held }, due.due, day) });
  }
  return all;
}

/** Whether there are promotions of what renews. */
function mayBePromoted({ due, held }: DueSubscriptions, { promotions }: RenewalPrices): boolean {
  const promoted = new Set(promotions.map(({ offerId }) => offerId));
  const renews = held.length > 0;
  return renews && due.some((one) => [one.offerId, one.scheduledChange?.offerId ?? ''].some((id) => promoted.has(id)));
}

/**
 * Finds something of a customer; where the term or state of one of its subscriptions is over, what follows it is done first, and it is found again.
 * So quotes and previews tell what the act will do, however long the routine pauses (N43). The customer is held from then on.
 */
export async function findSettled<Found>(
  tx: Transaction,
  { actor, ...context }: Pick<Call, 'actor' | 'catalog' | 'clock' | 'newId'>,
  customerId: string,
  find: () => Promise<Found>,
  subscriptionsOf: (found: Found) => readonly Subscription[],
): Promise<Found> {
  const found = await find();
  const day = utcDay(context.clock.now());
  if (!subscriptionsOf(found).some((one) => isOver(one, day))) return found;
  await tx.query('select hold_customer($1)', [customerId]);
  await bringUpToDate(tx, context, { customerId, partnerId: actor.partner.partnerId, day });
  return find();
}

async function saveSteps(
  tx: Transaction,
  context: Pick<Context, 'catalog' | 'clock' | 'newId'>,
  customerId: string,
  { partnerId }: Pick<DueSubscriptions, 'partnerId'>,
  steps: readonly LifecycleStep[],
): Promise<void> {
  const { clock, newId } = context;
  const become = new Map<string, Subscription>();
  const batches = new Map<string, SeatBatch>();
  for (const { after, batch } of steps) {
    become.set(after.subscriptionId, after);
    if (batch) batches.set(after.subscriptionId, batch);
  }
  const charges: ChargeRow[] = [];
  const upgrades: CarriedOut[] = [];
  for (const step of steps) {
    const { after, lines, day } = step;
    const referenceId = newId();
    const upgrade = upgradeAtRenewal(step);
    if (upgrade) upgrades.push({ ...upgrade, upgradeId: referenceId, leftIn: newId() });
    const upgradeId = upgrade ? referenceId : undefined;
    charges.push(...toChargeRows(lines, after, newId, { bookedOn: day, referenceId, upgradeId }));
  }
  const transferred = await withTransfers(tx, context, customerId, upgrades);
  await saveSubscriptions(
    tx,
    {
      customerId,
      partnerId,
      at: clock.now(),
      referenceId: newId(),
      subscriptions: [...become.values()],
      charges,
      batches,
      upgrades: transferred.map(toRenewalUpgradeRow),
      audits: steps.map((step) => auditOf(context, partnerId, step)),
    },
    newId,
  );
}

type CarriedOut = RenewalUpgrade & { readonly upgradeId: string; readonly leftIn: string };

/** With who moves, and who is left for a person (N42). */
async function withTransfers(
  tx: Transaction,
  { catalog, clock }: Pick<Context, 'catalog' | 'clock'>,
  customerId: string,
  upgrades: readonly CarriedOut[],
) {
  if (upgrades.length === 0) return [];
  const subscriptionIds = upgrades.map(({ source }) => source.subscriptionId);
  const users = await findLicensedUsers(tx, { customerId, subscriptionIds }, clock.now());
  return transfersAtRenewal(catalog, upgrades, users);
}

/** A charge changes nothing that is seen of a subscription, so nobody is told of it. */
function auditOf(context: Pick<Context, 'clock' | 'newId'>, partnerId: string, step: LifecycleStep): AuditRow {
  const { event, after } = step;
  const { customerId, subscriptionId } = after;
  return toSystemAuditRow(context, partnerId, {
    customerId,
    action: `subscription.${event}`,
    subjectId: subscriptionId,
    details: detailsOf(step),
    ...(event !== 'charged' && { changed: [subscriptionId] }),
  });
}

function detailsOf({ event, day, before, after, lines }: LifecycleStep): object {
  if (event === 'charged') {
    const { currency } = after.unitPrice;
    const total = sumMoney(
      currency,
      lines.map(({ amount }) => amount),
    );
    return { day: day.toString(), amount: `${formatMoney(total)} ${currency}` };
  }
  const renews = event === 'renewed' || event === 'converted';
  const describe = renews ? termOf : statusOf;
  const planned = before.scheduledChange?.quantity;
  return {
    before: describe(before),
    after: { day: day.toString(), ...describe(after) },
    // More users have a license than seats were planned for.
    ...(renews && planned !== undefined && planned < after.quantity && { scheduledQuantity: planned }),
  };
}

function termOf({ offerId, quantity, termDuration, billingCycle, unitPrice, termEndsOn }: Subscription) {
  const price = formatUnitPrice(unitPrice);
  return { offerId, quantity, termDuration, billingCycle, unitPrice: price, termEndsOn: termEndsOn.toString() };
}

function statusOf(subscription: Subscription) {
  const { status } = subscription;
  return status === 'deleted' ? { status, endedReason: subscription.endedReason } : { status };
}
