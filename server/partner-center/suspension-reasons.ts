import type { EndedReason, Subscription } from '../../core/subscriptions/subscription.ts';

/** Nobody but the partner suspends here; what has run out says so, as what was cancelled does. */
export function suspensionReasonsOf(subscription: Subscription): string[] {
  switch (subscription.status) {
    case 'suspended':
      return ['PartnerCancellation'];
    case 'expired':
    case 'disabled':
      return ['Expiration'];
    case 'deleted':
      return REASON_OF_END[subscription.endedReason];
    default:
      return [];
  }
}

const REASON_OF_END: Readonly<Record<EndedReason, string[]>> = {
  cancelled: ['PartnerCancellation'],
  expired: ['Expiration'],
  upgraded: [],
};
