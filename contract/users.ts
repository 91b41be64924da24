import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { country, id, pageLimit, pageOf, storable, text } from './values.ts';

const userLicense = z.object({
  skuId: id,
  offerName: z.string(),
  /** Null: bought elsewhere, and whose it is is not told. */
  subscriptionId: id.nullable(),
  /** Service plans that are off for this user. */
  switchedOff: z.array(id),
  /** True: the license issue that is open is about this one. */
  hasIssue: z.boolean(),
});

const user = z.object({
  userId: id,
  displayName: z.string(),
  userPrincipalName: z.string(),
  usageLocation: country.nullable(),
  licenses: z.array(userLicense),
  /** The newest license issue that nobody has settled. */
  openIssue: z.object({ upgradeId: id, title: z.string() }).nullable(),
});
export type UserOnWire = z.infer<typeof user>;

const params = z.object({ customerId: id });

export const userEndpoints = {
  listUsers: {
    ...routes.listUsers,
    asks: 'view',
    tag: 'Users and licenses',
    summary: 'A customer’s users with their licenses: searched and sorted by Turkish rules, page by page',
    params,
    query: z.object({
      search: storable.trim().max(200).optional(),
      /** `several`: more than one license; `noLocation`: without a usage location. */
      filter: z.enum(['unlicensed', 'several', 'noLocation', 'openIssue']).optional(),
      sort: z.enum(['name', '-name', 'signInName', '-signInName']).default('name'),
      limit: pageLimit,
      /** Holds the sort value of a row, so it is as long as the longest name. */
      cursor: text(2000).optional(),
    }),
    status: 200,
    answer: pageOf(user).extend({
      /** How many users match; on the first page. */
      total: z.number().int().nullable(),
    }),
    csv: true,
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  setUsageLocation: {
    ...routes.setUsageLocation,
    asks: 'manageUsers',
    tag: 'Users and licenses',
    summary: 'Say in which country a user is: it decides which services may be licensed; a repeat changes nothing',
    params: params.extend({ userId: id }),
    body: z.strictObject({ usageLocation: country }),
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
} as const satisfies Record<string, Endpoint>;
