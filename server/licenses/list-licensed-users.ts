import type { Language } from '../../contract/values.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { findProducts, type LicenseProduct } from './list-products.ts';
import {
  countLicensedUsers,
  findLicensedUsers,
  type LicensedUserPage,
  type LicensedUserRow,
  type UserFilter,
} from './licensed-user.store.ts';
import { readLicenses } from './read-licenses.ts';

const LOT = 1000;

type Asked = {
  readonly search?: string | undefined;
  readonly filter?: UserFilter | undefined;
  readonly sort: 'name' | '-name' | 'signInName' | '-signInName';
};
type AskedPage = Asked & { readonly limit: number; readonly cursor?: string | undefined };

export type LicensedUserList = {
  readonly users: readonly LicensedUserRow[];
  readonly nextCursor: string | null;
  /** On the first page. */
  readonly total: number | null;
};

/** A customer's users with their licenses, page by page. Refused: role, unknown customer, missing privileges, a cursor of another list. */
export function listLicensedUsers(
  call: Call,
  customerId: string,
  { cursor, limit, ...asked }: AskedPage,
  language: Language,
): Promise<Outcome<LicensedUserList>> {
  return readLicenses(call, customerId, async (tx): Promise<Outcome<LicensedUserList>> => {
    const { sort } = asked;
    const after = cursor === undefined ? undefined : readCursor(cursor, sort);
    if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
    const page = { ...pageOf(call, customerId, asked, language), limit, after };
    const found = await findLicensedUsers(tx, page);
    const users = found.slice(0, limit);
    const last = found.length > limit ? users.at(-1) : undefined;
    return accepted({
      users,
      nextCursor: last ? writeCursor(sort, last[page.by], last.user_id) : null,
      total: after ? null : await countLicensedUsers(tx, page),
    });
  });
}

/** Every user that matches, with the products as columns. Refused: role, unknown customer, missing privileges. */
export function exportLicensedUsers(
  call: Call,
  customerId: string,
  asked: Asked,
  language: Language,
): Promise<Outcome<{ readonly users: readonly LicensedUserRow[]; readonly products: readonly LicenseProduct[] }>> {
  return readLicenses(call, customerId, async (tx) => {
    const page = { ...pageOf(call, customerId, asked, language), limit: LOT };
    const users: LicensedUserRow[] = [];
    let after: LicensedUserPage['after'];
    for (;;) {
      const found = await findLicensedUsers(tx, { ...page, after });
      users.push(...found.slice(0, LOT));
      const last = users.at(-1);
      if (found.length <= LOT || !last) break;
      after = [last[page.by], last.user_id];
    }
    return accepted({ users, products: await findProducts(call, tx, customerId) });
  });
}

function pageOf({ actor, clock }: Call, customerId: string, { search, filter, sort }: Asked, language: Language) {
  return {
    customerId,
    partnerId: actor.partner.partnerId,
    now: clock.now(),
    search: search && foldForSearch(search),
    filter,
    by: sort.endsWith('signInName') ? 'user_principal_name' : 'display_name',
    descending: sort.startsWith('-'),
    language,
  } as const;
}
