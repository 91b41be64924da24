import { z } from 'zod';
import { nextTry } from '../../core/webhooks/next-try.ts';
import type { Context } from '../context.ts';
import type { Job } from '../jobs/queue.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  type DeliveryAttempt,
  type DeliveryKey,
  type EventDelivery,
  findEventDelivery,
  putOff,
  saveAttempts,
  takeDue,
} from './event-delivery.store.ts';
import { messageOf, signedHeaders } from './event-message.ts';
import { postEvent } from './post-event.ts';
import type { WebhookReach } from '../http/outbound-address.ts';
import { findWebhook, lockWebhook, saveLastAttempt } from './webhook.store.ts';

/** What a job of the queue says: which event to tell to which webhook, as it was asked for at that moment. */
export const toldOwn = z.object({
  partnerId: z.guid(),
  webhookId: z.guid(),
  eventId: z.guid(),
  askedAt: z.string(),
  copies: z.int(),
});
type Told = z.infer<typeof toldOwn>;

type Parts = {
  readonly context: Pick<Context, 'clock' | 'database'>;
  readonly reach: () => WebhookReach;
  /** False: what failed is due again at once, and the day that it is tried for counts all the same. */
  readonly pauses: boolean;
};

type Strike = (event: { readonly event: string }) => Promise<{ delayMs: number; copies: 1 | 2 }>;

/** The jobs for what is due, at most so many; they belong to the transaction. */
export async function takeOwnJobs(
  tx: Transaction,
  { now, most, strike }: { now: Temporal.Instant; most: number; strike: Strike | undefined },
): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const delivery of await takeDue(tx, most, now.toString())) {
    const { partnerId, webhookId, eventId, askedAt, event } = delivery;
    const { delayMs, copies } = (await strike?.({ event })) ?? { delayMs: 0, copies: 1 };
    const data: Told = { partnerId, webhookId, eventId, askedAt, copies };
    if (delayMs > 0) await putOff(tx, delivery, now.add({ milliseconds: delayMs }).toString());
    jobs.push({ data, group: partnerId, delaySeconds: delayMs / 1000 });
  }
  return jobs;
}

/** Sends an event to a webhook of a partner's own. Fails only when it is broken off or cannot be written down; the queue then makes it again. */
export async function deliverOwn(parts: Parts, told: Told, signal: AbortSignal): Promise<void> {
  const { clock, database } = parts.context;
  const { partnerId, webhookId, copies } = told;
  const { delivery, webhook } = await database.read(partnerId, async (tx) => ({
    delivery: await findEventDelivery(tx, told),
    webhook: await findWebhook(tx, partnerId, webhookId),
  }));
  if (!delivery || !isMeant(delivery, told)) return;
  if (!webhook?.enabled) {
    const { dueAt } = delivery;
    return database.write(partnerId, (tx) => saveAttempts(tx, delivery, { state: 'failed', dueAt, attempts: [] }));
  }
  const body = messageOf(delivery);
  const attempts: DeliveryAttempt[] = [];
  for (let copy = 1; copy <= copies; copy++) {
    const headers = signedHeaders(webhook, { eventId: delivery.eventId, body, now: clock.now() });
    const [at, start] = [clock.now().toString(), performance.now()];
    const posted = await postEvent(webhook.url, { body: Buffer.from(body), headers, reach: parts.reach(), signal });
    // An attempt that was broken off says nothing about the receiver.
    signal.throwIfAborted();
    const ms = Math.round(performance.now() - start);
    attempts.push(
      'code' in posted ? { at, ms, code: posted.code, error: null } : { at, ms, code: null, error: posted.error },
    );
  }
  await saveOutcome(parts, delivery, attempts);
}

/** A job that the queue has no attempt left for, because servers were killed at it: it is due again, or given up after its day. */
export async function recoverOwn({ context: { clock, database } }: Parts, told: Told): Promise<void> {
  const { partnerId } = told;
  const now = clock.now();
  await database.write(partnerId, async (tx) => {
    const delivery = await findEventDelivery(tx, told);
    if (!delivery || !isMeant(delivery, told)) return;
    const due = nextTry({ askedAt: Temporal.Instant.from(delivery.askedAt), failures: 1, now });
    const state = due ? 'pending' : 'failed';
    await saveAttempts(tx, delivery, { state, dueAt: (due ?? now).toString(), attempts: [] });
  });
}

async function saveOutcome(
  { context: { clock, database }, pauses }: Parts,
  delivery: EventDelivery,
  attempts: readonly DeliveryAttempt[],
): Promise<void> {
  const now = clock.now();
  const failed = !attempts.every(({ code }) => code !== null && code >= 200 && code < 300);
  const askedAt = Temporal.Instant.from(delivery.askedAt);
  const before = delivery.attempts.filter(
    ({ at }) => Temporal.Instant.compare(Temporal.Instant.from(at), askedAt) >= 0,
  );
  const due = failed ? nextTry({ askedAt, failures: before.length + 1, now }) : undefined;
  const state = due ? 'pending' : failed ? 'failed' : 'delivered';
  await database.write(delivery.partnerId, async (tx) => {
    // In the order in which everybody locks the two.
    if (!(await lockWebhook(tx, delivery.partnerId, delivery.webhookId))) return;
    const [attempt] = attempts.slice(-1);
    if (attempt) await saveLastAttempt(tx, delivery, { attempt, failed });
    await saveAttempts(tx, delivery, { state, dueAt: ((pauses && due) || now).toString(), attempts });
  });
}

/** Whether a job still holds: the event is to be sent, and was not given up and asked for anew since. */
function isMeant({ state, askedAt }: EventDelivery, told: DeliveryKey & { readonly askedAt: string }): boolean {
  return state === 'pending' && Temporal.Instant.from(askedAt).equals(Temporal.Instant.from(told.askedAt));
}
