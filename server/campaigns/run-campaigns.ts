import { saveAudit, toSystemAuditRow } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { closeEnded, findWork, startDue } from './run.store.ts';
import { settleRows } from './settle-rows.ts';
import { workATurn } from './work-a-turn.ts';

const EVERY_MS = 250;
/** After so long the routine looks around again: what has become due, what is lost, whether the server stops. */
const TURN_MS = 1_000;

/**
 * Plans and runs the campaigns of all partners, beside the same routine of other servers: a row is taken by one of them, and partners take turns row by
 * row.
 */
export function runCampaigns(context: Context): Routine {
  return {
    name: 'campaigns',
    everyMs: EVERY_MS,
    async run() {
      const { planning, any } = await context.database.asSystem(findWork);
      if (!any) return false;
      await settleRows(context);
      await startCampaigns(context);
      const isBusy = await workATurn(context, { until: performance.now() + TURN_MS, planning });
      await closeCampaigns(context);
      return isBusy;
    },
  };
}

async function startCampaigns(context: Context): Promise<void> {
  await context.database.asSystem(async (tx) => {
    const started = await startDue(tx, context.clock.now());
    const audits = started.map(({ partner_id, campaign_id: subjectId }) =>
      toSystemAuditRow(context, partner_id, {
        customerId: partner_id,
        action: 'campaign.started',
        subjectId,
        details: {},
      }),
    );
    if (audits.length > 0) await saveAudit(tx, audits);
  });
}

async function closeCampaigns(context: Context): Promise<void> {
  await context.database.asSystem(async (tx) => {
    const closed = await closeEnded(tx, context.clock.now());
    const audits = closed
      .filter(({ state }) => state === 'done')
      .map(({ partner_id, campaign_id: subjectId }) =>
        toSystemAuditRow(context, partner_id, {
          customerId: partner_id,
          action: 'campaign.done',
          subjectId,
          details: {},
        }),
      );
    if (audits.length > 0) await saveAudit(tx, audits);
  });
}
