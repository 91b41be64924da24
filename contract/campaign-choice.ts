import { z } from 'zod';
import { day, id, moment, offerId, quantity, storable, text, upgradeType } from './values.ts';
import { rule } from './words.ts';

const byWhat = {
  sourceOfferId: offerId,
  /** Part of the customer’s name or domain. */
  search: storable.trim().max(200).optional(),
  /** The first and the last day before which something must be decided: a term or state ends. */
  endsFrom: day.optional(),
  endsUntil: day.optional(),
};

/** A filter as it stands in an address. */
export const candidateFilter = z.object({
  ...byWhat,
  licensesFrom: z.coerce.number().pipe(quantity).optional(),
  licensesUntil: z.coerce.number().pipe(quantity).optional(),
});

const choice = z.discriminatedUnion('by', [
  z
    .strictObject({
      by: z.literal('filter'),
      ...byWhat,
      customerIds: z.array(id).min(1).max(1000).optional(),
      licensesFrom: quantity.optional(),
      licensesUntil: quantity.optional(),
    })
    .refine(({ endsFrom, endsUntil }) => !endsFrom || !endsUntil || endsFrom <= endsUntil, {
      path: ['endsUntil'],
      ...rule('endAfterStart'),
    }),
  z.strictObject({
    by: z.literal('hand'),
    subscriptions: z
      .array(z.strictObject({ customerId: id, subscriptionId: id }))
      .min(1)
      .max(1000),
  }),
]);

const what = {
  name: text(200),
  upgradeType: upgradeType.default('upgrade_with_license_transfer'),
  /** Absent, or past: as soon as it is submitted. */
  startsAt: moment.optional(),
};

/** Which subscriptions are upgraded together, to what and from when on. */
export const campaignPlan = z.strictObject({ ...what, targetOfferId: offerId, choose: choice });

/** The same beside a file of subscriptions, as it stands in an address. */
export const campaignFilePlan = z.object({
  ...what,
  /** For rows that name none. */
  targetOfferId: offerId.optional(),
});
