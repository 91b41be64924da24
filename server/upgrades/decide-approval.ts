import { accepted, refused } from '../../core/values/result.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { applyUpgrade, decideWaitingUpgrade, returnUpgrade } from './apply-upgrade.ts';
import { findUpgrade, type UpgradeRow } from './upgrade.store.ts';
import { findToDecide, saveEnding, type WaitingUpgrade } from './waiting-upgrade.store.ts';

type Asked = { readonly customerId: string; readonly upgradeId: string };

/**
 * A second agent's yes: the upgrade is held for its delay, or applied at once; where it would not come out as shown, it goes back to its
 * agent. A repeat by the same agent returns what became of it. Refused: role, unknown, one's own, decided already.
 */
export async function approveUpgrade(call: Call, asked: Asked): Promise<Outcome<UpgradeRow>> {
  return decide(call, asked, ['held', 'applied'], async (tx, upgrade) => {
    const { actor, clock } = call;
    const at = clock.now();
    const audit = auditOf(call, upgrade, 'upgrade.approved');
    const decided = { by: actor.agentId, at };
    const dueAt = at.add({ minutes: upgrade.delay_minutes });
    const stands = await decideWaitingUpgrade(tx, call, upgrade, dueAt);
    if (!stands.ok) return returnUpgrade(tx, upgrade, stands.refused, call);
    await saveEnding(tx, upgrade, { state: 'held', dueAt, decided, audits: [audit] });
    if (upgrade.delay_minutes === 0) await applyUpgrade(tx, upgrade, { call });
  });
}

/** A second agent's no, with the reason for the first. Refused: as an approval. */
export async function rejectUpgrade(
  call: Call,
  { reason, ...asked }: Asked & { readonly reason: string },
): Promise<Outcome<UpgradeRow>> {
  return decide(call, asked, ['rejected'], async (tx, upgrade) => {
    const decided = { by: call.actor.agentId, because: reason, at: call.clock.now() };
    const audits = [auditOf(call, upgrade, 'upgrade.rejected', { reason })];
    await saveEnding(tx, upgrade, { state: 'rejected', decided, audits });
  });
}

/** Stops an upgrade that waits. A repeat returns it as it is. Refused: role, unknown, no longer waiting. */
export async function withdrawUpgrade(call: Call, asked: Asked): Promise<Outcome<UpgradeRow>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  return database.change(actor.partner.partnerId, asked.customerId, async (tx): Promise<Outcome<UpgradeRow>> => {
    const upgrade = await findToDecide(tx, actor.partner.partnerId, asked);
    if (!upgrade) return notFound('upgrade', asked.upgradeId);
    if (upgrade.state === 'waitingForApproval' || upgrade.state === 'held') {
      const decided = { by: actor.agentId, at: clock.now() };
      await saveEnding(tx, upgrade, {
        state: 'withdrawn',
        decided,
        audits: [auditOf(call, upgrade, 'upgrade.withdrawn')],
      });
    } else if (upgrade.state !== 'withdrawn') return alreadyDecided(await shown(tx, call, asked));
    return accepted(await shown(tx, call, asked));
  });
}

/** One decision of a second agent: the first one counts, and whoever comes later is told whose it was. */
async function decide(
  call: Call,
  asked: Asked,
  made: readonly UpgradeRow['state'][],
  act: (tx: Transaction, upgrade: WaitingUpgrade) => Promise<void>,
): Promise<Outcome<UpgradeRow>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'approveUpgrades');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, asked.customerId, async (tx): Promise<Outcome<UpgradeRow>> => {
    const upgrade = await findToDecide(tx, partnerId, asked);
    if (!upgrade) return notFound('upgrade', asked.upgradeId);
    // A program that came in the submitter's name is the submitter; one without a person is nobody to ask.
    if (upgrade.submitted_by === actor.agentId || !actor.userContext) {
      const { approvers } = await shown(tx, call, asked);
      return refused({ code: 'own-upgrade', approvers: approvers ?? [] });
    }
    if (upgrade.state === 'waitingForApproval') await act(tx, upgrade);
    else if (upgrade.decided_by !== actor.agentId || !made.includes(upgrade.state))
      return alreadyDecided(await shown(tx, call, asked));
    return accepted(await shown(tx, call, asked));
  });
}

function alreadyDecided({ upgrade_id, state, decided_by_name }: UpgradeRow) {
  return refused({ code: 'upgrade-already-decided', upgradeId: upgrade_id, state, by: decided_by_name } as const);
}

async function shown(tx: Transaction, { actor }: Call, { customerId, upgradeId }: Asked): Promise<UpgradeRow> {
  const row = await findUpgrade(tx, actor.partner.partnerId, customerId, upgradeId);
  if (!row) throw new RangeError(`no upgrade ${upgradeId} although it was just there`);
  return row;
}

function auditOf(call: Call, upgrade: WaitingUpgrade, action: AuditAction, details: object = {}) {
  return toAuditRow(call, {
    customerId: upgrade.customer_id,
    action,
    subjectId: upgrade.upgrade_id,
    details: { quoteId: upgrade.quote_id, sourceSubscriptionId: upgrade.source_subscription_id, ...details },
  });
}
