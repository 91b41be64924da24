import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { TermDuration } from '../values/period.ts';
import { alignedEnds, refusalsOfEnd } from './coterminous.ts';
import { boughtOn, day } from './lifecycle.fixture.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog();

/** Another subscription of the customer that ends on a day. */
const ending = (on: string, termDuration: TermDuration = 'P1Y', bent: Partial<Subscription> = {}) =>
  boughtOn(catalog, '2022-06-01', { termEndsOn: day(on), termDuration, ...bent });

const endsOf = (startsOn: string, termDuration: TermDuration, others: Subscription[] = []) =>
  alignedEnds({ startsOn: day(startsOn), termDuration, others });

/** The last of the days that go with a subscription, and with a calendar month. */
function latest(startsOn: string, termDuration: TermDuration, others: Subscription[] = []) {
  const ends = endsOf(startsOn, termDuration, others);
  return {
    subscription: ends.findLast(({ alignsWith }) => alignsWith !== null)?.endsOn.toString(),
    month: ends.findLast(({ alignsWith }) => alignsWith === null)?.endsOn.toString(),
  };
}

describe('a term that ends with another (N24, N25)', () => {
  it('of three years from 2022-07-01 ends on 2024-10-01 with a yearly one that ends on 2022-10-01', () => {
    expect(latest('2022-07-01', 'P3Y', [ending('2022-10-01')]).subscription).toBe('2024-10-01');
  });

  it('of a year from 2022-07-01 ends on 2022-10-01 with the same one', () => {
    expect(latest('2022-07-01', 'P1Y', [ending('2022-10-01')]).subscription).toBe('2022-10-01');
  });

  it('of a year from 2022-07-15 ends with a calendar month on 2023-06-30, of a month on 2022-07-31', () => {
    expect(latest('2022-07-15', 'P1Y').month).toBe('2023-06-30');
    expect(latest('2022-07-15', 'P1M').month).toBe('2022-07-31');
  });

  it('of a year cannot end with a monthly one, and a monthly one with any', () => {
    expect(latest('2022-07-01', 'P1Y', [ending('2022-07-20', 'P1M')]).subscription).toBeUndefined();
    expect(latest('2022-07-01', 'P1M', [ending('2022-07-20', 'P1M')]).subscription).toBe('2022-07-20');
    expect(latest('2022-07-01', 'P1M', [ending('2022-07-20', 'P3Y')]).subscription).toBe('2022-07-20');
  });

  it.each([
    ['2023-01-28', []],
    ['2023-01-29', []],
    ['2023-01-30', []],
    ['2023-01-27', ['2023-01-27']],
    ['2023-01-31', ['2023-01-31']],
  ])('of a month can end on %s only if every month has such a day, or it is the last', (on, allowed) => {
    const ends = endsOf('2023-01-15', 'P1M', [ending(on)]);
    expect(ends.filter(({ alignsWith }) => alignsWith).map(({ endsOn }) => endsOn.toString())).toEqual(allowed);
  });

  it('of a month may end on 2023-02-28, the last day of its month', () => {
    expect(latest('2023-02-10', 'P1M', [ending('2023-02-28')]).subscription).toBe('2023-02-28');
  });

  it.each<[string, Partial<Subscription>]>([
    ['is suspended', { status: 'suspended' }],
    ['is a trial', { billingCycle: 'none' }],
    ['is a legacy one', { platform: 'legacy' }],
  ])('does not end with one that %s', (_what, bent) => {
    expect(latest('2022-07-01', 'P1Y', [ending('2022-10-01', 'P1Y', bent)]).subscription).toBeUndefined();
  });
});

describe('an end date that is asked for', () => {
  const term = { startsOn: day('2022-07-01'), termDuration: 'P1Y', others: [ending('2022-10-01')] } as const;

  it.each(['2022-10-01', '2022-07-31', '2023-06-30'])('is taken on %s', (on) => {
    expect(refusalsOfEnd(term, day(on))).toEqual([]);
  });

  it('is refused where nothing else ends', () => {
    expect(refusalsOfEnd(term, day('2022-10-02'))).toEqual([
      { name: 'end-date-matches-nothing', endsOn: day('2022-10-02') },
    ]);
  });

  it.each(['2022-06-30', '2023-07-01', '2023-10-01'])('is refused on %s, which is not within the first term', (on) => {
    expect(refusalsOfEnd(term, day(on))).toEqual([
      { name: 'end-date-outside-term', endsOn: day(on), from: day('2022-07-01'), until: day('2023-06-30') },
    ]);
  });
});
