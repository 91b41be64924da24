import type { Table } from './table.store.ts';

const RELATED = `exists (select 1 from relationships r where r.customer_id = t.customer_id and r.partner_id = $1)`;
const OF_CUSTOMER = (column: string) => ['customer_id', column];
const OF_PARTNER = (column: string) => ['partner_id', column];

/**
 * What a partner has, table by table, with what a reader needs to know of each. Secrets, and what only the server itself works with, are not among
 * them: sessions, queues, tokens, replies, links and codes.
 */
export const TABLES: readonly (Table & { readonly says: string })[] = [
  { name: 'partners', key: ['partner_id'], says: 'The partner itself' },
  { name: 'partner_settings', key: ['partner_id'], says: 'How long audit rows are kept, and how lines are rounded' },
  {
    name: 'agents',
    key: OF_PARTNER('agent_id'),
    without: ['password_hash', 'totp_secret', 'totp_confirmed_at', 'totp_last_step'],
    says: 'People who sign in, removed ones too',
  },
  { name: 'approval_policies', key: ['partner_id'], says: 'Which upgrades need a second person or a delay' },
  { name: 'path_switches', key: OF_PARTNER('path_id'), says: 'Upgrade paths switched on or off' },
  {
    name: 'webhooks',
    key: OF_PARTNER('webhook_id'),
    without: ['secret', 'previous_secret', 'previous_until'],
    says: 'Webhooks, without their secrets',
  },
  { name: 'customers', key: ['customer_id'], where: RELATED, says: 'Customers that the partner is related to' },
  { name: 'relationships', key: OF_CUSTOMER('partner_id'), says: 'Relationships to customers' },
  { name: 'delegated_privileges', key: OF_CUSTOMER('privileges_id'), says: 'What customers granted' },
  { name: 'relationship_requests', key: OF_PARTNER('request_id'), says: 'Requests for relationships' },
  { name: 'billing_profiles', key: OF_CUSTOMER('partner_id'), says: 'Billing profiles of customers' },
  { name: 'agreements', key: OF_CUSTOMER('agreement_id'), says: 'Customer agreements that were attested' },
  { name: 'customer_margins', key: OF_CUSTOMER('partner_id'), says: 'Margins by customer' },
  { name: 'subscriptions', key: OF_CUSTOMER('subscription_id'), says: 'Subscriptions that the partner sold' },
  { name: 'seat_batches', key: OF_CUSTOMER('batch_id'), says: 'Seats that were added together' },
  {
    name: 'recorded_subscriptions',
    key: OF_CUSTOMER('recorded_subscription_id'),
    says: 'What others sold, as written down',
  },
  { name: 'watches', key: OF_CUSTOMER('watch_id'), says: 'Refused upgrades that are looked at again' },
  { name: 'users', key: OF_CUSTOMER('user_id'), where: RELATED, says: 'Users of customers, deleted ones too' },
  {
    name: 'user_addresses',
    key: ['customer_id', 'user_id', 'address'],
    where: RELATED,
    says: 'Mail addresses of users',
  },
  {
    name: 'licenses',
    key: ['customer_id', 'subscription_id', 'user_id'],
    where: `exists (select 1 from subscriptions s where s.customer_id = t.customer_id and s.subscription_id = t.subscription_id
      and s.partner_id = $1)`,
    says: 'Which user has a license of which subscription',
  },
  { name: 'upgrades', key: OF_CUSTOMER('upgrade_id'), says: 'Upgrades, in every state' },
  {
    name: 'license_issues',
    key: ['customer_id', 'upgrade_id', 'user_id'],
    says: 'Accounts that upgrades left to a person',
  },
  { name: 'campaigns', key: OF_PARTNER('campaign_id'), says: 'Bulk upgrades' },
  { name: 'campaign_rows', key: ['customer_id', 'campaign_id', 'place'], says: 'Their rows' },
  { name: 'charges', key: OF_CUSTOMER('charge_id'), says: 'Lines of the ledger' },
  { name: 'invoices', key: ['partner_id', 'month', 'platform'], says: 'Closed invoices' },
  { name: 'import_versions', key: ['partner_id', 'subject', 'scope', 'version'], says: 'Versions of prices and paths' },
  { name: 'price_lists', key: ['price_list_id'], says: 'Imported price lists' },
  {
    name: 'prices',
    key: ['price_list_id', 'offer_id', 'term_duration', 'billing_cycle', 'valid_from'],
    says: 'Their prices',
  },
  { name: 'audit_records', key: OF_CUSTOMER('audit_id'), says: 'The audit log' },
  { name: 'audit_seals', key: OF_PARTNER('seal_number'), says: 'The chain of hashes over it' },
];
