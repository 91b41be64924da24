import { z } from 'zod';
import { refundOptions } from '../../core/subscriptions/cancel.ts';
import { seatsIn } from '../../core/subscriptions/seat-batch.ts';
import type { AssessedSubscription } from '../subscriptions/list-subscriptions.ts';
import { moment } from './wire.ts';

/** Everything comes back on the first day, later the rest of the days. */
const refundOption = z.object({ type: z.enum(['Full', 'Partial']), expiresAt: moment });
const refundableQuantity = z.object({
  totalQuantity: z.int(),
  details: z.array(z.object({ quantity: z.int(), allowedUntilDateTime: moment })),
});

/** What a subscription of new commerce has beside those of the legacy platform. */
export const windowFields = {
  promotionId: z.string().optional(),
  cancellationAllowedUntilDate: moment.optional(),
  refundOptions: z.array(refundOption).optional(),
  refundableQuantity: refundableQuantity.optional(),
};

/** Until when it can be cancelled for what, and how many seats can be removed until when; nothing on the legacy platform. */
export function windowsOf(
  { subscription, removable }: Pick<AssessedSubscription, 'subscription' | 'removable'>,
  now: Temporal.Instant,
) {
  const { platform, promotionId, cancellableUntil } = subscription;
  if (platform !== 'newCommerce') return {};
  const open = subscription.status === 'active' ? removable : [];
  const details = open.map(({ quantity, removableUntil }) => ({
    quantity,
    allowedUntilDateTime: removableUntil.toString(),
  }));
  return {
    promotionId,
    cancellationAllowedUntilDate: cancellableUntil?.toString(),
    refundOptions: refundOptions(subscription, now).map(({ type, until }) => ({ type, expiresAt: until.toString() })),
    refundableQuantity: { totalQuantity: seatsIn(open), details },
  };
}
