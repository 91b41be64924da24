import { assessAll, canBegin, isEligible } from '../../core/upgrades/eligibility.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { type CustomerRow, findHolders } from '../customers/customer.store.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findPartnerFacts, type PartnerFactsRow, toCustomerFacts } from '../subscriptions/customer-facts.store.ts';
import { toHeld } from '../subscriptions/subscription.store.ts';

/** So many customers are looked at at a time, and so many times as many for one answer. */
const CHUNK = 200;
const MOST_CHUNKS = 25;

export type UpgradableCount = {
  readonly subscriptions: number;
  /** By target offer. */
  readonly targets: ReadonlyMap<string, number>;
  /** There are more customers than were looked at. */
  readonly more: boolean;
};

/** How many of the partner's subscriptions of an offer could go to each target now. Refused: role, unknown offer. */
export async function countUpgradable(call: Call, offerId: string): Promise<Outcome<UpgradableCount>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  if (!catalog.offers.has(offerId)) return notFound('offer', offerId);
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const ofPartner = await findPartnerFacts(tx, partnerId, clock.now());
    const targets = new Map<string, number>();
    let [subscriptions, more] = [0, true];
    let after: string | undefined;
    for (let chunk = 1; more && chunk <= MOST_CHUNKS; chunk++) {
      const rows = await findHolders(tx, partnerId, clock.now(), { offerId, limit: CHUNK, after });
      for (const row of rows.slice(0, CHUNK)) {
        const held = targetsOfCustomer(call, row, ofPartner, offerId);
        subscriptions += held.length;
        for (const target of held.flat()) targets.set(target, (targets.get(target) ?? 0) + 1);
      }
      more = rows.length > CHUNK;
      after = rows[CHUNK - 1]?.customer_id;
    }
    return accepted({ subscriptions, targets, more });
  });
}

/** For each subscription of the offer, where it could go. */
function targetsOfCustomer(
  { actor, catalog, clock }: Call,
  row: CustomerRow,
  ofPartner: PartnerFactsRow,
  offerId: string,
): string[][] {
  const facts = toCustomerFacts({ ...row, ...ofPartner }, catalog, actor, clock.now());
  const held = toHeld(row.subscriptions).filter(
    ({ subscription }) => subscription.offerId === offerId && subscription.status !== 'deleted',
  );
  return assessAll(facts, held).map(({ subscription, eligibility }) =>
    canBegin(eligibility, { waits: row.waited_for.includes(subscription.subscriptionId) })
      ? eligibility.targets.filter(isEligible).map(({ target }) => target.offerId)
      : [],
  );
}
