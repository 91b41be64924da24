import { z } from 'zod';
import { type Catalog, getOffer, type Offer } from '../../core/catalog/offer.ts';
import { chargeCycleAt } from '../../core/ledger/charge-cycle.ts';
import type { ChangeAsked } from '../../core/subscriptions/schedule-change.ts';
import type { ScheduledChange } from '../../core/subscriptions/scheduled-change.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Given } from './dialect.ts';
import { Fault } from './fault.ts';
import type { Input } from './input.ts';
import { leaveOutPromotion } from './purchase-line.ts';
import { dayOnWire, link, linkOf, moment } from './wire.ts';

const TERMS = ['P1M', 'P1Y', 'P3Y'] as const;
const CYCLES = ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial', 'biennial'] as const;
const instructions = z.object({
  product: z.object({
    productId: z.string(),
    skuId: z.string(),
    availabilityId: z.string(),
    billingCycle: z.string(),
    termDuration: z.string(),
  }),
  quantity: z.int(),
  customTermEndDate: moment.optional(),
});

/** What a subscription of new commerce has beside the fields of every one. */
export const termFields = {
  productType: z.object({ id: z.string(), displayName: z.string() }).optional(),
  commitmentEndDateTime: moment.optional(),
  billingCycleEndDate: moment.optional(),
  renewalTermDuration: z.string().optional(),
  scheduledNextTermInstructions: instructions.optional(),
};
export const productLinks = { product: linkOf.optional(), sku: linkOf.optional(), availability: linkOf.optional() };

const NEW_COMMERCE = { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' };

type Reader = { readonly catalog: Catalog; readonly now: Temporal.Instant };

/** The term of a new commerce subscription, and what is scheduled for its renewal; nothing of a legacy one. */
export function presentTerm(subscription: Subscription, { catalog, now }: Reader) {
  if (subscription.platform === 'legacy') return {};
  const { termEndsOn, scheduledChange, status } = subscription;
  const runs = status === 'active' || status === 'suspended';
  const renewalTerm = scheduledChange?.termDuration ?? subscription.termDuration;
  return {
    productType: NEW_COMMERCE,
    commitmentEndDateTime: `${termEndsOn.toString()}T23:59:59Z`,
    billingCycleEndDate: runs ? dayOnWire(chargeCycleAt(subscription, utcDay(now)).period.end) : null,
    renewalTermDuration: renewalTerm === subscription.termDuration ? '' : renewalTerm,
    scheduledNextTermInstructions: scheduledChange && presentInstructions(scheduledChange, catalog),
  };
}

/** Where a new commerce subscription’s product is. */
export function presentProductLinks({ product }: Offer, market: string) {
  if (!product) return {};
  const at = `/products/${product.productId}`;
  const sku = `${at}/skus/${product.skuId}`;
  const availability = `${sku}/availabilities/${product.availabilityId}`;
  const of = (path: string) => link(`${path}?country=${market}`);
  return { product: of(at), sku: of(sku), availability: of(availability) };
}

function presentInstructions(
  { offerId, quantity, termDuration, billingCycle, customTermEndsOn }: ScheduledChange,
  catalog: Catalog,
) {
  const { productId = '', skuId = '', availabilityId = '' } = getOffer(catalog, offerId).product ?? {};
  return {
    product: { productId, skuId, availabilityId, billingCycle, termDuration },
    quantity,
    ...(customTermEndsOn && { customTermEndDate: dayOnWire(customTermEndsOn) }),
  };
}

/**
 * What a sent resource schedules that is not scheduled already; null: that nothing is to be any more, which a member that is null says only where
 * nothing else of the resource differs, for some clients send all members. Undefined: nothing about it.
 * @throws Fault 400: a term, plan or day that there is not.
 */
export function scheduledOf({ body, wording }: Given, { scheduledChange }: Subscription, differs: boolean) {
  const key = 'scheduledNextTermInstructions';
  if (body.isNull(key)) return scheduledChange && !differs ? null : undefined;
  if (!body.has(key)) return undefined;
  const asked = readInstructions(body.object(key), wording);
  return scheduledChange && isSame(asked, scheduledChange) ? undefined : asked;
}

function readInstructions(sent: Input, wording: Given['wording']): ChangeAsked {
  const product = sent.object('product');
  leaveOutPromotion(product, wording);
  const ids = ['productId', 'skuId'].map((key) => product.text(key));
  const cycle = product.choice('billingCycle', CYCLES);
  if (cycle === 'one_time' || cycle === 'biennial')
    throw new Fault(400, 900269, `billingCycle ${cycle} is not sold here; it must be monthly, annual or triennial.`);
  return {
    offerId: ids.every((one) => one !== undefined) ? ids.join(':').toLowerCase() : undefined,
    termDuration: readTerm(product.text('termDuration')),
    billingCycle: cycle === 'unknown' || cycle === 'none' ? undefined : cycle,
    quantity: sent.whole('quantity'),
    customTermEndsOn: readDay(sent.text('customTermEndDate')),
  };
}

function readTerm(text: string | undefined) {
  if (text === undefined || text === '') return undefined;
  const term = TERMS.find((one) => one === text.toUpperCase());
  if (!term) throw new Fault(400, 800121, `termDuration must be one of ${TERMS.join(', ')}.`);
  return term;
}

function readDay(text: string | undefined): Temporal.PlainDate | null {
  if (text === undefined || text === '') return null;
  try {
    return text.includes('Z') ? utcDay(Temporal.Instant.from(text)) : Temporal.PlainDate.from(text);
  } catch {
    throw new Fault(400, 3000, 'customTermEndDate must be a date, such as 2027-06-30T00:00:00Z.');
  }
}

function isSame(asked: ChangeAsked, now: ScheduledChange): boolean {
  const parts = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null);
  const known: Readonly<Record<string, unknown>> = now;
  const same = parts.every(([key, value]) => String(known[key]) === String(value));
  return same && ((asked.customTermEndsOn ?? null) === null) === (now.customTermEndsOn === null);
}
