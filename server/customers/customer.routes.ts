import { CUSTOMER_TEXTS } from '../../contract/customers.ts';
import type { UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { presentCustomer, toCustomerCells } from './customer.presenter.ts';
import { endRelationship } from './end-relationship.ts';
import { erasePersonalData } from './erase-personal-data.ts';
import { exportCustomers, listCustomers, showCustomer } from './list-customers.ts';

export function customerRoutes(mount: Mount): void {
  mount.signedIn('listCustomers', async ({ call, query, wording, request, reply }) => {
    const { language } = wording;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportCustomers(call, query, language);
      if (!exported.ok) return exported;
      await sendCsv(reply, {
        name: datedName('customers', call),
        language,
        header: CUSTOMER_TEXTS[language].columns,
        lots: exported.value,
        cells: (customer) => toCustomerCells(customer, language),
      });
      return accepted({ items: [], nextCursor: null, total: null, lookedAt: null, path: null });
    }
    const found = await listCustomers(call, query, language);
    if (!found.ok) return found;
    const { customers, nextCursor, total, lookedAt, path } = found.value;
    return accepted({
      items: customers.map(presentCustomer),
      nextCursor,
      total,
      lookedAt,
      path: path ? presentPath(path, wording) : null,
    });
  });
  mount.signedIn('erasePersonalData', ({ call, params, body }) => erasePersonalData(call, { ...params, ...body }));
  mount.signedIn('endRelationship', ({ call, params }) => endRelationship(call, params.customerId));
  mount.signedIn('showCustomer', async ({ call, params }) => {
    const found = await showCustomer(call, params.customerId);
    return found.ok ? accepted(presentCustomer(found.value)) : found;
  });
}

function presentPath({ fromOfferId, toOfferId }: UpgradePath, wording: Wording) {
  return { from: offerName(fromOfferId, wording), to: offerName(toOfferId, wording), fromOfferId, toOfferId };
}
