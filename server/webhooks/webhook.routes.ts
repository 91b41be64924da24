import type { FastifyReply } from 'fastify';
import { moment } from '../../contract/values.ts';
import { EVENT_TEXTS, EVENTS } from '../../contract/webhook-events.ts';
import { DELIVERY_TEXTS, type WebhookSecretOnWire } from '../../contract/webhooks.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import {
  addWebhook,
  editWebhook,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  showWebhook,
} from './manage-webhooks.ts';
import type { WebhookReach } from '../http/outbound-address.ts';
import { exportDeliveries, listDeliveries, redeliverEvent, testWebhook } from './redeliver-event.ts';
import { presentDelivery, presentWebhook, toDeliveryCells } from './webhook.presenter.ts';
import type { WebhookState } from './webhook.store.ts';

const SORT = 'placed';

export function webhookRoutes(mount: Mount, reach: () => WebhookReach): void {
  mount.signedIn('listWebhooks', async ({ call, language }) => {
    const listed = await listWebhooks(call);
    if (!listed.ok) return listed;
    const { webhooks, registration } = listed.value;
    return accepted({
      items: webhooks.map((webhook) => presentWebhook(webhook, call.clock.now())),
      registration: registration ? { url: registration.url, events: [...registration.events] } : null,
      events: EVENTS.map((event) => ({ event, text: EVENT_TEXTS[language][event] })),
    });
  });
  mount.signedIn('showWebhook', async ({ call, params }) => {
    const shown = await showWebhook(call, params.webhookId);
    return shown.ok ? accepted(presentWebhook(shown.value, call.clock.now())) : shown;
  });
  mount.signedIn('registerWebhook', async ({ call, body, reply }) =>
    presentSecret(await addWebhook(call, body, reach()), call.clock.now(), reply),
  );
  mount.signedIn('changeWebhook', async ({ call, params, body }) => {
    const changed = await editWebhook(call, params.webhookId, body, reach());
    return changed.ok ? accepted(presentWebhook(changed.value, call.clock.now())) : changed;
  });
  mount.signedIn('removeWebhook', ({ call, params }) => removeWebhook(call, params.webhookId));
  mount.signedIn('rotateWebhookSecret', async ({ call, params, reply }) =>
    presentSecret(await rotateWebhookSecret(call, params.webhookId), call.clock.now(), reply),
  );
  mount.signedIn('testWebhook', async ({ call, params, language, reply }) => {
    const sent = await testWebhook(call, params.webhookId);
    if (sent.ok) return accepted(presentDelivery(sent.value, language));
    if (sent.refused.code === 'too-many-requests') void reply.header('retry-after', String(sent.refused.seconds));
    return sent;
  });
  mount.signedIn('listDeliveries', async ({ call, params, query, language, request, reply }) => {
    const { state, cursor, limit } = query;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportDeliveries(call, params.webhookId, { state });
      if (!exported.ok) return exported;
      await sendCsv(reply, {
        name: datedName('deliveries', call),
        language,
        header: DELIVERY_TEXTS[language].columns,
        lots: exported.value,
        cells: (delivery) => toDeliveryCells(delivery, language),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const after = cursor === undefined ? undefined : readCursor(cursor, SORT);
    if (cursor !== undefined && !moment.safeParse(after?.[0]).success)
      return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
    const listed = await listDeliveries(call, params.webhookId, { state, after, limit });
    if (!listed.ok) return listed;
    const { deliveries, next } = listed.value;
    return accepted({
      items: deliveries.map((delivery) => presentDelivery(delivery, language)),
      nextCursor: next ? writeCursor(SORT, Temporal.Instant.from(next[0]).toString(), next[1]) : null,
    });
  });
  mount.signedIn('redeliverEvent', async ({ call, params, language }) => {
    const asked = await redeliverEvent(call, params.webhookId, params.eventId);
    return asked.ok ? accepted(presentDelivery(asked.value, language)) : asked;
  });
}

/** No cache on the way may keep the answer. */
function presentSecret(
  done: Outcome<WebhookState>,
  now: Temporal.Instant,
  reply: FastifyReply,
): Outcome<WebhookSecretOnWire> {
  if (!done.ok) return done;
  void reply.header('cache-control', 'no-store');
  return accepted({ ...presentWebhook(done.value, now), secret: done.value.secret });
}
