import { withMatrices } from '../../core/imports/offer-matrix.ts';
import { assessAll, canBegin } from '../../core/upgrades/eligibility.ts';
import { nextStep, offersThatLeadOn, type Opportunity } from '../../core/upgrades/opportunity.ts';
import { type Money, sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { type CustomerRow, findRanked } from '../customers/customer.store.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findPartnerFacts, type PartnerFactsRow, toCustomerFacts } from '../subscriptions/customer-facts.store.ts';
import { toHeld } from '../subscriptions/subscription.store.ts';
import { findCandidates, findFormerly } from './opportunity.store.ts';

/** The rules look at so many customers at a time, and at so many in all. */
const CHUNK = 100;
const MOST_CUSTOMERS = 2000;

export type FoundOpportunity = Opportunity & {
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly sourceOfferId: string;
  readonly licenses: number;
  /** The last day of the term. */
  readonly endsOn: Temporal.PlainDate;
  readonly daysLeft: number;
};

export type Opportunities = {
  /** What brings most first. */
  readonly found: readonly FoundOpportunity[];
  readonly extraPerMonth: Money;
  readonly lookedAt: number;
  readonly all: number;
};

/**
 * What could be upgraded today, by the rules of the lists and at the prices of a quote. Each chunk of customers is read and let go in a transaction
 * of its own, so that others get their turn. Refused: role.
 */
export async function findOpportunities(call: Call): Promise<Outcome<Opportunities>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'viewReports');
  if (!allowed.ok) return allowed;
  const { partnerId, currency } = actor.partner;
  const { candidates, ofPartner } = await database.read(partnerId, async (tx) => {
    const ofPartner = await findPartnerFacts(tx, partnerId, clock.now());
    const fromOfferIds = offersThatLeadOn(withMatrices(catalog, ofPartner.matrices));
    return { candidates: await findCandidates(tx, partnerId, { fromOfferIds, most: MOST_CUSTOMERS }), ofPartner };
  });
  const found: FoundOpportunity[] = [];
  for (let start = 0; start < candidates.ids.length; start += CHUNK) {
    const ids = candidates.ids.slice(start, start + CHUNK);
    found.push(...(await opportunitiesOf(call, ids, ofPartner)));
  }
  const sorted = found.toSorted((one, other) => Number(other.extraPerMonth.minor - one.extraPerMonth.minor));
  const extraPerMonth = sumMoney(
    currency,
    sorted.map((one) => one.extraPerMonth),
  );
  return accepted({ found: sorted, extraPerMonth, lookedAt: candidates.ids.length, all: candidates.all });
}

async function opportunitiesOf(
  { database, ...call }: Call,
  ids: readonly string[],
  ofPartner: PartnerFactsRow,
): Promise<FoundOpportunity[]> {
  const { partnerId } = call.actor.partner;
  const { rows, formerly } = await database.read(partnerId, async (tx) => ({
    rows: await findRanked(tx, partnerId, call.clock.now(), ids),
    formerly: ofPartner.promotions.length > 0 ? await findFormerly(tx, partnerId, ids) : new Map<string, []>(),
  }));
  return rows.flatMap((row) =>
    opportunitiesIn(call, row, { ofPartner, formerly: formerly.get(row.customer_id) ?? [] }),
  );
}

function opportunitiesIn(
  { actor, catalog, clock }: Omit<Call, 'database'>,
  row: CustomerRow,
  of: { ofPartner: PartnerFactsRow; formerly: Parameters<typeof nextStep>[0]['formerly'] },
): FoundOpportunity[] {
  const now = clock.now();
  const facts = toCustomerFacts({ ...row, ...of.ofPartner }, catalog, actor, now);
  const living = toHeld(row.subscriptions).filter(({ subscription }) => subscription.status !== 'deleted');
  return assessAll(facts, living).flatMap(({ eligibility, ...one }) => {
    const { subscription } = one;
    const waits = row.waited_for.includes(subscription.subscriptionId);
    const step = canBegin(eligibility, { waits })
      ? nextStep({ ...facts, ...one, formerly: of.formerly }, eligibility)
      : null;
    if (!step) return [];
    return [
      {
        ...step,
        customerId: row.customer_id,
        customerName: row.name,
        subscriptionId: subscription.subscriptionId,
        sourceOfferId: subscription.offerId,
        licenses: subscription.quantity,
        endsOn: subscription.termEndsOn,
        daysLeft: Math.max(0, utcDay(now).until(subscription.termEndsOn, { largestUnit: 'days' }).days),
      },
    ];
  });
}
