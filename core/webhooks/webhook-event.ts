/**
 * What partners can be told of, by the names of the Partner Center API. An upgrade has no event of its own there: it updates two
 * subscriptions (https://learn.microsoft.com/partner-center/developer/partner-center-webhooks).
 */
export const WEBHOOK_EVENTS = ['subscription-updated', 'test-created'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
