import type { SellRates } from '../../core/ledger/sell-price.ts';
import { type AlignedEnd, alignedEnds } from '../../core/subscriptions/coterminous.ts';
import { decidePurchases } from '../../core/subscriptions/decide-purchase.ts';
import type { Purchase, PurchaseFacts, PurchaseRequest } from '../../core/subscriptions/purchase.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findCurrentFacts } from './purchase-subscription.ts';

export type PreviewedPurchase = {
  readonly purchases: readonly (Purchase & { readonly ends: readonly AlignedEnd[] })[];
  readonly rates: SellRates;
};

/** What subscriptions would cost today; nothing is done. Refused: role, unknown customer, every reason against any line. */
export async function previewPurchase(
  call: Call,
  { customerId, lines }: { readonly customerId: string; readonly lines: readonly PurchaseRequest[] },
): Promise<Outcome<PreviewedPurchase>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const facts = await database.writeOf(partnerId, customerId, (tx) => findCurrentFacts(tx, call, customerId));
  if (!facts) return notFound('customer', customerId);
  const decided = decidePurchases(facts, lines);
  const refusals = decided.flatMap((one) => (one.ok ? [] : one.refused));
  if (refusals.length > 0) return refused({ code: 'refused', refusals });
  const purchases = decided.flatMap((one) => (one.ok ? [{ ...one.value, ends: endsOf(one.value, facts) }] : []));
  return accepted({ purchases, rates: facts.rates });
}

/** Days on which the first term may end instead; a legacy one and a trial have their own alone. */
function endsOf({ platform, batch, purchasedOn, termDuration }: Purchase, { held }: PurchaseFacts): AlignedEnd[] {
  if (platform === 'legacy' || batch === null) return [];
  return alignedEnds({ startsOn: purchasedOn, termDuration, others: held });
}
