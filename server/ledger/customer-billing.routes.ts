import { CUSTOMER_CHARGE_TEXTS } from '../../contract/customer-billing.ts';
import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import {
  presentBilledUpgrade,
  presentChargedThing,
  presentCustomerCharge,
  presentExpected,
  presentUpcoming,
  toChargeCells,
} from './customer-billing.presenter.ts';
import {
  exportCustomerCharges,
  listBilledUpgrades,
  listCustomerCharges,
  showCustomerBilling,
} from './show-customer-billing.ts';
import { showNextInvoice } from './show-next-invoice.ts';

export function customerBillingRoutes(mount: Mount): void {
  mount.signedIn('showCustomerBilling', async ({ call, params, wording }) => {
    const found = await showCustomerBilling(call, params.customerId);
    if (!found.ok) return found;
    const { subscriptions, months, rates } = found.value;
    const named = subscriptions.map((one) => presentChargedThing(one, wording));
    return accepted({
      subscriptions: named.toSorted((one, other) => one.name.localeCompare(other.name, wording.language)),
      months: [...months],
      rates,
    });
  });
  mount.signedIn('listCustomerCharges', async ({ call, params, query, wording, request, reply }) => {
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportCustomerCharges(call, params.customerId, query);
      if (!exported.ok) return exported;
      const { language } = wording;
      await sendCsv(reply, {
        name: datedName('charges', call),
        language,
        header: CUSTOMER_CHARGE_TEXTS[language].columns,
        lots: exported.value,
        cells: (line) => toChargeCells(presentCustomerCharge(line, wording), language),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const found = await listCustomerCharges(call, params.customerId, query);
    if (!found.ok) return found;
    const { lines, nextCursor } = found.value;
    return accepted({ items: lines.map((line) => presentCustomerCharge(line, wording)), nextCursor });
  });
  mount.signedIn('showNextInvoice', async ({ call, params, wording }) => {
    const found = await showNextInvoice(call, params.customerId);
    if (!found.ok) return found;
    const { start, end, invoices, upcoming, rates } = found.value;
    return accepted({
      periodStart: start.toString(),
      periodEnd: end.toString(),
      invoices: invoices.map(presentExpected),
      upcoming: upcoming.map((line) => presentUpcoming(line, rates, wording)),
    });
  });
  mount.signedIn('listBilledUpgrades', async ({ call, params, query, wording }) => {
    const found = await listBilledUpgrades(call, params.customerId, query);
    if (!found.ok) return found;
    const { upgrades, nextCursor } = found.value;
    return accepted({
      items: upgrades.map(({ of, balance }) => presentBilledUpgrade(of, balance, wording)),
      nextCursor,
    });
  });
}
