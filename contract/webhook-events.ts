import en from './texts/events.en.json' with { type: 'json' };
import tr from './texts/events.tr.json' with { type: 'json' };

/** What a partner's own webhooks can be told of. Beside the first, each is named like the act that the audit log has of it. */
export const EVENTS = [
  'subscription-updated',
  'upgrade.applied',
  'upgrade.submitted',
  'upgrade.approved',
  'upgrade.rejected',
  'upgrade.withdrawn',
  'upgrade.returned',
  'campaign.submitted',
  'campaign.approved',
  'campaign.rejected',
  'campaign.started',
  'campaign.paused',
  'campaign.resumed',
  'campaign.stopped',
  'campaign.done',
  'seats.changed',
  'subscription.purchased',
  'subscription.cancelled',
  'order.billing-cycle-changed',
  'subscription.updated',
  'subscription.change-scheduled',
  'subscription.change-removed',
  'subscription.renewed',
  'subscription.converted',
  'subscription.expired',
  'subscription.disabled',
  'subscription.deleted',
  'license-issue.settled',
  'licenses.updated',
  'customer.created',
  'customer.billing-profile-updated',
  'customer.qualified',
  'customer.relationship-ended',
  'customer.deleted',
  'relationship.requested',
  'relationship.withdrawn',
  'relationship.accepted',
  'relationship.declined',
  'relationship.renewed',
  'privileges.revoked',
  'privileges.ending',
  'watch.cleared',
  'watch.still-refused',
  'agreement.attested',
  'user.created',
  'user.updated',
  'user.password-reset',
  'user.deleted',
  'user.restored',
  'role-member.added',
  'role-member.removed',
] as const;
export type EventName = (typeof EVENTS)[number];

/** Sent on demand alone. */
export const TEST_EVENT = 'webhook.test';
export type SentEvent = EventName | typeof TEST_EVENT;

export const EVENT_TEXTS = { en, tr } satisfies Record<'en' | 'tr', Record<SentEvent, string>>;
