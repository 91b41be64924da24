import { accepted } from '../../core/values/result.ts';
import { sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { changeLicenses, previewLicenses } from './change-licenses.ts';
import { presentDecided, presentProduct, presentUser, toTable } from './license.presenter.ts';
import { exportLicensedUsers, listLicensedUsers } from './list-licensed-users.ts';
import { listLicenseProducts } from './list-products.ts';

export function licenseRoutes(mount: Mount): void {
  mount.signedIn('listUsers', async ({ call, params: { customerId }, query, language, wording, request, reply }) => {
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportLicensedUsers(call, customerId, query, language);
      if (!exported.ok) return exported;
      const { header, rows } = toTable(exported.value, wording);
      const name = `licenses-${customerId}`;
      await sendCsv(reply, { name, language, header, lots: [rows], cells: (row) => row });
      return accepted({ items: [], nextCursor: null, total: null });
    }
    const found = await listLicensedUsers(call, customerId, query, language);
    if (!found.ok) return found;
    const { users, nextCursor, total } = found.value;
    return accepted({ items: users.map((row) => presentUser(row, wording)), nextCursor, total });
  });
  mount.signedIn('listLicenseProducts', async ({ call, params, wording }) => {
    const found = await listLicenseProducts(call, params.customerId);
    return found.ok ? accepted({ items: found.value.map((one) => presentProduct(one, wording)) }) : found;
  });
  mount.signedIn('previewLicenses', async ({ call, params, body, wording }) => {
    const decided = await previewLicenses(call, { ...params, ...body, userIds: [...new Set(body.userIds)] });
    return decided.ok ? accepted({ items: decided.value.map((one) => presentDecided(one, wording)) }) : decided;
  });
  mount.signedIn('changeLicenses', async ({ call, params, body, wording }) => {
    const decided = await changeLicenses(call, { ...params, ...body, userIds: [...new Set(body.userIds)] });
    return decided.ok ? accepted({ items: decided.value.map((one) => presentDecided(one, wording)) }) : decided;
  });
}
