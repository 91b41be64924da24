import type { CustomerOnWire } from '../../contract/customers.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { endRelationship } from './end-relationship.ts';
import type { CustomerAtAGlance } from './find-customers.ts';
import { listCustomers, showCustomer } from './list-customers.ts';

export function customerRoutes(mount: Mount): void {
  mount.signedIn('listCustomers', async ({ call, query, language }) => {
    const found = await listCustomers(call, query, language);
    if (!found.ok) return found;
    const { customers, nextCursor, total, lookedAt } = found.value;
    return accepted({ items: customers.map(present), nextCursor, total, lookedAt });
  });
  mount.signedIn('endRelationship', ({ call, params }) => endRelationship(call, params.customerId));
  mount.signedIn('showCustomer', async ({ call, params }) => {
    const found = await showCustomer(call, params.customerId);
    return found.ok ? accepted(present(found.value)) : found;
  });
}

function present({ row, living, upgradable, nextDeadline, warning }: CustomerAtAGlance): CustomerOnWire {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    customerId: row.customer_id,
    name: row.name,
    domain: row.domain,
    country: row.country,
    reseller: row.reseller,
    privileges: row.kind === null ? 'none' : row.live ? row.kind : 'lapsed',
    privilegesEndAt: row.ends_at === null ? null : Temporal.Instant.from(row.ends_at).toString(),
    privilegesWarning: warning ? { days: warning.days, endsAt: warning.endsAt.toString() } : null,
    subscriptionCount: living.length,
    upgradableCount: upgradable,
    suspendedCount: living.filter(({ subscription }) => subscription.status === 'suspended').length,
    licenses: {
      assigned: sum(living.map(({ assigned }) => assigned)),
      total: sum(living.map(({ subscription }) => subscription.quantity)),
    },
    nextDeadline,
    openWork: row.open_upgrade_id === null ? null : { upgradeId: row.open_upgrade_id, issues: row.open_issues },
  };
}
