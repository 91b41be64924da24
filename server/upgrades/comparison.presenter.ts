import type { ComparedWayOnWire, comparisonEndpoints } from '../../contract/comparison.ts';
import type { AnswerOf } from '../../contract/endpoint.ts';
import { sellPrices, type SellRates } from '../../core/ledger/sell-price.ts';
import type { ComparedWay, WayOutcome } from '../../core/upgrades/compare-ways.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { offerName, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { moneyOf, soldOf } from '../http/sold.presenter.ts';
import type { ComparedUpgrade } from './compare-upgrade.ts';

/** A comparison in the caller’s language. */
export function presentComparedUpgrade(
  { facts, effectiveOn, invoiceUntil, ways, cheapest, rates }: ComparedUpgrade,
  targetOfferId: string,
  wording: Wording,
): AnswerOf<typeof comparisonEndpoints.compareUpgrade> {
  const { subscriptionId, termEndsOn } = facts.subscription;
  return {
    subscriptionId,
    targetOfferId,
    effectiveOn: effectiveOn.toString(),
    invoiceUntil: invoiceUntil.toString(),
    termEndsOn: termEndsOn.toString(),
    rates,
    ways: ways.flatMap((one) => presentWay(one, rates, wording)),
    cheapest: cheapest.map(({ sense, way }) => ({ sense, way })),
    users: facts.users.map(({ userId, displayName, userPrincipalName }) => ({
      userId,
      displayName,
      userPrincipalName,
    })),
  };
}

function presentWay(
  { way, into, quantity, outcome, refusals }: ComparedWay,
  rates: SellRates,
  wording: Wording,
): ComparedWayOnWire[] {
  // The legacy platform’s way is never compared.
  if (way === 'replacement') return [];
  return [
    {
      way,
      targetSubscriptionId: into?.subscriptionId ?? null,
      targetName: into && (into.friendlyName ?? offerName(into.offerId, wording)),
      quantity,
      eligible: outcome !== null,
      refusals: refusals.map((refusal) => presentRefusal(refusal, wording)),
      outcome: outcome && presentOutcome(outcome, rates),
    },
  ];
}

function presentOutcome(outcome: WayOutcome, rates: SellRates) {
  return {
    startsOn: outcome.startsOn.toString(),
    endsOn: outcome.endsOn?.toString() ?? null,
    termDuration: outcome.term.duration,
    billingCycle: outcome.term.billingCycle,
    unitPrice: formatUnitPrice(outcome.unitPrice),
    today: moneyOf(outcome.today),
    sold: soldOf(sellPrices(outcome.today.currency, outcome.lines, rates)),
    nextInvoice: moneyOf(outcome.nextInvoice),
    restOfTerm: moneyOf(outcome.restOfTerm),
    difference: moneyOf(outcome.difference),
    moving: outcome.moving,
    staying: outcome.staying,
  };
}
