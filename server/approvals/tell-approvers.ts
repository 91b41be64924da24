import type { Context } from '../context.ts';
import { offerName } from '../http/reason.presenter.ts';
import type { Routine } from '../jobs/routine.ts';
import { saveMail } from '../mail/mail.store.ts';
import { approvalMail } from './approval-mail.ts';
import { takeToTell } from './to-tell.store.ts';

const EVERY_MS = 2_000;
const TAKEN_AT_ONCE = 20;
/** Where the portal shows what waits for the reader. */
const TO_APPROVE = '/upgrades?tab=toApprove';

/**
 * Puts down a mail to each agent who may approve an upgrade that waits, but to whoever submitted it, once for each upgrade. What was decided
 * before it was looked at is not told.
 */
export function tellApprovers(context: Context, publicUrl: () => string): Routine {
  const { catalog, clock, database, newId } = context;
  return {
    name: 'tell approvers',
    everyMs: EVERY_MS,
    run: () =>
      database.asSystem(async (tx) => {
        const taken = await takeToTell(tx, TAKEN_AT_ONCE);
        const at = clock.now().toString();
        for (const upgrade of taken) {
          const { partner_id: partnerId, language, submitter, submitter_email: replyTo, customer, quantity } = upgrade;
          const wording = { catalog, language };
          for (const { name, email: to } of upgrade.approvers) {
            const content = approvalMail(language, {
              name,
              submitter,
              customer,
              quantity,
              source: offerName(upgrade.source_offer_id, wording),
              target: offerName(upgrade.target_offer_id, wording),
              link: publicUrl() + TO_APPROVE,
            });
            const mail = { partnerId, mailId: newId(), requestId: null, kind: 'approval', to, replyTo, at } as const;
            await saveMail(tx, { ...mail, ...content }, 'smtp');
          }
        }
        return taken.length === TAKEN_AT_ONCE;
      }),
  };
}
