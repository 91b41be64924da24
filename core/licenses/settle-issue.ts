import type { Catalog, Offer } from '../catalog/offer.ts';
import type { LicensedUser, LicenseFault } from './license.ts';
import { planTransfer } from './plan-transfer.ts';

export type IssueAction =
  | { readonly action: 'setUsageLocation'; readonly usageLocation: string }
  | { readonly action: 'removeConflictingLicense' }
  | { readonly action: 'retry' }
  | { readonly action: 'leave' };

/** What an action does for one user: the license moves, the issue is left for good, or it stays open with what still stands in the way. */
export type Settlement = {
  readonly user: LicensedUser;
  readonly status: 'moved' | 'left' | 'open';
  readonly faults: readonly LicenseFault[];
  readonly switchedOff: readonly string[];
  /** Subscriptions whose license the user gives up. */
  readonly removedFrom: readonly string[];
};

/** Actions that fit a fault (W12). Retry and leave fit every one. */
export function actionsFor(faults: readonly LicenseFault[]): IssueAction['action'][] {
  const names = new Set(faults.map((fault) => fault.name));
  const actions: IssueAction['action'][] = [];
  if (names.has('usage-location-missing') || names.has('usage-location-not-allowed')) actions.push('setUsageLocation');
  if (names.has('plans-exclude-each-other') || names.has('dependent-product')) actions.push('removeConflictingLicense');
  return [...actions, 'retry', 'leave'];
}

/** Applies one action to users of open issues and tries the move again at once; free licenses go round in the users' order. */
export function settleIssues(
  catalog: Catalog,
  issues: readonly { readonly user: LicensedUser; readonly faults: readonly LicenseFault[] }[],
  action: IssueAction,
  target: Offer,
  freeSeats: number,
): Settlement[] {
  if (action.action === 'leave') {
    return issues.map(({ user, faults }) => ({ user, status: 'left', faults, switchedOff: [], removedFrom: [] }));
  }
  const changed = issues.map(({ user, faults }) => changeUser(user, faults, action));
  const { changes, moves } = planTransfer(
    catalog,
    changed.map((one) => one.user),
    target,
    'upgrade_with_license_transfer',
    freeSeats,
  );
  return moves.map(({ user, change, faults }, index) => ({
    user,
    status: faults.length === 0 ? 'moved' : 'open',
    faults,
    switchedOff: changes[change]?.staysOff ?? [],
    removedFrom: changed[index]?.removedFrom ?? [],
  }));
}

function changeUser(
  user: LicensedUser,
  faults: readonly LicenseFault[],
  action: IssueAction,
): { user: LicensedUser; removedFrom: string[] } {
  if (action.action === 'setUsageLocation') {
    return { user: { ...user, usageLocation: action.usageLocation }, removedFrom: [] };
  }
  if (action.action !== 'removeConflictingLicense') return { user, removedFrom: [] };
  const removedFrom = [...new Set(faults.flatMap((fault) => ('subscriptionId' in fault ? fault.subscriptionId : [])))];
  const otherLicenses = user.otherLicenses.filter((license) => !removedFrom.includes(license.subscriptionId));
  return { user: { ...user, otherLicenses }, removedFrom };
}
