import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Attempt, Job, Line, Queue } from '../jobs/queue.ts';
import { keepUp, type Routine } from '../jobs/routine.ts';
import { CERTIFICATE_PATH } from './certificate.routes.ts';
import { type DeliveryResult, findDelivery, giveUpDelivery, saveAttempt, takeUnqueued } from './delivery.store.ts';
import { deliverOwn, recoverOwn, takeOwnJobs, toldOwn } from './deliver-own-events.ts';
import { bodyOf } from './event-body.ts';
import { postEvent } from './post-event.ts';
import type { WebhookReach } from '../http/outbound-address.ts';
import { findRegistration, type Registration } from './registration.store.ts';
import { createSigner } from './signer.ts';

/** Ten attempts, as the service makes (partner-center-webhooks), over about eight hours. */
const LINE: Line = {
  name: 'webhooks',
  attempts: 10,
  pauseSeconds: 60,
  longestPauseSeconds: 4 * 3600,
  attemptSeconds: 60,
  atATime: 8,
  // A group is a partner.
  atATimeOfGroup: 3,
};
const LOOKS_EVERY_MS = 1_000;
const TAKEN_AT_ONCE = 100;

type Strike = { readonly delayMs: number; readonly copies: 1 | 2 };

export type Delivering = {
  readonly context: Context;
  readonly queue: Queue;
  readonly publicUrl: () => string;
  readonly reach: () => WebhookReach;
  /** Lets a sandbox have an event come late or twice; absent: at once and once. */
  readonly strikeDelivery?: ((event: { readonly event: string }) => Promise<Strike>) | undefined;
  readonly pauseSeconds?: number;
  readonly looksEveryMs?: number;
};

/** What a job of the queue says that is for the registration of the Partner Center API. */
const toldRegistered = z.object({ partnerId: z.guid(), deliveryId: z.guid(), copies: z.int() });
const told = z.union([toldOwn, toldRegistered]);

/** Tells partners' webhooks of what the acts have put down to be told, until it is stopped. */
export async function deliverEvents(parts: Delivering): Promise<{ stop(): Promise<void> }> {
  const { context, queue, pauseSeconds = LINE.pauseSeconds, looksEveryMs = LOOKS_EVERY_MS } = parts;
  const deliver = createDelivery(parts);
  const own = { ...parts, pauses: pauseSeconds > 0 };
  await queue.work(
    { ...LINE, pauseSeconds },
    async (data, attempt) => {
      const job = told.parse(data);
      if (!('webhookId' in job)) return deliver(job, attempt);
      await deliverOwn(own, job, attempt.signal);
      // What waited behind it, or for the partner's next turn, need not wait for the next look.
      await queueNextOwn(parts);
    },
    async (data) => {
      const job = told.parse(data);
      if ('webhookId' in job) await recoverOwn(own, job);
      else await context.database.write(job.partnerId, (tx) => giveUpDelivery(tx, job.partnerId, job.deliveryId));
    },
  );
  const run = async () => {
    const [more, moreOwn] = [await queueNext(parts), await queueNextOwn(parts)];
    return more || moreOwn;
  };
  const routine: Routine = { name: 'webhooks', everyMs: looksEveryMs, run };
  return keepUp([routine], context.log);
}

/** Hands the queue what it does not have yet, in one transaction: nothing is lost between the two, and nothing handed over twice. */
async function queueNext({ context: { clock, database }, queue, strikeDelivery }: Delivering): Promise<boolean> {
  return database.asSystem(async (tx) => {
    const taken = await takeUnqueued(tx, TAKEN_AT_ONCE, clock.now().toString());
    if (taken.length === 0) return false;
    const jobs: Job[] = [];
    for (const delivery of taken) {
      const { partnerId, deliveryId } = delivery;
      const { delayMs, copies } = (await strikeDelivery?.(delivery)) ?? { delayMs: 0, copies: 1 };
      const data: z.input<typeof toldRegistered> = { partnerId, deliveryId, copies };
      jobs.push({ data, group: partnerId, delaySeconds: delayMs / 1000, priority: -delivery.before });
    }
    await queue.put(tx, LINE.name, jobs);
    return taken.length === TAKEN_AT_ONCE;
  });
}

/** As `queueNext`, for webhooks of partners' own. */
async function queueNextOwn({ context: { clock, database }, queue, strikeDelivery: strike }: Delivering) {
  return database.asSystem(async (tx) => {
    const jobs = await takeOwnJobs(tx, { now: clock.now(), most: TAKEN_AT_ONCE, strike });
    if (jobs.length > 0) await queue.put(tx, LINE.name, jobs);
    return jobs.length === TAKEN_AT_ONCE;
  });
}

function createDelivery({ context, publicUrl, reach }: Delivering) {
  const { clock, database } = context;
  const signer = createSigner(context);
  return async (job: z.infer<typeof toldRegistered>, { isLast, signal }: Attempt): Promise<void> => {
    const { partnerId, deliveryId, copies } = job;
    const found = await database.read(partnerId, async (tx) => ({
      delivery: await findDelivery(tx, partnerId, deliveryId),
      registration: await findRegistration(tx, partnerId),
    }));
    const { delivery, registration } = found;
    // A sandbox's world was cleared, or a server was killed before it could say that it was done.
    if (!delivery || !registration || delivery.state !== 'pending') return;
    const { url } = registration;
    // What the partner no longer wants to hear of is over, so that it does not stand there as pending for ever.
    if (!registration.events.includes(delivery.event)) {
      const { body } = delivery;
      return database.write(partnerId, (tx) => saveAttempt(tx, delivery, { state: 'failed', url, body, results: [] }));
    }
    const body = delivery.body ?? bodyOf(delivery, publicUrl());
    const bytes = Buffer.from(body);
    const headers = headersOf(registration, await signer.sign(bytes), publicUrl() + CERTIFICATE_PATH);
    const results: DeliveryResult[] = [];
    for (let copy = 1; copy <= copies; copy++) {
      const posted = await postEvent(url, { body: bytes, headers, reach: reach(), signal });
      // An attempt that was broken off says nothing about the receiver.
      signal.throwIfAborted();
      results.push({ ...posted, at: clock.now().toString() });
    }
    const isDelivered = results.every((result) => 'code' in result && result.code >= 200 && result.code < 300);
    const state = isDelivered ? 'delivered' : isLast ? 'failed' : 'pending';
    await database.write(partnerId, (tx) => saveAttempt(tx, delivery, { state, url, body, results }));
    if (!isDelivered) throw new Error(`not delivered: ${JSON.stringify(results.at(-1))}`);
  };
}

/** The signature goes with its scheme into either header: the service's own sample takes it apart in both. */
function headersOf({ msSignatureHeader }: Registration, signature: string, certificateUrl: string) {
  return {
    'content-type': 'application/json; charset=utf-8',
    [msSignatureHeader ? 'x-ms-signature' : 'Authorization']: `Signature ${signature}`,
    'X-MS-Certificate-Url': certificateUrl,
    'X-MS-Signature-Algorithm': 'rsa-sha256',
  };
}
