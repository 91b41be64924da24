import { Readable } from 'node:stream';
import { CUSTOMER_TEXTS } from '../../contract/customers.ts';
import type { Language } from '../../contract/values.ts';
import { accepted } from '../../core/values/result.ts';
import { toCsv, toCsvRows } from '../http/csv.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { presentCustomer, toCustomerCells } from './customer.presenter.ts';
import { endRelationship } from './end-relationship.ts';
import { exportCustomers, listCustomers, showCustomer } from './list-customers.ts';
import type { CustomerAtAGlance } from './find-customers.ts';

export function customerRoutes(mount: Mount): void {
  mount.signedIn('listCustomers', async ({ call, query, language, request, reply }) => {
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportCustomers(call, query, language);
      if (!exported.ok) return exported;
      const day = call.clock.now().toString().slice(0, 10);
      await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="customers-${day}.csv"`)
        .send(Readable.from(csvOf(exported.value, language)));
      return accepted({ items: [], nextCursor: null, total: null, lookedAt: null });
    }
    const found = await listCustomers(call, query, language);
    if (!found.ok) return found;
    const { customers, nextCursor, total, lookedAt } = found.value;
    return accepted({ items: customers.map(presentCustomer), nextCursor, total, lookedAt });
  });
  mount.signedIn('endRelationship', ({ call, params }) => endRelationship(call, params.customerId));
  mount.signedIn('showCustomer', async ({ call, params }) => {
    const found = await showCustomer(call, params.customerId);
    return found.ok ? accepted(presentCustomer(found.value)) : found;
  });
}

async function* csvOf(lots: AsyncIterable<readonly CustomerAtAGlance[]>, language: Language) {
  yield toCsv(language, CUSTOMER_TEXTS[language].columns, []);
  for await (const customers of lots) {
    yield toCsvRows(
      language,
      customers.map((customer) => toCustomerCells(customer, language)),
    );
  }
}
