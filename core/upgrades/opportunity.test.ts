import { expect, describe, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { MONTHS_OF_CYCLE } from '../ledger/charge-cycle.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { decideTransition } from './decide-transition.ts';
import { assessEligibility } from './eligibility.ts';
import { nextStep } from './opportunity.ts';
import { NCE_TODAY, newCommerceFacts, offerOf, soundFacts } from './upgrade-facts.fixture.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const stepOf = (facts: UpgradeFacts) => nextStep(facts, assessEligibility(facts));

describe('the next step up of a subscription', () => {
  it('brings a month what its quote says that a charge cycle brings', () => {
    const facts = newCommerceFacts(catalog, 'nce-business-basic', {
      subscription: { quantity: 10, termDuration: 'P1Y', unitPrice: parseUnitPrice('5.00', 'USD') },
    });
    const step = stepOf(facts);
    const request = { targetOfferId: step?.target.offerId ?? '', upgradeType: 'upgrade_only' } as const;
    const decided = decideTransition(facts, request, NCE_TODAY);
    if (!decided.ok) throw new Error('it can be had');
    const { periodBefore, periodAfter } = decided.value.outlook;
    expect(step?.extraPerMonth.minor).toBe(periodAfter.minor - periodBefore.minor);
    expect(formatMoney(step?.extraPerMonth ?? periodAfter)).toBe('14.30');
  });

  it('is a twelfth of what a year brings where it is billed by the year', () => {
    const annual = { quantity: 12, termDuration: 'P1Y', billingCycle: 'annual' } as const;
    const facts = newCommerceFacts(catalog, 'nce-business-basic', {
      subscription: { ...annual, unitPrice: parseUnitPrice('1.00', 'USD') },
    });
    expect(stepOf(facts)?.extraPerMonth.minor).toBe(((643n - 100n) * 12n) / BigInt(MONTHS_OF_CYCLE.annual));
  });

  it('is the smallest that brings something, whatever else could be had', () => {
    const facts = soundFacts(catalog, 'business-basic');
    const target = offerOf(catalog, 'o365-e3').offerId;
    const prices = new Map([...facts.prices].map(([id, price]) => [id, id === target ? monthly('9.00') : price]));
    const step = stepOf({ ...facts, prices });
    expect([step?.target.offerId, formatMoney(step?.extraPerMonth ?? NOTHING)]).toEqual([target, '40.00']);
  });

  it('is none where nothing can be had', () => {
    expect(stepOf(soundFacts(catalog, 'business-basic', { subscription: { status: 'suspended' } }))).toBeNull();
  });
});

const NOTHING = { minor: 0n, currency: 'USD' };
const monthly = (price: string) => ({ monthly: parseUnitPrice(price, 'USD') });
