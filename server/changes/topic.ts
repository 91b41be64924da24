import type { Topic } from '../../contract/changes.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';

/** What an act is done to; visits leave no audit row. */
type Thing = AuditAction | 'visit.changed' extends infer Act
  ? Act extends `${infer Of}.${string}`
    ? Of
    : never
  : never;

/** Null: nothing that a list shows. */
const TOPIC_OF: Readonly<Record<Thing, Topic | null>> = {
  upgrade: 'upgrades',
  seats: 'subscriptions',
  subscription: 'subscriptions',
  order: 'subscriptions',
  'recorded-subscription': 'subscriptions',
  'recorded-subscriptions': 'subscriptions',
  'license-issue': 'issues',
  licenses: 'licenses',
  path: 'catalog',
  customer: 'customers',
  agreement: 'customers',
  relationship: 'relationships',
  privileges: 'relationships',
  watch: 'watches',
  user: 'users',
  'role-member': 'users',
  visit: 'visits',
  agent: 'agents',
  'api-client': 'settings',
  'approval-policy': 'settings',
  'identity-provider': 'settings',
  campaign: 'campaigns',
  'campaign-pace': 'campaigns',
  import: 'imports',
  settings: 'settings',
  webhook: 'settings',
  'dead-letter': 'settings',
  data: null,
  calendar: null,
  audit: null,
  act: null,
};

/** What an act changes for those who look at lists; null: nothing, or an act that a newer server does. */
export function topicOf(act: string): Topic | null {
  return (TOPIC_OF as Readonly<Record<string, Topic | null>>)[act.split('.')[0] ?? ''] ?? null;
}
