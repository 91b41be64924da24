import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAP, GDAP, NOW } from '../upgrades/upgrade-facts.fixture.ts';
import { nextWarning, warningOf, warningOfGrant } from './privilege-ends.ts';
import { assessUses } from './privilege-uses.ts';
import { type DelegatedPrivileges, DIRECTORY_ROLES } from './relationship.ts';

const inDays = (days: number) => NOW.add({ hours: days * 24 });
const ending = (days: number, more: Partial<DelegatedPrivileges> = {}): DelegatedPrivileges => ({
  ...GDAP,
  endsAt: inDays(days),
  ...more,
});

describe('the warning before privileges end', () => {
  it.each([
    [31, undefined],
    [30, 30],
    [8, 30],
    [7, 7],
    [2, 7],
    [1, 1],
    [0, undefined],
    [-1, undefined],
  ])('with %d days left is that of %s days', (left, days) => {
    expect(warningOf(inDays(left), NOW)).toBe(days);
  });

  it('never comes for what has no end', () => {
    expect(warningOf(null, NOW)).toBeUndefined();
    expect(nextWarning([DAP], NOW)).toBeUndefined();
  });

  it('only grows nearer as time goes on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), fc.integer({ min: 0, max: 60 * 24 }), (one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map((hours) =>
          warningOf(inDays(60), NOW.add({ hours })),
        );
        if (early !== undefined && late !== undefined) expect(late).toBeLessThanOrEqual(early);
      }),
    );
  });
});

describe('what is held through another grant as well', () => {
  const soon = ending(5);

  it('is not warned of once it was renewed for longer', () => {
    expect(nextWarning([soon, ending(700)], NOW)).toBeUndefined();
    expect(nextWarning([soon, { ...DAP }], NOW)).toBeUndefined();
  });

  it('is warned of when the other ends with it, holds fewer roles, fewer services, or has not begun', () => {
    const two = ['directoryReader', 'directoryWriter'] as const;
    const warned = { days: 7, endsAt: soon.endsAt };
    expect(nextWarning([soon, ending(5)], NOW)).toEqual(warned);
    expect(nextWarning([{ ...soon, roles: two }, ending(700, { roles: ['directoryReader'] })], NOW)).toEqual(warned);
    expect(nextWarning([soon, ending(700, { families: ['exchange'] })], NOW)).toEqual(warned);
    expect(nextWarning([soon, ending(700, { startsAt: inDays(1) })], NOW)).toEqual(warned);
  });

  it('the first of several ends is named', () => {
    const [near, far] = [ending(3, { families: ['teams'] }), ending(20, { families: ['exchange'] })];
    expect(nextWarning([far, near], NOW)).toEqual({ days: 7, endsAt: near.endsAt });
    expect(warningOfGrant(far, [far, near], NOW)).toEqual({ days: 30, endsAt: far.endsAt });
  });
});

describe('what privileges allow', () => {
  const BASIC = ['exchange', 'sharePoint', 'teams'];
  const standings = (privileges: DelegatedPrivileges[], families = BASIC) =>
    Object.fromEntries(assessUses(privileges, families, NOW).map(({ act, standing }) => [act, standing]));

  it('is everything with the full kind, and nothing with none', () => {
    expect(new Set(Object.values(standings([DAP])))).toEqual(new Set(['granted']));
    expect(new Set(Object.values(standings([])))).toEqual(new Set(['none']));
  });

  it('differs by role with the granular kind', () => {
    expect(standings([{ ...GDAP, roles: ['directoryReader'] }])).toMatchObject({
      upgrade_only: 'granted',
      upgrade_with_license_transfer: 'role-missing',
      read_users: 'granted',
      write_users: 'role-missing',
    });
  });

  it('is partly granted where some services are covered alone; reading users asks for no service', () => {
    const some = { ...GDAP, families: ['exchange', 'teams'] };
    expect(standings([some])).toMatchObject({ upgrade_with_license_transfer: 'partly', read_users: 'granted' });
    expect(standings([{ ...GDAP, families: ['powerBi'] }])).toMatchObject({ upgrade_only: 'not-covered' });
    expect(standings([{ ...GDAP, families: ['powerBi'] }], [])).toMatchObject({ upgrade_only: 'granted' });
  });

  it('lasts until the first end that changes it', () => {
    const untilOf = (privileges: DelegatedPrivileges[]) =>
      assessUses(privileges, BASIC, NOW).find(({ act }) => act === 'upgrade_only')?.until;
    expect(untilOf([DAP])).toBeNull();
    expect(untilOf([ending(5), ending(9)])).toEqual(inDays(9));
    expect(untilOf([ending(5), DAP])).toBeNull();
    expect(untilOf(BASIC.map((family, index) => ending(5 + index, { families: [family] })))).toEqual(inDays(5));
  });

  it('is granted for every act whenever one grant of all roles and services is live', () => {
    const roles = fc.subarray([...DIRECTORY_ROLES]);
    const grants = fc.array(fc.record({ roles, families: fc.constantFrom(null, ['exchange']) }), { maxLength: 4 });
    fc.assert(
      fc.property(grants, (others) => {
        const held = [
          { ...GDAP, roles: DIRECTORY_ROLES, families: null },
          ...others.map((one) => ({ ...GDAP, ...one })),
        ];
        expect(new Set(Object.values(standings(held)))).toEqual(new Set(['granted']));
      }),
    );
  });
});
