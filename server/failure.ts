import { type Action, may, type Role, rolesThatMay } from '../core/access/may.ts';
import { type DelegatedPrivileges, type DirectoryAct, findDirectoryGap } from '../core/customers/relationship.ts';
import type { CampaignState } from '../core/campaigns/campaign-state.ts';
import type { Channel } from '../core/subscriptions/subscription.ts';
import { refusalOfGap } from '../core/upgrades/legacy-rules.ts';
import type { Difference } from '../core/upgrades/quote.ts';
import type { UpgradeState } from '../core/upgrades/approval.ts';
import type { Refusal } from '../core/upgrades/refusal.ts';
import type { FieldRule } from '../contract/words.ts';
import type { CampaignFileRefusal } from '../contract/campaign-texts.ts';
import type { FileRefusal } from '../contract/imports.ts';
import { accepted, refused, type Result } from '../core/values/result.ts';

/** Why a use case did nothing; each becomes one problem answer (contract/problems.ts). */
export type Failure =
  | { readonly code: 'not-found'; readonly thing: Thing; readonly id: string }
  | {
      readonly code: 'role-not-allowed';
      readonly held: readonly Role[];
      readonly roles: readonly Role[];
      /** Absent where the roles are asked for by a rule of their own. */
      readonly action?: Action;
    }
  | { readonly code: 'refused'; readonly refusals: readonly Refusal[] }
  | {
      readonly code: 'quote-outdated';
      readonly differences: readonly Difference[];
      readonly refusals: readonly Refusal[];
    }
  | { readonly code: 'quote-expired' | 'sign-in-locked'; readonly until: Temporal.Instant }
  | { readonly code: 'upgrade-waiting'; readonly upgradeId: string; readonly state: UpgradeState }
  | {
      readonly code: 'upgrade-already-decided';
      readonly upgradeId: string;
      readonly state: UpgradeState;
      readonly by: string | null;
    }
  | { readonly code: 'own-upgrade'; readonly approvers: readonly string[] }
  | { readonly code: 'own-campaign'; readonly approvers: readonly string[] }
  | { readonly code: 'campaign-state'; readonly state: CampaignState }
  | { readonly code: 'campaign-count'; readonly upgrades: number }
  | { readonly code: 'campaign-empty' }
  | { readonly code: 'campaign-too-large'; readonly limit: number }
  | { readonly code: 'plan-outdated'; readonly planned: Temporal.PlainDate; readonly day: Temporal.PlainDate }
  | { readonly code: 'approval-needed'; readonly delayMinutes: number }
  | { readonly code: 'changed-meanwhile'; readonly version: number }
  | { readonly code: 'cart-already-ordered'; readonly cartId: string }
  | { readonly code: 'already-recorded' | 'already-counts'; readonly offerId: string; readonly channel: Channel }
  | { readonly code: 'import-in-doubt'; readonly lines: readonly number[] }
  | { readonly code: 'file-not-read'; readonly refusal: FileRefusal }
  | { readonly code: 'campaign-file-not-read'; readonly refusal: CampaignFileRefusal }
  | { readonly code: 'import-applied'; readonly version: number }
  | { readonly code: 'licenses-not-changed'; readonly users: readonly string[] }
  | { readonly code: 'issue-already-resolved' | 'action-does-not-apply'; readonly user: string }
  | {
      readonly code:
        | 'too-many-emails'
        | 'too-many-emails-of-partner'
        | 'email-shown-too-often'
        | 'too-many-confirmations';
      readonly limit: number;
      /** When it is possible again. */
      readonly until: Temporal.Instant;
    }
  | { readonly code: 'too-many-webhooks' | 'too-many-streams'; readonly limit: number }
  | { readonly code: 'too-many-requests'; readonly limit: number; readonly seconds: number }
  /** `state` as words name it. */
  | { readonly code: 'request-not-open'; readonly state: RequestState }
  | { readonly code: 'invalid-field'; readonly field: string; readonly expected: FieldRule }
  | {
      readonly code:
        | 'webhook-off'
        | 'import-begun'
        | 'import-compares-only'
        | 'import-not-read'
        | 'import-overtaken'
        | 'delivery-pending'
        | 'webhook-exists'
        | 'path-refused-by-name'
        | 'link-unknown'
        | 'shown-changed'
        | 'code-refused'
        | 'proof-refused'
        | 'sign-in-not-set-up'
        | 'tenant-sign-in-unknown'
        | 'tenant-sign-in-down'
        | 'too-many-sign-ins'
        | 'too-many-codes'
        | 'mail-not-set-up'
        | 'sign-in-failed'
        | 'second-factor-needed'
        | 'second-factor-wrong'
        | 'second-factor-on'
        | 'second-factor-off'
        | 'no-password'
        | 'demo-only'
        | 'sandbox-only'
        | 'setup-code-wrong'
        | 'already-set-up'
        | 'link-not-valid'
        | 'device-code-not-valid'
        | 'device-code-refused'
        | 'browser-needed'
        | 'address-in-use'
        | 'own-account'
        | 'last-global-admin'
        | 'agent-exists'
        | 'agent-removed'
        | 'nothing-elsewhere';
    };

/** What became of a request for a relationship. */
export type RequestState = 'open' | 'expired' | 'withdrawn' | 'accepted' | 'declined' | 'standing' | 'ended';

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
  | 'session'
  | 'identityProvider'
  | 'agent'
  | 'order'
  | 'cart'
  | 'webhook'
  | 'eventDelivery'
  | 'recordedSubscription'
  | 'watch'
  | 'offer'
  | 'priceList'
  | 'import'
  | 'importVersion'
  | 'relationshipRequest'
  | 'privileges'
  | 'invoice'
  | 'campaign';

export type Outcome<Value> = Result<Value, Failure>;

/** The one check of roles, made by the use case itself (R1). */
export function checkRole(roles: readonly Role[], action: Action): Outcome<undefined> {
  return may(roles, action) ? accepted(undefined) : refusedByRole(roles, action);
}

export function refusedByRole(
  held: readonly Role[],
  action: Action,
): { readonly ok: false; readonly refused: Failure } {
  return refused({ code: 'role-not-allowed', held, roles: rolesThatMay(action), action });
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
