import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { parseMoney } from '../values/money.ts';
import { type ApprovalPolicy, dayToApply, decideWaiting, joinWaiting, NO_POLICY, waits } from './approval.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import { licenseOf, NOW, offerOf, soundFacts, termOf300, TODAY, userOf } from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const license = licenseOf(catalog, 'business-basic', 'source');
const [ada, berk, can] = [
  userOf('ada', license),
  userOf('berk', license, { usageLocation: null }),
  userOf('can', license),
];
const facts = soundFacts(catalog, 'business-basic', { users: [ada, berk, can] });
const request = {
  targetOfferId: offerOf(catalog, 'o365-e3').offerId,
  upgradeType: 'upgrade_with_license_transfer',
} as const;

/** Three users, of whom one needs work; 150.00 net. */
function decision() {
  const decided = decideUpgrade(facts, request, TODAY);
  if (!decided.ok) throw new Error('the example is refused');
  return decided.value;
}
const upgrade = decision();
const asked = (policy: Partial<ApprovalPolicy>, at = NOW) => decideWaiting({ ...NO_POLICY, ...policy }, upgrade, at);
const names = (policy: Partial<ApprovalPolicy>, at = NOW) => asked(policy, at).reasons.map(({ name }) => name);
const usd = (amount: string) => parseMoney(amount, 'USD');
const OFFICE = { timeZone: 'Europe/Istanbul', days: [1, 2, 3, 4, 5], from: '09:00', until: '18:00' };
const moment = (text: string) => Temporal.Instant.from(text);

describe('a second agent is asked', () => {
  it('never, where the partner set no rule', () => {
    expect(asked({})).toEqual({ reasons: [], delayMinutes: 0 });
    expect(waits(asked({}))).toBe(false);
  });

  it('always, where the partner wants every upgrade looked at', () => {
    expect(asked({ always: true }).reasons).toEqual([{ name: 'always' }]);
  });

  it('above an amount, and not at it', () => {
    expect(names({ netAbove: usd('150.00') })).toEqual([]);
    expect(asked({ netAbove: usd('149.99') }).reasons).toEqual([
      { name: 'net-above', limit: '149.99', net: '150.00', currency: 'USD' },
    ]);
  });

  it('where the amount is in another currency than the rule, which nobody can compare', () => {
    expect(names({ netAbove: parseMoney('9999999', 'TRY') })).toEqual(['net-above']);
  });

  it('for more users, or more users with work left, than the partner trusts one agent with', () => {
    expect(names({ usersAbove: 3, workAbove: 1 })).toEqual([]);
    expect(asked({ usersAbove: 2, workAbove: 0 }).reasons).toEqual([
      { name: 'users-above', limit: 2, users: 3 },
      { name: 'work-above', limit: 0, users: 1 },
    ]);
  });

  it.each([
    ['on a Thursday at noon in Istanbul', '2018-02-01T09:00:00Z', false],
    ['at nine sharp', '2018-02-01T06:00:00Z', false],
    ['a second before nine', '2018-02-01T05:59:59Z', true],
    ['at six sharp', '2018-02-01T15:00:00Z', true],
    ['a second before six', '2018-02-01T14:59:59Z', false],
    ['on a Saturday at noon', '2018-02-03T09:00:00Z', true],
    ['on Sunday evening in UTC, which is Monday night there', '2018-02-04T22:00:00Z', true],
  ])('outside office hours, by the clock of the office: %s', (_, at, isAsked) => {
    expect(names({ officeHours: OFFICE }, moment(at)).length > 0).toBe(isAsked);
  });

  it('with the office’s summer time: nine in Berlin is seven or eight in UTC', () => {
    const officeHours = { ...OFFICE, timeZone: 'Europe/Berlin' };
    expect(names({ officeHours }, moment('2018-07-02T07:00:00Z'))).toEqual([]);
    expect(names({ officeHours }, moment('2018-01-08T07:00:00Z'))).toEqual(['outside-office-hours']);
  });
});

const policies: fc.Arbitrary<ApprovalPolicy> = fc.record({
  always: fc.boolean(),
  netAbove: fc.option(fc.bigInt({ min: 0n, max: 40_000n }).map((minor) => ({ minor, currency: 'USD' }))),
  usersAbove: fc.option(fc.nat(5)),
  workAbove: fc.option(fc.nat(3)),
  officeHours: fc.option(fc.constant(OFFICE)),
  delayMinutes: fc.nat(1440),
});
const moments = fc.nat(7 * 24 * 60).map((minutes) => NOW.add({ minutes }));

describe('whatever the policy', () => {
  it('gives every reason that one of its rules alone would give, and no other', () => {
    fc.assert(
      fc.property(policies, moments, (policy, at) => {
        const rules = ['always', 'netAbove', 'usersAbove', 'workAbove', 'officeHours'] as const;
        const alone = rules.flatMap((rule) => names({ [rule]: policy[rule] }, at));
        expect(names(policy, at)).toEqual(alone);
      }),
    );
  });

  it('asks no less often when a limit is lowered', () => {
    fc.assert(
      fc.property(policies, fc.nat(5), moments, (policy, less, at) => {
        const lower = (limit: number | null) => (limit === null ? null : Math.max(0, limit - less));
        const stricter = { ...policy, usersAbove: lower(policy.usersAbove), workAbove: lower(policy.workAbove) };
        expect(names(stricter, at)).toEqual(expect.arrayContaining(names(policy, at)));
      }),
    );
  });

  it('keeps what was told with the quote, and adds what holds at the submit', () => {
    fc.assert(
      fc.property(policies, policies, moments, (told, later, at) => {
        const [before, now] = [asked(told, at), asked(later, at)];
        const joined = joinWaiting(before, now);
        const all = [...before.reasons, ...now.reasons].map(({ name }) => name);
        expect(new Set(joined.reasons.map(({ name }) => name))).toEqual(new Set(all));
        expect(joined.reasons).toHaveLength(new Set(all).size);
        expect(joined.delayMinutes).toBe(Math.max(told.delayMinutes, later.delayMinutes));
      }),
    );
  });
});

describe('an upgrade that waited is decided for', () => {
  const source = { ...facts.subscription, version: 3 };
  const planned = { on: Temporal.PlainDate.from('2018-02-01'), version: 3, intoVersion: null };
  const on = (today: string, more: object = {}) =>
    dayToApply({ source: { ...source, ...more }, into: null }, planned, Temporal.PlainDate.from(today)).toString();

  it('the day that was shown, over a night and over a weekend with a holiday', () => {
    expect(on('2018-02-01')).toBe('2018-02-01');
    expect(on('2018-02-02')).toBe('2018-02-01');
    expect(on('2018-02-08')).toBe('2018-02-01');
  });

  it('today, after more than a week', () => {
    expect(on('2018-02-09')).toBe('2018-02-09');
  });

  it('today, once another service period has begun: what was billed since would not be credited', () => {
    const late = { ...planned, on: Temporal.PlainDate.from('2018-02-11') };
    const day = (today: string) => dayToApply({ source, into: null }, late, Temporal.PlainDate.from(today)).toString();
    expect(day('2018-02-12')).toBe('2018-02-11');
    expect(day('2018-02-13')).toBe('2018-02-13');
  });

  it('today, once the subscription has changed', () => {
    expect(on('2018-02-02', { version: 4 })).toBe('2018-02-02');
  });

  it('today, once what takes the seats has begun another charge cycle or has changed', () => {
    const moved = termOf300(catalog, 'nce-business-standard', { termDuration: 'P1Y', version: 3 });
    const termStartsOn = Temporal.PlainDate.from('2021-05-28');
    const into = termOf300(catalog, 'nce-o365-e1', { termDuration: 'P1Y', termStartsOn, version: 8 });
    const shown = { on: Temporal.PlainDate.from('2021-06-25'), version: 3 };
    const day = (today: string, intoVersion: number | null = 8) =>
      dayToApply({ source: moved, into }, { ...shown, intoVersion }, Temporal.PlainDate.from(today)).toString();
    expect(day('2021-06-27')).toBe('2021-06-25');
    expect(day('2021-06-28')).toBe('2021-06-28');
    expect(day('2021-06-29')).toBe('2021-06-29');
    expect(day('2021-06-27', 7)).toBe('2021-06-27');
    // A quote that was given before the version was kept.
    expect(day('2021-06-27', null)).toBe('2021-06-25');
    expect(day('2021-06-28', null)).toBe('2021-06-28');
  });

  it('never a day to come', () => {
    expect(on('2018-01-31')).toBe('2018-01-31');
  });
});
