import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Attempt, Line, Queue } from '../jobs/queue.ts';
import type { Routine } from '../jobs/routine.ts';
import { findMail, settleMail, takeUnqueuedMails } from './mail.store.ts';

/** Eight attempts in about four hours: a mail server that is down for a while is worth waiting for, a code that came too late is not. */
const LINE: Line = {
  name: 'mail',
  attempts: 8,
  pauseSeconds: 30,
  longestPauseSeconds: 3600,
  attemptSeconds: 60,
  atATime: 4,
  atATimeOfGroup: 2,
};
const TAKEN_AT_ONCE = 50;
const PATIENCE_MS = 20_000;
const LONGEST_ERROR = 300;

export type MailServer = {
  /** smtp:// or smtps://, with user and password where the server asks for them. */
  readonly url: string;
  /** The address that mail comes from. */
  readonly from: string;
};

export type Mailer = {
  readonly context: Context;
  readonly queue: Queue;
  readonly server: MailServer;
  readonly pauseSeconds?: number;
  readonly looksEveryMs?: number;
};

const told = z.object({ partnerId: z.guid(), mailId: z.guid() });

/** Works on the line of mail, and returns the routine that hands it what the acts have put down to be sent. */
export async function sendMails(parts: Mailer): Promise<Routine> {
  const { context, queue, pauseSeconds = LINE.pauseSeconds, looksEveryMs = 1_000 } = parts;
  await queue.work({ ...LINE, pauseSeconds }, createSending(parts), async (data) => {
    const ids = told.parse(data);
    const given = { state: 'failed', error: 'The server was stopped while it sent this.' } as const;
    await context.database.write(ids.partnerId, (tx) =>
      settleMail(tx, ids, { ...given, at: context.clock.now().toString() }),
    );
  });
  return {
    name: 'mail',
    everyMs: looksEveryMs,
    run: () =>
      context.database.asSystem(async (tx) => {
        const taken = await takeUnqueuedMails(tx, TAKEN_AT_ONCE);
        const jobs = taken.map((data) => ({ data, group: data.partnerId }));
        if (jobs.length > 0) await queue.put(tx, LINE.name, jobs);
        return taken.length === TAKEN_AT_ONCE;
      }),
  };
}

function createSending({ context: { clock, database }, server }: Mailer) {
  const transport = createTransport({
    url: server.url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // A mail holds nothing but text: no file and no address is ever fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (data: unknown, { isLast, signal }: Attempt): Promise<void> => {
    const ids = told.parse(data);
    const mail = await findMail(database, ids.partnerId, ids.mailId);
    if (!mail) return;
    const settle = (state: 'sent' | 'failed' | 'pending', error: string | null) =>
      database.write(ids.partnerId, (tx) => settleMail(tx, ids, { state, error, at: clock.now().toString() }));
    try {
      await transport.sendMail({
        // Addresses as objects: nothing in them is read as a list or as another header.
        from: { name: mail.partner, address: server.from },
        to: { name: '', address: mail.recipient },
        ...(mail.reply_to !== null && { replyTo: { name: '', address: mail.reply_to } }),
        subject: mail.subject,
        text: mail.text,
        messageId: `<${ids.mailId}@${server.from.split('@').at(-1) ?? 'localhost'}>`,
      });
    } catch (error) {
      signal.throwIfAborted();
      const refusedForGood = isForGood(error);
      await settle(isLast || refusedForGood ? 'failed' : 'pending', wordsOf(error));
      if (refusedForGood) return;
      throw error;
    }
    await settle('sent', null);
  };
}

/** A server that answers 5xx will not take the mail later either. */
function isForGood(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number };
  return responseCode !== undefined && responseCode >= 500;
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\p{Cc}+/gu, ' ').slice(0, LONGEST_ERROR);
}
