import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { containedOffers } from '../catalog/contained.ts';
import { boughtLegacyOn, boughtOn, day, idOf } from '../subscriptions/lifecycle.fixture.ts';
import { batchOf } from '../subscriptions/seat-batch.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { startOf } from '../values/period.ts';
import { findOverlaps, type OverlapFacts } from './overlap.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const NOW = '2026-11-16';

type Held = { readonly key: string; readonly users: readonly string[]; readonly off?: readonly string[] } & Partial<
  Pick<OverlapFacts['held'][number], 'batches'>
> & { readonly bent?: Partial<Subscription> };

const isNewCommerce = (key: string) => key.startsWith('nce-');
/** Subscriptions bought on January 1 with the users that hold a license of each. */
function overlaps(...all: readonly Held[]) {
  const held = all.map(({ key, users, bent = {}, batches = [] }) => {
    const made = isNewCommerce(key) ? boughtOn : boughtLegacyOn;
    const given = { subscriptionId: key, offerId: idOf(catalog, key), cancellableUntil: null, ...bent };
    return { subscription: made(catalog, '2026-01-01', given), assigned: users.length, batches };
  });
  const licenses = all.flatMap(({ key, users, off = [], bent }) =>
    users.map((userId) => ({ userId, subscriptionId: bent?.subscriptionId ?? key, switchedOff: off })),
  );
  return findOverlaps({ catalog, now: startOf(day(NOW)), held, licenses });
}
const shown = (found: ReturnType<typeof overlaps>) =>
  found.map(({ subscription, users, seats, within }) => [
    subscription.subscriptionId,
    users,
    seats,
    within.map((kept) => kept.subscription.subscriptionId),
  ]);
const acts = (found: ReturnType<typeof overlaps>) =>
  found.flatMap(({ reductions }) => reductions.map(({ act, seats, until }) => `${act} ${seats} ${until.toString()}`));

describe('subscriptions whose services are contained in another that the same users hold', () => {
  it('are found by the users who hold both, and no others', () => {
    const found = overlaps(
      { key: 'business-basic', users: ['ada', 'bora', 'cem'] },
      { key: 'o365-e3', users: ['ada', 'bora'] },
    );
    expect(shown(found)).toEqual([['business-basic', 2, 2, ['o365-e3']]]);
    expect(overlaps({ key: 'business-basic', users: ['ada'] }, { key: 'o365-e3', users: ['cem'] })).toEqual([]);
  });

  it('are not those of which the other lacks a service, or where it is switched off', () => {
    expect(overlaps({ key: 'visio-p2', users: ['ada'] }, { key: 'o365-e5', users: ['ada'] })).toEqual([]);
    const off = { key: 'o365-e3', users: ['ada'], off: ['TEAMS1'] };
    expect(overlaps({ key: 'business-basic', users: ['ada'] }, off)).toEqual([]);
    const both = overlaps({ key: 'business-basic', users: ['ada'], off: ['TEAMS1'] }, off);
    expect(shown(both)).toEqual([['business-basic', 1, 10, ['o365-e3']]]);
  });

  it('are superfluous as a whole where every user has the same elsewhere, unused licenses too', () => {
    const [one] = overlaps({ key: 'business-basic', users: ['ada'] }, { key: 'o365-e3', users: ['ada', 'bora'] });
    expect([one?.users, one?.seats, formatMoney(one?.perMonth ?? NOTHING)]).toEqual([1, 10, '50.00']);
  });

  it('are only the dearer one of two that bring the same, and both below a third that brings more', () => {
    const dear = { unitPrice: parseUnitPrice('9.00', 'USD') };
    const same = [
      { key: 'business-basic', users: ['ada'] },
      { key: 'nce-business-basic', users: ['ada'], bent: dear },
    ];
    expect(shown(overlaps(...same))).toEqual([['nce-business-basic', 1, 10, ['business-basic']]]);
    const third = overlaps(...same, { key: 'o365-e3', users: ['ada'] });
    expect(third.map(({ within }) => within[0]?.subscription.subscriptionId)).toEqual(['o365-e3', 'o365-e3']);
  });

  it('are neither trials nor what is not active, on either side', () => {
    const basic = { key: 'business-basic', users: ['ada'] };
    expect(overlaps(basic, { key: 'o365-e3', users: ['ada'], bent: { status: 'suspended' } })).toEqual([]);
    expect(overlaps(basic, { key: 'o365-e3', users: ['ada'], bent: { billingCycle: 'none' } })).toEqual([]);
    expect(overlaps({ ...basic, bent: { billingCycle: 'none' } }, { key: 'o365-e3', users: ['ada'] })).toEqual([]);
  });

  it('cost each month what their price says, and the days that are left of each cycle until the term ends', () => {
    const [monthly] = overlaps({ key: 'business-basic', users: ['ada', 'b'] }, { key: 'o365-e3', users: ['ada'] });
    // One seat at 5.00: 15 of 30 days of November, and December.
    expect([monthly?.perMonth, monthly?.untilTermEnd].map((one) => formatMoney(one ?? NOTHING))).toEqual([
      '5.00',
      '7.50',
    ]);
    const annual = { billingCycle: 'annual', unitPrice: parseUnitPrice('73.00', 'USD') } as const;
    const [yearly] = overlaps(
      { key: 'nce-business-basic', users: ['ada', 'b'], bent: annual },
      { key: 'o365-e3', users: ['ada'] },
    );
    // 46 of 365 days at 0.20.
    expect([yearly?.perMonth, yearly?.untilTermEnd].map((one) => formatMoney(one ?? NOTHING))).toEqual([
      '6.08',
      '9.20',
    ]);
  });
});

describe('until when such seats can go', () => {
  const kept = (users: readonly string[]) => ({ key: 'o365-e3', users });
  const two = ['ada', 'bora', 'cem'];

  it('is any day of the term on the legacy platform', () => {
    expect(acts(overlaps({ key: 'business-basic', users: two }, kept(['ada'])))).toEqual(['removeSeats 1 2026-12-31']);
    expect(acts(overlaps({ key: 'business-basic', users: ['ada'] }, kept(two)))).toEqual(['cancel 10 2026-12-31']);
  });

  it('is the window of the seats that were added last, and for the others the renewal', () => {
    const batches = [batchOf(1, startOf(day('2026-11-14'))), batchOf(9, startOf(day('2026-01-01')))];
    const given = { key: 'nce-business-basic', users: two, batches };
    expect(acts(overlaps(given, kept(['ada', 'bora'])))).toEqual([
      'removeSeats 1 2026-11-20',
      'scheduleSeats 1 2026-12-31',
    ]);
  });

  it('is that of the whole where nobody needs it: of cancelling, or of the renewal', () => {
    const cancellableUntil = startOf(day('2026-11-18'));
    const whole = { key: 'nce-business-basic', users: ['ada'] };
    expect(acts(overlaps({ ...whole, bent: { cancellableUntil } }, kept(two)))).toEqual(['cancel 10 2026-11-17']);
    expect(acts(overlaps(whole, kept(two)))).toEqual(['turnAutoRenewOff 10 2026-12-31']);
  });

  it('is past where they go with the term by themselves', () => {
    const given = { key: 'nce-business-basic', users: two, bent: { autoRenew: false } };
    expect(acts(overlaps(given, kept(['ada'])))).toEqual(['ends 1 2026-12-31']);
  });
});

describe('offers that bring nothing that another does not', () => {
  it('are contained in it by families and tiers, itself among them, and never for want of a service', () => {
    const names = containedOffers(catalog).map(([inner, outer]) => `${inner.key} < ${outer.key}`);
    expect(names).toContain('business-basic < business-standard');
    expect(names).not.toContain('business-standard < business-basic');
    expect(names).toContain('exo-p1 < exo-p2');
    expect(names).not.toContain('exo-p2 < exo-p1');
    expect(new Set(names).size).toBe(names.length);
  });
});

const NOTHING = { minor: 0n, currency: 'USD' };
