import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { NewCommerceRounding } from '../ledger/new-commerce-billing.ts';
import { type Act, play } from './history-acts.fixture.ts';
import { chargedFor, emptyWorld, holdersOf, living, wait, type World } from './history.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);

const which = fc.nat(5);
const seats = fc.integer({ min: 1, max: 60 });
const termDuration = fc.constantFrom('P1M' as const, 'P1Y' as const);
/** As the source, or with a term that begins that day. */
const terms = fc.constantFrom<Extract<Act, { what: 'move' }>['term']>(
  {},
  {},
  { termDuration: 'P1Y' },
  { termDuration: 'P1Y', billingCycle: 'annual' },
);
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('buy'), which, quantity: seats, termDuration, yearly: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('seats', 'license'), which, quantity: seats }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('move'),
      which,
      quantity: fc.option(seats, { nil: undefined }),
      into: fc.boolean(),
      chosen: fc.nat(8),
      transfers: fc.boolean(),
      term: terms,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('schedule'), which, quantity: seats, upgrades: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('cancel', 'suspend', 'reactivate', 'renew', 'do not renew', 'settle'),
      which,
    }),
  },
);
/** Often at once and mostly within one charge cycle, so that acts meet; now and then past a renewal. */
const hours = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.nat(9 * 24) },
  { weight: 1, arbitrary: fc.nat(70 * 24) },
);
const roundings = fc.constantFrom<NewCommerceRounding>('cut-unit', 'cut-total', 'as-printed');
const steps = fc.array(fc.record({ hours, rounding: roundings, act: acts }), { minLength: 6, maxLength: 24 });
const bought = fc.record({
  quantity: seats,
  termDuration,
  yearly: fc.boolean(),
  which: fc.integer({ min: 0, max: 2 }),
});
type Step = typeof steps extends fc.Arbitrary<(infer Of)[]> ? Of : never;

/** Plays a history of somebody who bought something and has licenses of it, and looks at the world after every step. */
function playAll(
  first: Omit<Extract<Act, { what: 'buy' }>, 'what'>,
  all: readonly Step[],
  look: (world: World) => void,
): string[] {
  const world = emptyWorld(catalog);
  play(world, { ...first, what: 'buy' });
  play(world, { what: 'license', which: 0, quantity: 8 });
  const done: string[] = [];
  for (const { hours: passed, rounding, act } of all) {
    world.rounding = rounding;
    wait(world, passed);
    look(world);
    if (play(world, act)) done.push(act.what);
    look(world);
  }
  return done;
}

/** Neither by one act nor by all of a charge cycle, the one that runs or those before it. */
function expectNoneGivenTwice(world: World): void {
  for (const { given, charged } of world.credits.splice(0)) expect(given <= charged).toBe(true);
  for (const { subscriptionId, line } of world.ledger) {
    const left = chargedFor(world, { subscriptionId, billedThrough: line.period.end });
    expect(left >= 0n).toBe(true);
  }
}

describe('whatever happens to what a customer has on new commerce', () => {
  it('its seats are those bought and added, less those removed and those of what ended', () => {
    fc.assert(
      fc.property(bought, steps, (first, all) => {
        playAll(first, all, (world) => {
          const { bought: some, added, removed, ended } = world.seats;
          expect(living(world).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(some + added - removed - ended);
          for (const { quantity } of living(world)) expect(quantity).toBeGreaterThan(0);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('nobody has a license without a seat, except who is left as an open license issue', () => {
    fc.assert(
      fc.property(bought, steps, (first, all) => {
        playAll(first, all, (world) => {
          const seatsOf = new Map(living(world).map((one) => [one.subscriptionId, one.quantity]));
          for (const subscriptionId of new Set(world.licenses.values())) {
            const settled = holdersOf(world, subscriptionId).filter((userId) => !world.issues.has(userId));
            expect(settled.length).toBeLessThanOrEqual(seatsOf.get(subscriptionId) ?? 0);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('no act gives back more than was charged, and all acts of a charge cycle never more than was paid for it', () => {
    fc.assert(
      fc.property(bought, steps, (first, all) => {
        playAll(first, all, (world) => {
          expectNoneGivenTwice(world);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('two upgrades in one charge cycle, of all seats or some, into another subscription or not, give back no more than was paid', () => {
    const upgrade = fc.record({
      which: fc.nat(2),
      quantity: fc.option(seats, { nil: undefined }),
      into: fc.boolean(),
      rounding: roundings,
      term: terms,
    });
    const gap = fc.oneof(fc.constant(0), fc.nat(13));
    const both = fc.tuple(fc.tuple(gap, upgrade), fc.tuple(gap, upgrade));
    fc.assert(
      fc.property(seats, both, (quantity, upgrades) => {
        const world = emptyWorld(catalog);
        const year = { what: 'buy', termDuration: 'P1Y', yearly: false } as const;
        play(world, { ...year, which: 1, quantity });
        play(world, { ...year, which: 2, quantity: 9 });
        // Past the window of what takes the seats (N16).
        wait(world, 31 * 24);
        for (const [days, { rounding, ...move }] of upgrades) {
          world.rounding = rounding;
          wait(world, days * 24);
          play(world, { what: 'move', chosen: 0, transfers: true, ...move });
        }
        expectNoneGivenTwice(world);
      }),
      { numRuns: 150 },
    );
  });

  it('histories try every act, and most of them are done', () => {
    const histories = fc.sample(fc.tuple(bought, steps), { numRuns: 40, seed: 20_261_201 });
    const done = new Set(histories.flatMap(([first, all]) => playAll(first, all, () => undefined)));
    const whats = [
      'buy',
      'seats',
      'license',
      'move',
      'schedule',
      'cancel',
      'suspend',
      'reactivate',
      'renew',
      'do not renew',
      'settle',
    ];
    expect([...done].toSorted()).toEqual(whats.toSorted());
  });
});
