import { type Action, may, type Role, rolesThatMay } from '../core/access/may.ts';
import { type DelegatedPrivileges, type DirectoryAct, findDirectoryGap } from '../core/customers/relationship.ts';
import { refusalOfGap } from '../core/upgrades/eligibility.ts';
import type { Difference } from '../core/upgrades/quote.ts';
import type { Refusal } from '../core/upgrades/refusal.ts';
import type { FieldRule } from '../contract/words.ts';
import { accepted, refused, type Result } from '../core/values/result.ts';

/** Why a use case did nothing; each becomes one problem answer (contract/problems.ts). */
export type Failure =
  | { readonly code: 'not-found'; readonly thing: Thing; readonly id: string }
  | { readonly code: 'role-not-allowed'; readonly held: readonly Role[]; readonly roles: readonly Role[] }
  | { readonly code: 'refused'; readonly refusals: readonly Refusal[] }
  | {
      readonly code: 'quote-outdated';
      readonly differences: readonly Difference[];
      readonly refusals: readonly Refusal[];
    }
  | { readonly code: 'quote-expired'; readonly until: Temporal.Instant }
  | { readonly code: 'changed-meanwhile'; readonly version: number }
  | { readonly code: 'cart-already-ordered'; readonly cartId: string }
  | { readonly code: 'issue-already-resolved' | 'action-does-not-apply'; readonly user: string }
  | { readonly code: 'invalid-field'; readonly field: string; readonly expected: FieldRule }
  | {
      readonly code:
        | 'path-refused-by-name'
        | 'sign-in-failed'
        | 'demo-only'
        | 'sandbox-only'
        | 'setup-code-wrong'
        | 'already-set-up';
    };

/** What can be asked for by id. */
export type Thing =
  | 'auditRecord'
  | 'customer'
  | 'subscription'
  | 'quote'
  | 'upgrade'
  | 'licenseIssue'
  | 'user'
  | 'directoryRole'
  | 'path'
  | 'partner'
  | 'apiClient'
  | 'order'
  | 'cart';

export type Outcome<Value> = Result<Value, Failure>;

/** The one check of roles, made by the use case itself (R1). */
export function checkRole(roles: readonly Role[], action: Action): Outcome<undefined> {
  return may(roles, action)
    ? accepted(undefined)
    : refused({ code: 'role-not-allowed', held: roles, roles: rolesThatMay(action) });
}

/** The one check of what the customer granted for its directory as a whole (commerce rules 5.2). */
export function checkDirectory(
  privileges: readonly DelegatedPrivileges[],
  act: DirectoryAct,
  now: Temporal.Instant,
): Outcome<undefined> {
  const gap = findDirectoryGap(privileges, act, now);
  return gap ? refused({ code: 'refused', refusals: [refusalOfGap(gap, act)] }) : accepted(undefined);
}

export function notFound(thing: Thing, id: string): { readonly ok: false; readonly refused: Failure } {
  return refused({ code: 'not-found', thing, id });
}
