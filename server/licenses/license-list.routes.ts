import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { licenseFile, presentCustomerProduct } from './license-list.presenter.ts';
import { exportLicenses, listAllLicenses, listLicenseFilters } from './list-all-licenses.ts';

export function licenseListRoutes(mount: Mount): void {
  mount.signedIn('listAllLicenses', async ({ call, query, wording, request, reply }) => {
    const { without, limit, cursor, ...asked } = query;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportLicenses(call, asked, wording.language);
      if (!exported.ok) return exported;
      const file = licenseFile(without, wording.language);
      await sendCsv(reply, {
        name: datedName('licenses', call),
        language: wording.language,
        header: file.header,
        lots: exported.value,
        cells: (product) => file.cells(presentCustomerProduct(product, wording)),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const found = await listAllLicenses(call, { ...asked, limit, cursor }, wording.language);
    if (!found.ok) return found;
    const { products, nextCursor } = found.value;
    return accepted({ items: products.map((product) => presentCustomerProduct(product, wording)), nextCursor });
  });
  mount.signedIn('listLicenseFilters', async ({ call, wording: { language } }) => {
    const found = await listLicenseFilters(call, language);
    if (!found.ok) return found;
    return accepted({ products: found.value.map(({ skuId, name }) => ({ skuId, name: name[language] })) });
  });
}
