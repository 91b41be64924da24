import { type CustomerOnWire, CUSTOMER_TEXTS } from '../../contract/customers.ts';
import type { Language } from '../../contract/values.ts';
import type { Cell } from '../../contract/csv.ts';
import type { CustomerAtAGlance } from './find-customers.ts';

/** A customer at a glance. */
export function presentCustomer({ row, living, upgradable, nextDeadline, warning }: CustomerAtAGlance): CustomerOnWire {
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

/** Its row of the file; days as they are written everywhere, for a spreadsheet. */
export function toCustomerCells(customer: CustomerAtAGlance, language: Language): Cell[] {
  const { licenses, ...one } = presentCustomer(customer);
  const number = (value: number): Cell => ({ decimal: String(value) });
  return [
    one.name,
    one.domain,
    one.country,
    CUSTOMER_TEXTS[language].privileges[one.privileges],
    one.privilegesEndAt?.slice(0, 10) ?? '',
    number(one.subscriptionCount),
    number(one.upgradableCount),
    number(licenses.assigned),
    number(licenses.total),
    one.nextDeadline ?? '',
    number(one.openWork?.issues ?? 0),
    number(one.suspendedCount),
  ];
}
