import { compareToQuote } from '../../core/upgrades/quote.ts';
import type { Actor, Call, Context } from '../context.ts';
import type { Failure } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { quoteUpgrade } from '../upgrades/quote-upgrade.ts';
import { upgradeSubscription } from '../upgrades/upgrade-subscription.ts';
import type { RowOutcome } from './campaign-row.store.ts';
import { type EndedRow, findPromises, markSubmitting, type RowEnding, type RowUnderWay } from './run.store.ts';

/**
 * Sends one row that was taken: quotes it, compares the quote with the plan, and submits it as a single upgrade is submitted. Between any two of
 * these the server may go; the row then stays under way until somebody looks into it. Answers how it ended, to be put down; undefined: it was taken
 * away meanwhile.
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
  const { partner_id: partnerId, customer_id: customerId, quote_id: quoteId } = row;
  const quoted = await quoteUpgrade(call, {
    customerId,
    quoteId,
    subscriptionId: row.subscription_id,
    targetOfferId: row.target_offer_id,
    upgradeType: row.upgrade_type,
    quantity: row.asked_quantity ?? undefined,
  });
  if (!quoted.ok) return endingOf(quoted.refused);
  const compared = await call.database.writeOf(partnerId, customerId, (tx) => compareToPlan(tx, row));
  if (compared !== 'as planned') return compared;
  const done = await upgradeSubscription(call, { customerId, quoteId, settled: row.settled });
  return done.ok ? { state: 'done', upgradeId: done.value.upgrade_id } : endingOf(done.refused);
}

/** Puts down that the quote is about to be submitted, where it is what was planned. */
async function compareToPlan(tx: Transaction, row: RowUnderWay): Promise<RowEnding | 'as planned' | undefined> {
  if (await markSubmitting(tx, row, { onlyIfEqual: true })) return 'as planned';
  const promises = await findPromises(tx, row);
  if (!promises) return undefined;
  const differences = compareToQuote(promises.planned, promises.quoted);
  if (differences.length > 0)
    return { state: 'changed', outcome: { code: 'quote-outdated', refusals: [], differences } };
  return (await markSubmitting(tx, row, { onlyIfEqual: false })) ? 'as planned' : undefined;
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
