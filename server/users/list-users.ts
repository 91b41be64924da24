import type { Language } from '../../contract/values.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { readDirectory } from './directory.ts';
import { findUser, findUsers, type UserPage, type UserRow } from './user.store.ts';

type Asked = Omit<UserPage, 'language' | 'after'> & { readonly cursor: string | undefined };
export type UserList = { readonly users: readonly UserRow[]; readonly nextCursor: string | null };

/** A customer's users, page by page. Refused: role, unknown customer, missing privileges, a cursor that is not ours or of another list. */
export function listUsers(
  call: Call,
  customerId: string,
  { cursor, ...asked }: Asked,
  language: Language,
): Promise<Outcome<UserList>> {
  return readDirectory(call, customerId, 'read_users', async (tx): Promise<Outcome<UserList>> => {
    const sort = [asked.state, asked.by, asked.descending].join(' ');
    const after = cursor === undefined ? undefined : readCursor(cursor, sort);
    if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
    const found = await findUsers(tx, customerId, call.clock.now(), { ...asked, language, after });
    const users = found.slice(0, asked.limit);
    const last = found.length > asked.limit ? users.at(-1) : undefined;
    return accepted({ users, nextCursor: last ? writeCursor(sort, last[asked.by], last.user_id) : null });
  });
}

/** One user, also a deleted one that can be restored. Refused: role, unknown customer or user, missing privileges. */
export function showUser(call: Call, customerId: string, userId: string): Promise<Outcome<UserRow>> {
  return readDirectory(call, customerId, 'read_users', async (tx) => {
    const user = await findUser(tx, customerId, userId, call.clock.now());
    return user ? accepted(user) : notFound('user', userId);
  });
}
