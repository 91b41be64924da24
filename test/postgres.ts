import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { asSuperuser, createDatabase } from './databases.ts';

/** A new database of its own, empty or a copy of a template, owned by an ordinary role as in production. */
export async function createTestDatabase(
  template?: string,
): Promise<{ connectionString: string; drop: () => Promise<void> }> {
  const superuser = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const connectionString = await createDatabase(superuser, name, template);
  return { connectionString, drop: () => asSuperuser(superuser, `drop database ${name} with (force)`) };
}
