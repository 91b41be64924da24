import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { refusal } from './refusals.ts';
import { routes } from './routes.ts';
import { channel, day, id, LANGUAGES, moment, offerId, pageLimit, subscriptionStatus } from './values.ts';

export const watch = z.object({
  watchId: id,
  customerId: id,
  customerName: z.string(),
  subscriptionId: id,
  /** What the subscription is called: by the customer’s own name for it, or by its offer. */
  subscriptionName: z.string(),
  targetOfferId: z.string(),
  targetName: z.string(),
  /** The day on which it is looked at; null: nothing is left to look for. */
  checkOn: day.nullable(),
  /** Set because a letter was written, not by hand. */
  byLetter: z.boolean(),
  setAt: moment,
  checkedAt: moment.nullable(),
  /** What the last look found; null: it was not looked at yet. */
  outcome: z.enum(['cleared', 'still-refused']).nullable(),
  /** One sentence that says so. */
  message: z.string(),
  /** Every reason that held at the last look. */
  reasons: z.array(refusal),
});
export type WatchOnWire = z.infer<typeof watch>;

const blocking = z.object({
  offerId: z.string(),
  offerName: z.string(),
  channel,
  channelName: z.string(),
  ours: z.boolean(),
  /** Of what this partner sold itself. */
  subscriptionId: id.nullable(),
  /** Of what this partner recorded. */
  recordedSubscriptionId: id.nullable(),
  status: subscriptionStatus,
  statusName: z.string(),
  /** The last day of its term; null: nobody knows. */
  endsOn: day.nullable(),
  /** Names of the services that the target would add and it already gives. */
  services: z.array(z.string()),
  /** It is the target itself. */
  isTarget: z.boolean(),
});

const evidence = z.object({
  subscriptionId: id,
  offerName: z.string(),
  targetOfferId: z.string(),
  targetName: z.string(),
  /** Names of the services that the target would add. */
  adds: z.array(z.string()),
  checkedAt: moment,
  /** Nothing stands in the way any more, of whatever kind. */
  clear: z.boolean(),
  blocking: z.array(blocking),
  /** What follows for the target, sentence by sentence. */
  consequences: z.array(z.string()),
  /** Reasons of other kinds that hold as well. */
  others: z.array(refusal),
  /** A letter to the customer makes sense: something was bought elsewhere. */
  letter: z.boolean(),
  /** When it makes sense to look again; null: no end is known. */
  nextCheckOn: day.nullable(),
  watch: watch.nullable(),
});

const letter = z.object({
  language: z.enum(LANGUAGES),
  subject: z.string(),
  text: z.string(),
  /** The watch that was set with it; null: no end is known. */
  watch: watch.nullable(),
});

const subscriptionParams = z.object({ customerId: id, subscriptionId: id });
const watchParams = z.object({ customerId: id, watchId: id });

export const watchEndpoints = {
  showEvidence: {
    ...routes.showEvidence,
    asks: 'view',
    tag: 'Other channels',
    summary:
      'Which other subscriptions stand in the way of a target, with which services, until when, and what follows',
    params: subscriptionParams,
    query: z.object({ to: offerId }),
    status: 200,
    answer: evidence,
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  writeLetter: {
    ...routes.writeLetter,
    asks: 'upgrade',
    tag: 'Other channels',
    summary: 'A letter that asks the customer to cancel or to let lapse, and a watch for the day on which that is due',
    params: subscriptionParams,
    body: z.strictObject({ targetOfferId: offerId, language: z.enum(LANGUAGES) }),
    status: 200,
    answer: letter,
    problems: ['role-not-allowed', 'not-found', 'refused', 'nothing-elsewhere'],
  },
  setWatch: {
    ...routes.setWatch,
    asks: 'upgrade',
    tag: 'Other channels',
    summary: 'Look at an upgrade again on a day, and tell; a repeat changes nothing, another day moves it',
    params: subscriptionParams.extend({ targetOfferId: offerId }),
    body: z.strictObject({ checkOn: day }),
    status: 200,
    answer: watch,
    problems: ['role-not-allowed', 'not-found'],
  },
  checkWatch: {
    ...routes.checkWatch,
    asks: 'upgrade',
    tag: 'Other channels',
    summary: 'Look at it now instead of on the day',
    params: watchParams,
    status: 200,
    answer: watch,
    problems: ['role-not-allowed', 'not-found'],
  },
  removeWatch: {
    ...routes.removeWatch,
    asks: 'upgrade',
    tag: 'Other channels',
    summary: 'Look no more; a repeat answers 404',
    params: watchParams,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  listWatches: {
    ...routes.listWatches,
    asks: 'view',
    tag: 'Other channels',
    summary: 'What is looked at again and when, and what the last look found; the newest first',
    query: z.object({ customerId: id.optional(), limit: pageLimit, cursor: id.optional() }),
    status: 200,
    answer: z.object({ items: z.array(watch), nextCursor: id.nullable() }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
