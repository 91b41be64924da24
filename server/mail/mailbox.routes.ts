import { accepted, refused } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { findKeptMails, type Mailing } from './mail.store.ts';

const SHOWN = 50;

/** Mail that is kept instead of being sent; where mail is sent, or nothing is for play, there is none to be read. */
export function mailboxRoutes(mount: Mount, mailing: () => Mailing): void {
  mount.signedIn('listMailbox', async ({ call: { actor, database } }) => {
    if (mailing() !== 'kept') return refused({ code: 'demo-only' });
    const { partnerId } = actor.partner;
    const mails = await database.read(partnerId, (tx) => findKeptMails(tx, partnerId, SHOWN));
    return accepted({
      items: mails.map(({ mail_id, kind, recipient, subject, text, created_at }) => ({
        mailId: mail_id,
        kind,
        to: recipient,
        subject,
        text,
        at: Temporal.Instant.from(created_at).toString(),
      })),
    });
  });
}
