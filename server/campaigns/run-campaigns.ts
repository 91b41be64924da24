import { saveAudit, toSystemAuditRow } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { getAgent } from '../identity/agent.store.ts';
import type { Routine } from '../jobs/routine.ts';
import type { Transaction } from '../postgres/database.ts';
import { planSomeRows } from './plan-rows.ts';
import { runRow } from './run-row.ts';
import { closeEnded, type EndedRow, endRow, findWork, startDue, takeRow } from './run.store.ts';
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
      const { planning, any } = await context.database.asSystem(findWork);
      if (!any) return false;
      await settleRows(context);
      await startCampaigns(context);
      const until = performance.now() + TURN_MS;
      const lanes = await Promise.all(
        Array.from({ length: LANES }, (_, lane) => work(context, { until, planning, plans: lane === 0 })),
      );
      await closeCampaigns(context);
      return lanes.some((isBusy) => isBusy);
    },
  };
}

type Turn = {
  readonly until: number;
  /** Whether something is being planned. */
  readonly planning: boolean;
  /** Whether this lane plans also while there is something to send. */
  readonly plans: boolean;
};

/** Works until the turn is over or there is nothing to do; true: there may be more. */
async function work(context: Context, { until, planning, plans }: Turn): Promise<boolean> {
  const { clock, database } = context;
  let [ended, isBusy]: [EndedRow | undefined, boolean] = [undefined, true];
  while (isBusy && performance.now() < until) {
    const taken = await database.asSystem((tx) => takeNext(tx, context, ended));
    ended = taken && (await runRow(context, taken.row, taken.actor));
    const planned = planning && (plans || !taken) && (await planSomeRows(context));
    isBusy = taken !== undefined || planned;
  }
  const last = ended;
  if (last) await database.asSystem((tx) => endRow(tx, last, clock.now()));
  return isBusy;
}

/** Puts down how the row before ended, and takes the next, with whoever has submitted it. */
async function takeNext(tx: Transaction, { clock, newId }: Context, ended: EndedRow | undefined) {
  if (ended) await endRow(tx, ended, clock.now());
  const row = await takeRow(tx, newId());
  return row && { row, actor: await getAgent(tx, row.partner_id, row.submitted_by) };
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
