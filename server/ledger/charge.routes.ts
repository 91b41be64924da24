import { formatMoney, formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import type { WrittenCharge } from './charge.store.ts';
import { listCharges } from './list-charges.ts';

export function chargeRoutes(mount: Mount): void {
  mount.signedIn('listCharges', async ({ call, params }) => {
    const found = await listCharges(call, params.customerId, params.subscriptionId);
    if (!found.ok) return found;
    const { currency, charges } = found.value;
    const minor = charges.reduce((sum, charge) => sum + charge.amount_minor, 0n);
    return accepted({ items: charges.map(present), total: { amount: formatMoney({ minor, currency }), currency } });
  });
}

function present(row: WrittenCharge) {
  const { currency } = row;
  return {
    chargeId: row.charge_id,
    upgradeId: row.upgrade_id,
    referenceId: row.reference_id,
    reverses: row.reverses,
    createdAt: Temporal.Instant.from(row.created_at).toString(),
    chargeType: row.charge_type,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    days: row.days,
    periodDays: row.period_days,
    quantity: row.quantity,
    unitPrice: formatUnitPrice(parseUnitPrice(row.unit_price, currency)),
    amount: { amount: formatMoney({ minor: row.amount_minor, currency }), currency },
  };
}
