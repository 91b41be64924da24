import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { billedTogetherUntil, isBilledAhead } from './billed-ahead.ts';
import { soundFacts, termOf300 } from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const day = (text: string) => Temporal.PlainDate.from(text);
/** 300 seats of a year billed monthly: a cycle begins on the 18th. */
const source = termOf300(catalog, 'nce-business-standard', { termDuration: 'P1Y' });
/** One whose cycles begin on the 28th. */
const into = termOf300(catalog, 'nce-o365-e1', { termDuration: 'P1Y', termStartsOn: day('2021-05-28') });
/** Ten seats of the legacy platform, billed monthly from the 13th. */
const legacy = soundFacts(catalog, 'business-basic').subscription;

describe('an upgrade of a day', () => {
  it('is not billed ahead while the period of the day is the last that was billed', () => {
    expect(isBilledAhead({ source, into: null, effectiveOn: day('2021-07-17') })).toBe(false);
    expect(isBilledAhead({ source, into, effectiveOn: day('2021-06-27') })).toBe(false);
    expect(isBilledAhead({ source: legacy, into: null, effectiveOn: day('2018-02-12') })).toBe(false);
  });

  it('nor where a period of it is yet to be billed', () => {
    expect(isBilledAhead({ source, into: null, effectiveOn: day('2021-07-18') })).toBe(false);
    expect(isBilledAhead({ source: legacy, into: null, effectiveOn: day('2018-02-13') })).toBe(false);
  });

  it('is billed ahead once the next period of the source is billed', () => {
    const billed = { ...source, billedThrough: day('2021-08-17') };
    expect(isBilledAhead({ source: billed, into: null, effectiveOn: day('2021-07-17') })).toBe(true);
    expect(isBilledAhead({ source: billed, into: null, effectiveOn: day('2021-07-18') })).toBe(false);
    const old = { ...legacy, billedThrough: day('2018-03-12') };
    expect(isBilledAhead({ source: old, into: null, effectiveOn: day('2018-02-12') })).toBe(true);
    expect(isBilledAhead({ source: old, into: null, effectiveOn: day('2018-02-13') })).toBe(false);
  });

  it('is billed ahead once the next period of what takes the seats is billed', () => {
    const billed = { ...into, billedThrough: day('2021-07-27') };
    expect(isBilledAhead({ source, into: billed, effectiveOn: day('2021-06-27') })).toBe(true);
    expect(isBilledAhead({ source, into: billed, effectiveOn: day('2021-06-28') })).toBe(false);
  });
});

describe('what is billed together with a day', () => {
  it('ends with its charge cycle, and on the legacy platform with its service period', () => {
    expect(billedTogetherUntil(source, day('2021-07-17')).toString()).toBe('2021-07-17');
    expect(billedTogetherUntil(source, day('2021-07-18')).toString()).toBe('2021-08-17');
    expect(billedTogetherUntil(legacy, day('2018-02-12')).toString()).toBe('2018-02-12');
    expect(billedTogetherUntil({ ...legacy, billingCycle: 'annual' }, day('2018-02-12')).toString()).toBe('2019-01-12');
  });
});
