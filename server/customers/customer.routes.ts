import type { CustomerOnWire } from '../../contract/customers.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import type { CustomerRow } from './customer.store.ts';
import { listCustomers, showCustomer } from './list-customers.ts';

export function customerRoutes(mount: Mount): void {
  mount.signedIn('listCustomers', async ({ call, query, language }) => {
    const found = await listCustomers(call, query, language);
    if (!found.ok) return found;
    return accepted({ items: found.value.rows.map(present), nextCursor: found.value.nextCursor });
  });
  mount.signedIn('showCustomer', async ({ call, params }) => {
    const found = await showCustomer(call, params.customerId);
    return found.ok ? accepted(present(found.value)) : found;
  });
}

function present(row: CustomerRow): CustomerOnWire {
  return {
    customerId: row.customer_id,
    name: row.name,
    domain: row.domain,
    country: row.country,
    reseller: row.reseller,
    privileges: row.kind === null ? 'none' : row.live ? row.kind : 'lapsed',
    privilegesEndAt: row.ends_at === null ? null : Temporal.Instant.from(row.ends_at).toString(),
    subscriptionCount: row.subscription_count,
  };
}
