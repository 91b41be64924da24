import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { licenseOf, offerOf, userOf } from '../upgrades/upgrade-facts.fixture.ts';
import type { LicensedUser, LicenseFault } from './license.ts';
import { findLicenseFaults } from './plan-transfer.ts';
import { actionsFor, type IssueAction, settleIssues } from './settle-issue.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const e3 = offerOf(catalog, 'o365-e3');
const license = licenseOf(catalog, 'business-basic', 'source');
const other = (key: string) => licenseOf(catalog, key, `other ${key}`);

/** The open issue of a user as the upgrade left it. */
function issueOf(user: LicensedUser, faults: readonly LicenseFault[] = findLicenseFaults(catalog, user, e3, [])) {
  return { user, faults };
}

const lost = issueOf(userOf('ada', license, { usageLocation: null }));
const excluded = issueOf(userOf('berk', license, { otherLicenses: [other('exo-kiosk'), other('visio-p1')] }));
const needed = issueOf(userOf('cem', license, { otherLicenses: [other('saha-formlari')] }));
const waiting = issueOf(userOf('deniz', license), [{ name: 'license-not-transferred' }]);
const shared = issueOf(
  userOf('ece', license, { sharedAddresses: [{ address: 'info@izmirtekstil.example', otherAccount: 'Bilgi' }] }),
);

const settle = (issues: (typeof lost)[], action: IssueAction, freeSeats = 10) =>
  settleIssues(catalog, issues, action, e3, freeSeats);
const inTurkey: IssueAction = { action: 'setUsageLocation', usageLocation: 'TR' };

describe('the actions that fit a license issue (W12)', () => {
  it.each<[string, readonly LicenseFault[], IssueAction['action'][]]>([
    ['a missing usage location', lost.faults, ['setUsageLocation', 'retry', 'leave']],
    [
      'a usage location that is not allowed',
      [{ name: 'usage-location-not-allowed', usageLocation: 'KZ' }],
      ['setUsageLocation', 'retry', 'leave'],
    ],
    ['plans that exclude each other', excluded.faults, ['removeConflictingLicense', 'retry', 'leave']],
    ['a dependent product', needed.faults, ['removeConflictingLicense', 'retry', 'leave']],
    ['a shared mail address', shared.faults, ['retry', 'leave']],
    ['a license that was not transferred', waiting.faults, ['retry', 'leave']],
    ['no free license', [{ name: 'no-free-license', seats: 0 }], ['retry', 'leave']],
  ])('%s', (_fault, faults, actions) => {
    expect(faults.length).toBeGreaterThan(0);
    expect(actionsFor(faults)).toEqual(actions);
  });

  it('are all of them where several faults stand in the way', () => {
    expect(actionsFor([...lost.faults, ...excluded.faults])).toEqual([
      'setUsageLocation',
      'removeConflictingLicense',
      'retry',
      'leave',
    ]);
  });
});

describe('a license issue', () => {
  it('of a missing usage location is settled by setting one', () => {
    expect(settle([lost], inTurkey)).toEqual([
      { user: { ...lost.user, usageLocation: 'TR' }, status: 'moved', faults: [], switchedOff: [], removedFrom: [] },
    ]);
  });

  it('stays open, with the new fault, when the new location is not allowed either', () => {
    const [settled] = settle([lost], { action: 'setUsageLocation', usageLocation: 'KZ' });
    expect(settled?.status).toBe('open');
    expect(settled?.faults).toEqual([{ name: 'usage-location-not-allowed', usageLocation: 'KZ' }]);
  });

  it('of plans that exclude each other is settled by giving up that license, and no other', () => {
    const [settled] = settle([excluded], { action: 'removeConflictingLicense' });
    expect(settled).toMatchObject({ status: 'moved', faults: [], removedFrom: ['other exo-kiosk'] });
    expect(settled?.user.otherLicenses.map((one) => one.subscriptionId)).toEqual(['other visio-p1']);
  });

  it('of a dependent product is settled by giving that product up', () => {
    expect(settle([needed], { action: 'removeConflictingLicense' })).toMatchObject([
      { status: 'moved', removedFrom: ['other saha-formlari'] },
    ]);
  });

  it('stays open with what still stands in the way', () => {
    const both = issueOf(userOf('ada', license, { usageLocation: null, otherLicenses: [other('exo-kiosk')] }));
    expect(settle([both], inTurkey)).toMatchObject([
      { status: 'open', faults: [{ name: 'plans-exclude-each-other' }], user: { usageLocation: 'TR' } },
    ]);
    expect(settle([both], { action: 'removeConflictingLicense' })).toMatchObject([
      { status: 'open', faults: [{ name: 'usage-location-missing' }] },
    ]);
  });

  it('of an upgrade without transfer is settled by trying, since then the license may move', () => {
    expect(settle([waiting], { action: 'retry' })).toMatchObject([{ status: 'moved', faults: [] }]);
  });

  it('is tried on what holds now, not on the faults of then', () => {
    const located = issueOf({ ...lost.user, usageLocation: 'TR' }, lost.faults);
    expect(settle([located], { action: 'retry' })).toMatchObject([{ status: 'moved', faults: [] }]);
    expect(settle([lost], { action: 'retry' })).toMatchObject([{ status: 'open', faults: lost.faults }]);
  });

  it('finds a license only while there are free ones, in the order of the users', () => {
    const fourth = issueOf(userOf('filiz', license), [{ name: 'no-free-license', seats: 0 }]);
    expect(settle([waiting, fourth], { action: 'retry' }, 1)).toMatchObject([
      { status: 'moved', faults: [] },
      { status: 'open', faults: [{ name: 'no-free-license' }] },
    ]);
  });

  it('that is left keeps its faults, and nothing of the user changes', () => {
    expect(settle([excluded, shared], { action: 'leave' })).toEqual(
      [excluded, shared].map((issue) => ({ ...issue, status: 'left', switchedOff: [], removedFrom: [] })),
    );
  });

  it('moves with the services that were switched off still off (decision 5)', () => {
    const withoutTeams = licenseOf(catalog, 'business-basic', 'source', ['TEAMS1']);
    const issue = issueOf(userOf('ada', withoutTeams, { usageLocation: null }));
    expect(settle([issue], inTurkey)).toMatchObject([{ status: 'moved', switchedOff: ['TEAMS1'] }]);
  });
});

describe('whatever is worked off together', () => {
  const anyIssues = fc.array(fc.constantFrom(lost, excluded, needed, waiting, shared), { maxLength: 8 });
  const anyAction = fc.constantFrom<IssueAction>(
    inTurkey,
    { action: 'setUsageLocation', usageLocation: 'KZ' },
    { action: 'removeConflictingLicense' },
    { action: 'retry' },
    { action: 'leave' },
  );

  it('each user gets one answer, in order: moved without faults, left, or open with faults', () => {
    fc.assert(
      fc.property(anyIssues, anyAction, fc.integer({ min: -1, max: 8 }), (issues, action, freeSeats) => {
        const settled = settle(issues, action, freeSeats);
        expect(settled.map(({ user }) => user.userId)).toEqual(issues.map(({ user }) => user.userId));
        for (const { status, faults } of settled) {
          if (action.action === 'leave') expect(status).toBe('left');
          else expect(status).toBe(faults.length === 0 ? 'moved' : 'open');
        }
        expect(settled.filter(({ status }) => status === 'moved').length).toBeLessThanOrEqual(Math.max(0, freeSeats));
      }),
    );
  });

  it('a user gives up a license only where removing it was asked for, and only one that a fault names', () => {
    fc.assert(
      fc.property(anyIssues, anyAction, (issues, action) => {
        for (const [index, { user, removedFrom }] of settle(issues, action).entries()) {
          const before = issues[index]!;
          const named = before.faults.flatMap((fault) => ('subscriptionId' in fault ? [fault.subscriptionId] : []));
          expect(removedFrom).toEqual(action.action === 'removeConflictingLicense' ? named : []);
          expect(user.license).toEqual(before.user.license);
          expect(user.otherLicenses).toEqual(
            before.user.otherLicenses.filter((one) => !removedFrom.includes(one.subscriptionId)),
          );
        }
      }),
    );
  });
});
