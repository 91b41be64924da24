import type { Context } from '../context.ts';
import { offerName } from '../http/reason.presenter.ts';
import type { Routine } from '../jobs/routine.ts';
import { saveMail } from '../mail/mail.store.ts';
import { approvalMail, campaignApprovalMail } from './approval-mail.ts';
import { takeCampaignsToTell } from '../campaigns/campaign-approval.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { takeToTell } from './to-tell.store.ts';

const EVERY_MS = 2_000;
const TAKEN_AT_ONCE = 20;
/** Where the portal shows what waits for the reader. */
const TO_APPROVE = '/upgrades?tab=toApprove';

/**
 * Puts down a mail to each agent who may approve an upgrade or a campaign that waits, but to whoever submitted it, once for each. What was decided
 * before it was looked at is not told.
 */
export function tellApprovers(context: Context, publicUrl: () => string): Routine {
  return {
    name: 'tell approvers',
    everyMs: EVERY_MS,
    run: () =>
      context.database.asSystem(async (tx) => {
        const upgrades = await tellOfUpgrades(tx, context, publicUrl());
        const campaigns = await tellOfCampaigns(tx, context, publicUrl());
        return Math.max(upgrades, campaigns) === TAKEN_AT_ONCE;
      }),
  };
}

async function tellOfUpgrades(tx: Transaction, context: Context, address: string): Promise<number> {
  const taken = await takeToTell(tx, TAKEN_AT_ONCE);
  for (const upgrade of taken) {
    const { language, submitter, customer, quantity } = upgrade;
    const wording = { catalog: context.catalog, language };
    const told = {
      submitter,
      customer,
      quantity,
      source: offerName(upgrade.source_offer_id, wording),
      target: offerName(upgrade.target_offer_id, wording),
      link: address + TO_APPROVE,
    };
    await writeToEach(tx, context, upgrade, (name) => approvalMail(language, { ...told, name }));
  }
  return taken.length;
}

async function tellOfCampaigns(tx: Transaction, context: Context, address: string): Promise<number> {
  const taken = await takeCampaignsToTell(tx, TAKEN_AT_ONCE);
  for (const waiting of taken) {
    const { language, submitter, campaign } = waiting;
    const [upgrades, licenses] = [waiting.upgrades, waiting.licenses].map((count) => count.toLocaleString(language));
    const link = `${address}/bulk/${waiting.campaign_id}`;
    const told = { submitter, campaign, upgrades: upgrades ?? '', licenses: licenses ?? '', link };
    await writeToEach(tx, context, waiting, (name) => campaignApprovalMail(language, { ...told, name }));
  }
  return taken.length;
}

type Waiting = {
  readonly partner_id: string;
  readonly submitter_email: string;
  readonly approvers: readonly { readonly name: string; readonly email: string }[];
};

async function writeToEach(
  tx: Transaction,
  { clock, newId }: Context,
  { partner_id: partnerId, submitter_email: replyTo, approvers }: Waiting,
  contentFor: (name: string) => { readonly subject: string; readonly text: string },
): Promise<void> {
  const at = clock.now().toString();
  for (const { name, email: to } of approvers) {
    const mail = { partnerId, mailId: newId(), requestId: null, kind: 'approval', to, replyTo, at } as const;
    await saveMail(tx, { ...mail, ...contentFor(name) }, 'smtp');
  }
}
