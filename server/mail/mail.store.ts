import type { Database, Transaction } from '../postgres/database.ts';

export type MailKind = 'request' | 'code' | 'confirmation' | 'approval';
export type MailState = 'pending' | 'sent' | 'failed' | 'kept';
/** How mail leaves here: by a server, not at all but kept to be read, or not at all. */
export type Mailing = 'smtp' | 'kept' | 'none';

export type NewMail = {
  readonly partnerId: string;
  readonly mailId: string;
  /** Null: of no request for a relationship. */
  readonly requestId: string | null;
  readonly kind: MailKind;
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
};

/** Puts a mail down in the transaction of the act that it tells of. */
export async function saveMail(tx: Transaction, mail: NewMail, mailing: 'smtp' | 'kept'): Promise<void> {
  const { partnerId, mailId, requestId, kind, to, replyTo, subject, text, at } = mail;
  await tx.query(
    `insert into mails (partner_id, mail_id, request_id, kind, recipient, reply_to, subject, text, created_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [partnerId, mailId, requestId, kind, to, replyTo, subject, text, at, mailing === 'smtp' ? 'pending' : 'kept'],
  );
}

export type MailToSend = {
  readonly recipient: string;
  readonly reply_to: string | null;
  readonly subject: string;
  readonly text: string;
  readonly partner: string;
};

/** Mail that the queue does not have yet; each is taken by one server alone. */
export async function takeUnqueuedMails(
  tx: Transaction,
  most: number,
): Promise<{ partnerId: string; mailId: string }[]> {
  return tx.query(
    `update mails m set queued = true from (
       select partner_id, mail_id from mails where state = 'pending' and not queued
       order by mail_id limit $1 for update skip locked) d
     where m.partner_id = d.partner_id and m.mail_id = d.mail_id
     returning m.partner_id as "partnerId", m.mail_id as "mailId"`,
    [most],
  );
}

/** Undefined: it is settled already, or was thrown away with its world. */
export async function findMail(database: Database, partnerId: string, mailId: string): Promise<MailToSend | undefined> {
  const [row] = await database.read(partnerId, (tx) =>
    tx.query<MailToSend>(
      `select m.recipient, m.reply_to, m.subject, m.text, p.name as partner
       from mails m join partners p on p.partner_id = m.partner_id
       where m.partner_id = $1 and m.mail_id = $2 and m.state = 'pending'`,
      [partnerId, mailId],
    ),
  );
  return row;
}

/**
 * What came of an attempt. Of a settled mail the words are forgotten: they hold a link or a code. Those to an approver hold neither, and can be sent
 * again once they failed.
 */
export async function settleMail(
  tx: Transaction,
  ids: { readonly partnerId: string; readonly mailId: string },
  { state, error, at }: { readonly state: MailState; readonly error: string | null; readonly at: string },
): Promise<void> {
  await tx.query(
    `update mails set state = $3, error = $4, settled_at = $5,
       subject = case when $3 = 'pending' or $3 = 'failed' and kind = 'approval' then subject end,
       text = case when $3 = 'pending' or $3 = 'failed' and kind = 'approval' then text end
     where partner_id = $1 and mail_id = $2 and state = 'pending'`,
    [ids.partnerId, ids.mailId, state, error, at],
  );
}

export type KeptMail = {
  readonly mail_id: string;
  readonly kind: MailKind;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly created_at: string;
};

export async function findKeptMails(tx: Transaction, partnerId: string, most: number): Promise<KeptMail[]> {
  return tx.query<KeptMail>(
    `select mail_id, kind, recipient, subject, text, created_at from mails
     where partner_id = $1 and state = 'kept' order by mail_id desc limit $2`,
    [partnerId, most],
  );
}
