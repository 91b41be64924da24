import { saveAudit, toSystemAuditRow } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { planSomeRows } from './plan-rows.ts';
import { runRow } from './run-row.ts';
import { closeEnded, startDue, takeRow } from './run.store.ts';
import { settleRows } from './settle-rows.ts';

const EVERY_MS = 250;
/** So many rows are under way in a server at a time, of all partners. */
const LANES = 4;
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
      await settleRows(context);
      await startCampaigns(context);
      const until = performance.now() + TURN_MS;
      const lanes = await Promise.all(Array.from({ length: LANES }, () => work(context, until)));
      await closeCampaigns(context);
      return lanes.some((isBusy) => isBusy);
    },
  };
}

/** Works until the turn is over or there is nothing to do; true: there may be more. */
async function work(context: Context, until: number): Promise<boolean> {
  const { database, newId } = context;
  while (performance.now() < until) {
    const row = await database.asSystem((tx) => takeRow(tx, newId()));
    if (row) await runRow(context, row);
    const planned = await planSomeRows(context);
    if (!row && !planned) return false;
  }
  return true;
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
