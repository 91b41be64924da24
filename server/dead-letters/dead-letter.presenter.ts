import { DEAD_LETTER_TEXTS, type DeadLetterOnWire } from '../../contract/dead-letters.ts';
import type { Language } from '../../contract/values.ts';
import { EVENT_TEXTS } from '../../contract/webhook-events.ts';
import { fill } from '../../contract/words.ts';
import type { LetterRow } from './dead-letter.store.ts';

export function presentDeadLetter(row: LetterRow, language: Language): DeadLetterOnWire {
  return {
    kind: row.kind,
    id: row.id,
    webhookId: row.webhook_id,
    what: row.what,
    text: textOf(row, language),
    to: row.target,
    happenedAt: momentOf(row.happened_at),
    failedAt: momentOf(row.failed_at),
    tries: row.tries,
    reason: reasonOf(row, language),
    canRetry: row.can_retry,
  };
}

function textOf({ kind, what }: LetterRow, language: Language): string {
  const { mails, notification } = DEAD_LETTER_TEXTS[language];
  if (kind === 'notification') return fill(notification, { event: what });
  const words: Readonly<Record<string, string | undefined>> = kind === 'mail' ? mails : EVENT_TEXTS[language];
  return words[what] ?? what;
}

function reasonOf({ kind, code, error, tries }: LetterRow, language: Language): string {
  const words = DEAD_LETTER_TEXTS[language];
  if (code !== null) return fill(words.answered, { code });
  if (error !== null) return error;
  return kind !== 'mail' && tries === 0 ? words.notTried : words.stopped;
}

function momentOf(text: string): string {
  return Temporal.Instant.from(text).toString();
}
