import type { Transaction } from '../postgres/database.ts';

/** What a customer holds, and in the end itself; nothing refers to what stands after it. */
const OF_A_CUSTOMER = [
  'upgrade_visits',
  'campaign_rows',
  'watches',
  'recorded_subscriptions',
  'carts',
  'agreements',
  'billing_profiles',
  'customer_margins',
  'license_issues',
  'charges',
  'quotes',
  'upgrades',
  'licenses',
  'seat_batches',
  'directory_role_members',
  'user_addresses',
  'users',
  'subscriptions',
  'delegated_privileges',
  'relationships',
  'customers',
];

/** What a partner has beside its customers, and in the end itself. */
const OF_A_PARTNER = [
  'campaigns',
  'campaign_paces',
  'mails',
  'relationship_codes',
  'relationship_sign_ins',
  'relationship_links',
  'relationship_requests',
  'audit_records',
  'audit_unsealed',
  'audit_seals',
  'audit_verifications',
  'partner_settings',
  'vat_rates',
  'invoices',
  'invoice_closings',
  'path_switches',
  'import_versions',
  'import_rows',
  'imports',
  'approval_policies',
  'replies',
  'webhook_deliveries',
  'webhook_registrations',
  'event_deliveries',
  'webhooks',
  'refresh_tokens',
  'api_clients',
  'join_links',
  'recovery_codes',
  'known_sources',
  'calendar_feeds',
  'provider_sessions',
  'device_codes',
  'used_logout_tokens',
  'pending_sign_ins',
  'agent_identities',
  'identity_provider_domains',
  'identity_providers',
  'agents',
  'partners',
];

/** Tables that only take new rows; each has a trigger that refuses the rest. */
const INSERT_ONLY = ['charges', 'audit_records', 'audit_seals', 'invoices', 'invoice_closings'];

/** Throws away everything but the deployment's own rows, the offers and the sessions. */
export async function clearWorld(tx: Transaction): Promise<void> {
  const triggers = (act: 'disable' | 'enable') =>
    INSERT_ONLY.map((table) => `alter table ${table} ${act} trigger ${table}_insert_only;`).join('\n');
  await tx.query(
    `${triggers('disable')} truncate ${[...OF_A_CUSTOMER, ...OF_A_PARTNER].join(', ')}; ${triggers('enable')}`,
  );
  await tx.query(`delete from prices where partner_id is not null`);
  await tx.query(`delete from price_lists where partner_id is not null`);
}

/** Throws one customer away with all that anybody holds there; the audit rows stay. False: none that the partner is related to. */
export async function clearCustomer(tx: Transaction, partnerId: string, customerId: string): Promise<boolean> {
  await tx.query('select 1 from customers where customer_id = $1 for update', [customerId]);
  const related = 'select 1 from relationships where customer_id = $1 and partner_id = $2';
  if ((await tx.query(related, [customerId, partnerId])).length === 0) return false;
  await tx.query('alter table charges disable trigger charges_insert_only');
  for (const table of OF_A_CUSTOMER) await tx.query(`delete from ${table} where customer_id = $1`, [customerId]);
  await tx.query('alter table charges enable trigger charges_insert_only');
  await tx.query('delete from relationship_requests where asked_customer_id = $1', [customerId]);
  return true;
}
