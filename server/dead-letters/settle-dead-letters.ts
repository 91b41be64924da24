import { MOST_LETTERS } from '../../contract/dead-letters.ts';
import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  discardLetter,
  findDeadLetters,
  type LetterKey,
  type LetterRow,
  type LetterState,
  lockDeadLetter,
  reviveLetter,
} from './dead-letter.store.ts';

/** What failed for good, whatever kind it is. Refused: role. */
export async function listDeadLetters({
  actor,
  database,
}: Call): Promise<Outcome<{ rows: readonly LetterRow[]; found: number }>> {
  const allowed = checkRole(actor.roles, 'manageDeadLetters');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findDeadLetters(tx, partnerId, MOST_LETTERS)));
}

export type Settled = LetterKey & { readonly outcome: 'done' | 'gone' | 'webhookOff' | 'forgotten' };

/** Has letters sent again. Refused: role. */
export function retryDeadLetters(call: Call, letters: readonly LetterKey[]): Promise<Outcome<Settled[]>> {
  return settle(call, letters, {
    action: 'dead-letter.retried',
    hindrance: ({ webhookOff, forgotten }) => (webhookOff ? 'webhookOff' : forgotten ? 'forgotten' : undefined),
    perform: reviveLetter,
  });
}

/** Takes letters off the list. Refused: role. */
export function discardDeadLetters(call: Call, letters: readonly LetterKey[]): Promise<Outcome<Settled[]>> {
  return settle(call, letters, {
    action: 'dead-letter.discarded',
    hindrance: () => undefined,
    perform: discardLetter,
  });
}

type Act = {
  readonly action: 'dead-letter.retried' | 'dead-letter.discarded';
  readonly hindrance: (state: LetterState) => 'webhookOff' | 'forgotten' | undefined;
  readonly perform: (tx: Transaction, partnerId: string, letter: LetterKey, at: string) => Promise<void>;
};

async function settle(
  call: Call,
  letters: readonly LetterKey[],
  { action, hindrance, perform }: Act,
): Promise<Outcome<Settled[]>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'manageDeadLetters');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const settled = await database.write(partnerId, async (tx) => {
    const outcomes: Settled[] = [];
    // In one order, so that two who settle the same do not wait for each other.
    for (const letter of letters.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const state = await lockDeadLetter(tx, partnerId, letter);
      const outcome = state ? (hindrance(state) ?? 'done') : 'gone';
      if (outcome === 'done') await perform(tx, partnerId, letter, clock.now().toString());
      outcomes.push({ ...letter, outcome });
    }
    const done = outcomes.filter(({ outcome }) => outcome === 'done');
    const rows = done.map(({ kind, id }) =>
      toAuditRow(call, { customerId: partnerId, action, subjectId: id, details: { kind } }),
    );
    if (rows.length > 0) await saveAudit(tx, rows);
    return outcomes;
  });
  return accepted(settled);
}
