import type { ApprovalPolicyOnWire } from '../contract/approvals.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { applyDueUpgrades } from '../server/upgrades/apply-due-upgrades.ts';
import { type TestDeployment, valueOf } from './deployment.ts';

/** Kuzey's agents: two who approve, and a Sales agent who does not. */
export const GULAY = 'gulay@kuzey.example';
export const AYLIN = 'aylin@kuzey.example';
export const SELIM = 'selim@kuzey.example';

export type Policy = Omit<ApprovalPolicyOnWire, 'currency' | 'approvers'>;
export const NO_RULE: Policy = {
  always: false,
  netAbove: null,
  usersAbove: null,
  workAbove: null,
  officeHours: null,
  delayMinutes: 0,
};

/** Sets Kuzey's policy to one rule or several. */
export async function setPolicy(deployment: TestDeployment, policy: Partial<Policy>) {
  const gulay = await deployment.signIn(GULAY);
  return valueOf(await gulay('changeApprovalPolicy', { body: { ...NO_RULE, ...policy } }));
}

/** A customer of its own with Business Basic for ten, on the 13th of September. */
export async function seedBasic(
  deployment: TestDeployment,
  more: { customerName?: string; users?: number; partnerId?: string } = {},
) {
  const aylin = await deployment.signIn(AYLIN);
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Onaylı Dokuma',
    offerId: OFFERS.businessBasic,
    quantity: 10,
    purchasedOn: '2026-09-13',
    users: 5,
    ...more,
  };
  const { subscriptionId, userIds } = valueOf(await aylin('seedSubscription', { body }));
  return { customerId: body.customerId, subscriptionId, userIds };
}

/** Quotes the step to Office 365 E3 with the licenses, and submits the quote. */
export async function submitUpgrade(
  deployment: TestDeployment,
  params: { customerId: string; subscriptionId: string },
  agent = SELIM,
) {
  const api = await deployment.signIn(agent);
  const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
  const quote = valueOf(await api('quoteUpgrade', { params, body }));
  const submitted = await api('submitQuote', { params: { customerId: params.customerId, quoteId: quote.quoteId } });
  return { quote, submitted };
}

/** Lets the server look for what has become due, once. */
export const lookForDue = ({ context }: TestDeployment) => applyDueUpgrades(context).run();

/** Everything of a customer that an upgrade may change, to compare before and after. */
export async function stateOf({ context }: TestDeployment, customerId: string) {
  return context.database.asSystem(async (tx) => {
    const rows = (table: string, order: string) =>
      tx.query<Record<string, unknown>>(`select * from ${table} where customer_id = $1 order by ${order}`, [
        customerId,
      ]);
    return {
      subscriptions: await rows('subscriptions', 'subscription_id'),
      charges: await rows('charges', 'charge_id'),
      licenses: await rows('licenses', 'subscription_id, user_id'),
      issues: await rows('license_issues', 'user_id'),
    };
  });
}

export async function actionsOf({ context }: TestDeployment, upgradeId: string) {
  return context.database.asSystem((tx) =>
    tx.query<{ action: string; agent_id: string | null }>(
      'select action, agent_id from audit_records where subject_id = $1 order by at, audit_id',
      [upgradeId],
    ),
  );
}
