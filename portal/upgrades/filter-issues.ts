import type { LicenseFaultName } from '../../contract/refusals.ts';
import type { LicenseIssueOnWire } from '../../contract/upgrades.ts';
import { foldForSearch } from '../ui/fold.ts';
import type { useAddress } from '../ui/useAddress.ts';

export const STATES = ['all', 'open', 'done'] as const;
type State = (typeof STATES)[number];
export type IssuesAddress = ReturnType<typeof useAddress<'filter' | 'problem' | 'service' | 'q'>>;

export function isIn(issue: LicenseIssueOnWire, state: State): boolean {
  return state === 'all' || (issue.status === 'open') === (state === 'open');
}

/** What of the worklist the address asks for. */
export function filterIssues(items: readonly LicenseIssueOnWire[], address: IssuesAddress): LicenseIssueOnWire[] {
  const state = STATES.find((one) => one === address.get('filter')) ?? 'all';
  const [problem, service] = [address.get('problem'), address.get('service')];
  const wanted = foldForSearch(address.get('q') ?? '');
  return items.filter(
    (one) =>
      isIn(one, state) &&
      (!problem || one.faults.some((fault) => fault.name === problem)) &&
      (!service || one.services.includes(service)) &&
      foldForSearch(`${one.displayName} ${one.userPrincipalName}`).includes(wanted),
  );
}

/** The same as a question to the server. */
export function queryOf(address: IssuesAddress) {
  const [state, problem, service, search] = [
    address.get('filter'),
    address.get('problem'),
    address.get('service'),
    address.get('q'),
  ];
  return {
    ...(state === 'open' && { status: 'open' as const }),
    ...(state === 'done' && { status: 'settled' as const }),
    ...(problem && { fault: problem as LicenseFaultName }),
    ...(service && { service }),
    ...(search && { search }),
  };
}
