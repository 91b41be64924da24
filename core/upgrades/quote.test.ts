import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { LicensedUser } from '../licenses/license.ts';
import { parseUnitPrice } from '../values/money.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';
import { compareToQuote, promiseOf, QUOTE_LIFETIME, type QuotedPromise } from './quote.ts';
import { licenseOf, offerOf, soundFacts, TODAY, userOf } from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const e3 = offerOf(catalog, 'o365-e3');
const license = licenseOf(catalog, 'business-basic', 'source');
const [ada, berk] = [userOf('ada', license), userOf('berk', license)];

function promised(facts: UpgradeFacts, on = TODAY): QuotedPromise {
  const request = { targetOfferId: e3.offerId, upgradeType: 'upgrade_with_license_transfer' as const };
  const decided = decideUpgrade(facts, request, on);
  if (!decided.ok) throw new Error(decided.refused.map((one) => one.name).join(', '));
  return promiseOf(decided.value);
}

const quotedWith = (users: readonly LicensedUser[]) => soundFacts(catalog, 'business-basic', { users });
const quoted = quotedWith([ada, berk]);

describe('a quote (decision 7)', () => {
  it('stands for 15 minutes', () => {
    expect(QUOTE_LIFETIME.total('minutes')).toBe(15);
  });

  it('promises money, seats, lines and users', () => {
    expect(promised(quotedWith([ada, { ...berk, usageLocation: null }]))).toEqual({
      quantity: ['10'],
      unitPrice: ['20.00'],
      credit: ['-50.00'],
      charge: ['200.00'],
      net: ['150.00'],
      lines: ['Cancel fee 2018-01-13..2018-02-12 x 10 = -50.00', 'Cycle fee 2018-02-01..2018-02-28 x 10 = 200.00'],
      users: ['ada@izmirtekstil.example', 'berk@izmirtekstil.example'],
      usersNotMoving: ['berk@izmirtekstil.example: usage-location-missing'],
    });
  });

  it('is the same when it is kept as text and read again', () => {
    const promise = promised(quoted);
    expect(compareToQuote(JSON.parse(JSON.stringify(promise)) as QuotedPromise, promised(quoted))).toEqual([]);
  });

  it('names the new list price, and the money and the line that follow from it', () => {
    const prices = new Map([[e3.offerId, { monthly: parseUnitPrice('23.00', 'USD') }]]);
    expect(compareToQuote(promised(quoted), promised({ ...quoted, prices }))).toEqual([
      { point: 'unitPrice', before: ['20.00'], after: ['23.00'] },
      { point: 'charge', before: ['200.00'], after: ['230.00'] },
      { point: 'net', before: ['150.00'], after: ['180.00'] },
      {
        point: 'lines',
        before: ['Cycle fee 2018-02-01..2018-02-28 x 10 = 200.00'],
        after: ['Cycle fee 2018-02-01..2018-02-28 x 10 = 230.00'],
      },
    ]);
  });

  it('names the lines of another day even where the money is the same', () => {
    const later = compareToQuote(promised(quoted), promised(quoted, Temporal.PlainDate.from('2018-02-02')));
    expect(later).toEqual([
      {
        point: 'lines',
        before: ['Cycle fee 2018-02-01..2018-02-28 x 10 = 200.00'],
        after: ['Cycle fee 2018-02-02..2018-03-01 x 10 = 200.00'],
      },
    ]);
  });

  it('names a user who came and one who left, and nothing else', () => {
    const cem = userOf('cem', license);
    expect(compareToQuote(promised(quoted), promised(quotedWith([ada, cem])))).toEqual([
      { point: 'users', before: ['berk@izmirtekstil.example'], after: ['cem@izmirtekstil.example'] },
    ]);
  });

  it('names a user who can no longer move, with the fault', () => {
    const now = promised(quotedWith([ada, { ...berk, usageLocation: 'KZ' }]));
    expect(compareToQuote(promised(quoted), now)).toEqual([
      { point: 'usersNotMoving', before: [], after: ['berk@izmirtekstil.example: usage-location-not-allowed'] },
    ]);
  });

  it('names a service that somebody switched off in the meantime', () => {
    const without = licenseOf(catalog, 'business-basic', 'source', ['TEAMS1']);
    expect(compareToQuote(promised(quoted), promised(quotedWith([{ ...ada, license: without }, berk])))).toEqual([
      { point: 'users', before: ['ada@izmirtekstil.example'], after: ['ada@izmirtekstil.example -TEAMS1'] },
    ]);
  });

  it('does not mind what is neither money nor a moving user', () => {
    const facts = {
      ...quoted,
      subscription: { ...quoted.subscription, friendlyName: 'Ofis', autoRenew: false, version: 2 },
    };
    expect(compareToQuote(promised(quoted), promised(facts))).toEqual([]);
  });
});

const anyUser = fc.record({
  name: fc.constantFrom('ada', 'berk', 'cem', 'deniz', 'ece'),
  usageLocation: fc.constantFrom('TR', 'KZ', null),
  switchedOff: fc.subarray(['TEAMS1', 'EXCHANGE_S_STANDARD', 'SWAY']),
});
const anyFacts = fc
  .record({
    users: fc.uniqueArray(anyUser, { selector: (user) => user.name }),
    quantity: fc.integer({ min: 1, max: 4 }),
    micros: fc.constantFrom(5_000_000n, 6_125_000n),
    listMicros: fc.constantFrom(20_000_000n, 23_000_000n),
  })
  .map(({ users, quantity, micros, listMicros }) => {
    const facts = soundFacts(catalog, 'business-basic', {
      subscription: { quantity, unitPrice: { micros, currency: 'USD' } },
      users: users.map(({ name, usageLocation, switchedOff }) =>
        userOf(name, licenseOf(catalog, 'business-basic', 'source', switchedOff), { usageLocation }),
      ),
    });
    return { ...facts, prices: new Map([[e3.offerId, { monthly: { micros: listMicros, currency: 'USD' } }]]) };
  });

describe('whatever was quoted', () => {
  it('the act on equal facts keeps the promise to the cent and to the user', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const again = structuredClone({ users: facts.users });
        expect(promised({ ...facts, ...again })).toEqual(promised(facts));
        expect(compareToQuote(promised(facts), promised({ ...facts, ...again }))).toEqual([]);
      }),
    );
  });

  it('exactly the points that differ are named, each with only what differs', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (one, other) => {
        const [before, now] = [promised(one), promised(other)];
        const differences = new Map(compareToQuote(before, now).map((difference) => [difference.point, difference]));
        for (const point of Object.keys(now) as (keyof QuotedPromise)[]) {
          const same = [...before[point]].toSorted().join('\n') === [...now[point]].toSorted().join('\n');
          expect(differences.has(point)).toBe(!same);
          const { before: gone, after: came } = differences.get(point) ?? { before: [], after: [] };
          expect(gone.filter((text) => now[point].includes(text))).toEqual([]);
          expect(came.filter((text) => before[point].includes(text))).toEqual([]);
        }
      }),
    );
  });

  it('the comparison is the same in both directions', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (one, other) => {
        const forth = compareToQuote(promised(one), promised(other));
        const back = compareToQuote(promised(other), promised(one));
        expect(back).toEqual(forth.map(({ point, before, after }) => ({ point, before: after, after: before })));
      }),
    );
  });
});
