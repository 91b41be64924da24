import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { presentDeadLetter } from './dead-letter.presenter.ts';
import { discardDeadLetters, listDeadLetters, retryDeadLetters, type Settled } from './settle-dead-letters.ts';

export function deadLetterRoutes(mount: Mount): void {
  mount.signedIn('listDeadLetters', async ({ call, language }) => {
    const listed = await listDeadLetters(call);
    if (!listed.ok) return listed;
    const { rows, found } = listed.value;
    return accepted({ items: rows.map((row) => presentDeadLetter(row, language)), found });
  });
  mount.signedIn('retryDeadLetters', async ({ call, body }) => {
    const settled = await retryDeadLetters(call, body.letters);
    return settled.ok ? accepted({ items: settled.value.map(present) }) : settled;
  });
  mount.signedIn('discardDeadLetters', async ({ call, body }) => {
    const settled = await discardDeadLetters(call, body.letters);
    return settled.ok ? accepted({ items: settled.value.map(present) }) : settled;
  });
}

function present({ kind, id, outcome }: Settled) {
  return { kind, id, outcome };
}
