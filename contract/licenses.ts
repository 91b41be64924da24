import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id } from './values.ts';
import { rule } from './words.ts';

const MOST_USERS = 500;
const MOST_PRODUCTS = 50;

const product = z.object({
  skuId: id,
  name: z.string(),
  /** False: users have it through another partner or channel; how many there are is not known then. */
  ours: z.boolean(),
  used: z.number().int(),
  total: z.number().int().nullable(),
  free: z.number().int().nullable(),
  /** Whether licenses can be given: one of its subscriptions is active. */
  active: z.boolean(),
  services: z.array(
    z.object({
      planId: id,
      name: z.string(),
      /** As the directory calls it, `EXCHANGE_S_STANDARD`. */
      planName: z.string(),
    }),
  ),
});
export type LicenseProductOnWire = z.infer<typeof product>;

const reason = z.object({
  name: z.string(),
  title: z.string(),
  message: z.string(),
  remedy: z.string(),
});

const decided = z.object({
  userId: id,
  displayName: z.string(),
  userPrincipalName: z.string(),
  /** `same`: the user has it already. */
  outcome: z.enum(['changes', 'same', 'refused']),
  /** Every reason against it. */
  reasons: z.array(reason),
});
export type DecidedUserOnWire = z.infer<typeof decided>;

const params = z.object({ customerId: id });

const body = z
  .strictObject({
    userIds: z.array(id).min(1).max(MOST_USERS),
    /** Without `excludedPlanIds` each user keeps what is off, also in the license that takes the place of the one removed. */
    assign: z
      .array(z.strictObject({ skuId: id, excludedPlanIds: z.array(id).max(MOST_USERS).optional() }))
      .max(MOST_PRODUCTS),
    /** SKUs whose licenses are taken away. */
    remove: z.array(id).max(MOST_PRODUCTS),
  })
  .refine(({ assign, remove }) => assign.length + remove.length > 0, { ...rule('licenseNamed'), path: ['assign'] });

export const licenseEndpoints = {
  listLicenseProducts: {
    ...routes.listLicenseProducts,
    asks: 'view',
    tag: 'Users and licenses',
    summary: 'The products that a customer’s users can have or have, with the licenses used and free',
    params,
    status: 200,
    answer: z.object({ items: z.array(product) }),
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  previewLicenses: {
    ...routes.previewLicenses,
    asks: 'assignLicenses',
    tag: 'Users and licenses',
    summary:
      'For which users licenses could be given, replaced or taken away, and why not for the others; nothing is done',
    params,
    body,
    status: 200,
    answer: z.object({ items: z.array(decided) }),
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  changeLicenses: {
    ...routes.changeLicenses,
    asks: 'assignLicenses',
    tag: 'Users and licenses',
    summary:
      'Give, replace or take away licenses of users in one step: for all of them, or for none; a repeat changes nothing',
    params,
    body,
    status: 200,
    answer: z.object({ items: z.array(decided) }),
    problems: ['role-not-allowed', 'not-found', 'refused', 'licenses-not-changed'],
  },
} as const satisfies Record<string, Endpoint>;
