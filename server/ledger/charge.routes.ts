import { formatMoney } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { presentCharge } from './charge.presenter.ts';
import { listCharges } from './list-charges.ts';

export function chargeRoutes(mount: Mount): void {
  mount.signedIn('listCharges', async ({ call, params, wording }) => {
    const found = await listCharges(call, params.customerId, params.subscriptionId);
    if (!found.ok) return found;
    const { currency, platform, charges } = found.value;
    const minor = charges.reduce((sum, charge) => sum + charge.amount_minor, 0n);
    const items = charges.map((charge) => presentCharge(charge, platform, wording));
    return accepted({ items, total: { amount: formatMoney({ minor, currency }), currency } });
  });
}
