import { compareToQuote, promiseOf } from '../../core/upgrades/quote.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Actor, Call, Context } from '../context.ts';
import { type Failure, notFound } from '../failure.ts';
import { quoteUpgrade } from '../upgrades/quote-upgrade.ts';
import { upgradeSubscription } from '../upgrades/upgrade-subscription.ts';
import type { RowOutcome } from './campaign-row.store.ts';
import { type EndedRow, holdsRow, type RowEnding, type RowUnderWay } from './run.store.ts';

/**
 * Sends one row that was taken: quotes it where that comes out as planned, and submits it as a single upgrade is submitted. Between these the server
 * may go; the row then stays under way until somebody looks into it. Answers how it ended, to be put down; undefined: it was taken away meanwhile.
 */
export async function runRow(context: Context, row: RowUnderWay, actor: Actor): Promise<EndedRow | undefined> {
  try {
    const ending = await send({ ...context, actor, correlationId: context.newId() }, row);
    return ending && { ...row, ending };
  } catch (error) {
    const { campaign_id: campaignId, place } = row;
    context.log.error({ err: error, campaignId, place }, 'a row of a campaign could not be sent');
    return { ...row, ending: { state: 'unknown' } };
  }
}

/** How the row ended; undefined: it was taken away, and is no affair of this server any more. */
async function send(call: Call, row: RowUnderWay): Promise<RowEnding | undefined> {
  const { customer_id: customerId, quote_id: quoteId, promised } = row;
  const asked = {
    customerId,
    quoteId,
    subscriptionId: row.subscription_id,
    targetOfferId: row.target_offer_id,
    upgradeType: row.upgrade_type,
    quantity: row.asked_quantity ?? undefined,
  };
  let isOurs = true;
  const quoted = await quoteUpgrade(call, asked, async (tx, decision) => {
    const differences = compareToQuote(promised, promiseOf(decision));
    if (differences.length > 0) return refused({ code: 'quote-outdated', differences, refusals: [] });
    isOurs = await holdsRow(tx, row);
    return isOurs ? accepted(undefined) : notFound('quote', quoteId);
  });
  if (!isOurs) return undefined;
  if (!quoted.ok) return endingOf(quoted.refused);
  const done = await upgradeSubscription(call, { customerId, quoteId, settled: row.settled });
  return done.ok ? { state: 'done', upgradeId: done.value.upgrade_id } : endingOf(done.refused);
}

/** What differs is set aside, what a rule refuses is over, and what came too late can be tried again. */
function endingOf(failure: Failure): RowEnding {
  const outcome: RowOutcome = {
    code: failure.code,
    refusals: 'refusals' in failure ? failure.refusals : [],
    differences: 'differences' in failure ? failure.differences : [],
  };
  if (failure.code === 'quote-expired') return { state: 'failed', outcome };
  return { state: failure.code === 'quote-outdated' ? 'changed' : 'refusedAtRun', outcome };
}
