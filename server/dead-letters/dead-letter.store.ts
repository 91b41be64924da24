import type { Transaction } from '../postgres/database.ts';

export type LetterKind = 'event' | 'notification' | 'mail';
export type LetterKey = { readonly kind: LetterKind; readonly id: string; readonly webhookId: string | null };

export type LetterRow = {
  kind: LetterKind;
  id: string;
  webhook_id: string | null;
  what: string;
  target: string | null;
  happened_at: string;
  failed_at: string;
  tries: number | null;
  code: number | null;
  error: string | null;
  can_retry: boolean;
};

/** What each kind of failed delivery of the partner $1 is, in one form. */
const LETTERS = `
  select 'event' as kind, d.event_id as id, d.webhook_id, d.event as what, w.url as target, d.happened_at,
    coalesce((d.attempts -> -1 ->> 'at')::timestamptz, d.due_at) as failed_at, jsonb_array_length(d.attempts) as tries,
    (d.attempts -> -1 ->> 'code')::integer as code, d.attempts -> -1 ->> 'error' as error, true as can_retry
  from event_deliveries d left join webhooks w on w.partner_id = d.partner_id and w.webhook_id = d.webhook_id
  where d.partner_id = $1 and d.state = 'failed' and d.discarded_at is null
  union all
  select 'notification', d.delivery_id, null, d.event, d.url, d.created_at,
    coalesce((d.results -> -1 ->> 'at')::timestamptz, d.created_at), jsonb_array_length(d.results),
    (d.results -> -1 ->> 'code')::integer, d.results -> -1 ->> 'error', true
  from webhook_deliveries d where d.partner_id = $1 and d.state = 'failed' and d.discarded_at is null
  union all
  select 'mail', m.mail_id, null, m.kind, m.recipient, m.created_at, coalesce(m.settled_at, m.created_at), null, null, m.error,
    m.text is not null
  from mails m where m.partner_id = $1 and m.state = 'failed' and m.discarded_at is null`;

/** What failed for good and nobody settled, the newest failure first; and how many there are. */
export async function findDeadLetters(
  tx: Transaction,
  partnerId: string,
  most: number,
): Promise<{ rows: LetterRow[]; found: number }> {
  const rows = await tx.query<LetterRow & { every: number }>(
    `with letters as (${LETTERS})
     select l.*, (count(*) over ())::integer as every from letters l order by l.failed_at desc, l.id desc limit $2`,
    [partnerId, most],
  );
  return { rows, found: rows[0]?.every ?? 0 };
}

export type LetterState = { readonly webhookOff: boolean; readonly forgotten: boolean };

/** A dead letter, locked; undefined: it is none. */
export async function lockDeadLetter(
  tx: Transaction,
  partnerId: string,
  { kind, id, webhookId }: LetterKey,
): Promise<LetterState | undefined> {
  const dead = `partner_id = $1 and state = 'failed' and discarded_at is null`;
  const values = [partnerId, id];
  const [row] =
    kind === 'event'
      ? await tx.query<LetterState>(
          `select not exists (select 1 from webhooks w where w.partner_id = $1 and w.webhook_id = d.webhook_id and w.enabled)
             as "webhookOff", false as forgotten
           from event_deliveries d where ${dead} and event_id = $2 and webhook_id = $3 for update`,
          [...values, webhookId],
        )
      : kind === 'notification'
        ? await tx.query<LetterState>(
            `select not exists (select 1 from webhook_registrations r where r.partner_id = $1 and d.event = any (r.events))
               as "webhookOff", false as forgotten
             from webhook_deliveries d where ${dead} and delivery_id = $2 for update`,
            values,
          )
        : await tx.query<LetterState>(
            `select false as "webhookOff", text is null as forgotten from mails where ${dead} and mail_id = $2 for update`,
            values,
          );
  return row;
}

/** Puts a locked letter back where the queue finds it. */
export async function reviveLetter(tx: Transaction, partnerId: string, letter: LetterKey, at: string): Promise<void> {
  const { kind, id, webhookId } = letter;
  if (kind === 'event') {
    await tx.query(
      `update event_deliveries set state = 'pending', asked_at = $4, due_at = $4, queued = false
       where partner_id = $1 and event_id = $2 and webhook_id = $3`,
      [partnerId, id, webhookId, at],
    );
  } else if (kind === 'notification') {
    await tx.query(
      `update webhook_deliveries set state = 'pending', queued = false where partner_id = $1 and delivery_id = $2`,
      [partnerId, id],
    );
  } else {
    await tx.query(
      `update mails set state = 'pending', queued = false, error = null, settled_at = null where partner_id = $1 and mail_id = $2`,
      [partnerId, id],
    );
  }
}

/** A locked letter is off the list; of a mail the words are forgotten. */
export async function discardLetter(tx: Transaction, partnerId: string, letter: LetterKey, at: string): Promise<void> {
  const { kind, id, webhookId } = letter;
  if (kind === 'event') {
    await tx.query(
      'update event_deliveries set discarded_at = $4 where partner_id = $1 and event_id = $2 and webhook_id = $3',
      [partnerId, id, webhookId, at],
    );
  } else if (kind === 'notification') {
    await tx.query('update webhook_deliveries set discarded_at = $3 where partner_id = $1 and delivery_id = $2', [
      partnerId,
      id,
      at,
    ]);
  } else {
    await tx.query(
      'update mails set discarded_at = $3, subject = null, text = null where partner_id = $1 and mail_id = $2',
      [partnerId, id, at],
    );
  }
}
