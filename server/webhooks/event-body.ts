import type { Delivery } from './delivery.store.ts';

const NAMES = { 'subscription-updated': 'subscription', 'test-created': 'test' } as const;

/** What a webhook is sent (partner-center-webhooks, "Event model"). */
export function bodyOf({ event, resource, auditRecordId, createdAt }: Delivery, publicUrl: string): string {
  return JSON.stringify({
    EventName: event,
    ResourceUri: `${publicUrl}/webhooks/v1/${resource}`,
    ResourceName: NAMES[event],
    AuditUri: auditRecordId && `${publicUrl}/auditactivity/v1/auditrecords/${auditRecordId}`,
    ResourceChangeUtcDate: momentOf(createdAt),
  });
}

/** With seven digits and an offset, as the service writes these moments alone. */
function momentOf(text: string): string {
  return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 7 }).replace('Z', '+00:00');
}
