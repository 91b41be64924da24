import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/relationships.en.json' with { type: 'json' };
import tr from './texts/relationships.tr.json' with { type: 'json' };
import {
  directoryRole,
  domain,
  id,
  language,
  moment,
  pageLimit,
  pageOf,
  serviceFamily,
  storable,
  text,
} from './values.ts';
import { rule } from './words.ts';

/** The head of the file of relationships. */
export const RELATIONSHIP_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

/** How many days before their end privileges are warned of. */
export const WARNING_DAYS = [30, 7, 1] as const;
export const warning = z.object({ days: z.literal(WARNING_DAYS), endsAt: moment });

const emailAddress = z.email().max(254);
const mpnId = z.string().regex(/^\d{1,10}$/);
const once = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .min(1)
    .max(most)
    .refine((given) => new Set(given).size === given.length, rule('eachOnce'))
    .meta({ uniqueItems: true });
/** The services that privileges are for; null: all. */
const families = once(serviceFamily, 50).nullable().default(null);

/** What is asked for beside the relationship: nothing, delegated admin privileges, or granular ones for a time. */
const asked = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('dap'), families }),
  z.strictObject({
    kind: z.literal('gdap'),
    roles: once(directoryRole, 20),
    days: z.number().int().min(1).max(730),
    families,
  }),
]);
export type PrivilegesAsked = z.output<typeof asked>;

const reseller = z.strictObject({ tenantId: id, name: text(200), mpnId });

/** Whom it asks, `customerId` or `customer`, the use case checks: who may ask at all comes first. */
const newRequest = z.strictObject({
  /** Of a customer that the partner has. */
  customerId: id.optional(),
  /** One that it does not have yet. */
  customer: z.strictObject({ name: text(200), domain }).optional(),
  /** The customer's administrator, whom the email is for. */
  to: emailAddress.optional(),
  /** Absent: the partner sells directly. */
  indirectReseller: reseller.optional(),
  privileges: asked,
  language,
  /** Absent: as drafted. `{link}` marks the place of the link; without it the link stands at the end. */
  email: z
    .strictObject({
      subject: text(200).refine((given) => !/\p{Cc}/u.test(given), rule('oneLine')),
      text: text(10_000),
    })
    .optional(),
});
export type NewRequest = z.output<typeof newRequest>;

const named = <Key extends string, Of extends z.ZodType>(key: Key, of: Of) =>
  z.object({ [key]: of, name: z.string() } as Record<Key, Of> & { name: z.ZodString });
const roles = z.array(named('role', directoryRole));
const services = z.array(named('family', z.string())).nullable();

/** Shown of what is asked for; `roles` is empty and `days` null unless it is granular. */
export const askedOnWire = z.object({
  kind: z.enum(['none', 'dap', 'gdap']),
  roles,
  days: z.number().int().nullable(),
  /** null: all services. */
  services,
});

export const mailState = z.enum(['pending', 'sent', 'failed', 'kept']);
const indirectReseller = z.object({ tenantId: id, name: z.string(), mpnId: z.string() }).nullable();

export const request = z.object({
  requestId: id,
  customer: z.object({ customerId: id.nullable(), name: z.string(), domain: z.string() }),
  state: z.enum(['open', 'expired', 'withdrawn', 'accepted', 'declined']),
  createdAt: moment,
  expiresAt: moment,
  answeredAt: moment.nullable(),
  indirectReseller,
  privileges: askedOnWire,
  language,
  to: z.string().nullable(),
  /** The last mail that was sent of it. */
  mail: z.object({ state: mailState, at: moment, error: z.string().nullable() }).nullable(),
});
export type RequestOnWire = z.infer<typeof request>;

/** The email with its link in it, for whatever sends it. */
export const composed = z.object({
  requestId: id,
  to: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  /** Our acceptance page; the secret in it is shown this once, and another one each time that the email is shown again. */
  link: z.string(),
  /** Microsoft's own page for the same relationship, which knows nothing of this request. */
  microsoftLink: z.string(),
  /** Opens the email in a mail program; null: it is too long for that. */
  mailto: z.string().nullable(),
  /** Whether the server can send it. */
  mailing: z.enum(['smtp', 'kept', 'none']),
});
export type ComposedOnWire = z.infer<typeof composed>;

const grant = z.object({
  privilegesId: id,
  kind: z.enum(['dap', 'gdap']),
  roles,
  services,
  startsAt: moment,
  endsAt: moment.nullable(),
  state: z.enum(['live', 'coming', 'ended']),
  warning: warning.nullable(),
});
export type GrantOnWire = z.infer<typeof grant>;

const use = z.object({
  act: z.enum([
    'upgrade_only',
    'upgrade_with_license_transfer',
    'assign_license',
    'read_licenses',
    'read_users',
    'write_users',
    'delete_users',
    'read_roles',
    'write_roles',
  ]),
  /** Of which a granular relationship must hold one. */
  roles,
  standing: z.enum(['granted', 'partly', 'none', 'role-missing', 'not-covered', 'lapsed']),
  /** Until when it is allowed; null: without end, or not at all. */
  until: moment.nullable(),
});
export type UseOnWire = z.infer<typeof use>;

const overview = z.object({
  customerId: id,
  name: z.string(),
  domain: z.string(),
  since: moment,
  privileges: z.enum(['dap', 'gdap', 'lapsed', 'none']),
  /** What of it ends next. */
  endsAt: moment.nullable(),
  warning: warning.nullable(),
  openRequest: z.object({ requestId: id, expiresAt: moment }).nullable(),
});
export type RelationshipRowOnWire = z.infer<typeof overview>;

const ofCustomer = z.object({ customerId: id });
const ofRequest = z.object({ requestId: id });

export const relationshipEndpoints = {
  listRelationships: {
    ...routes.listRelationships,
    asks: 'view',
    tag: 'Relationships',
    summary: 'The partner’s relationships, by what of their privileges ends next; as CSV with Accept: text/csv',
    csv: true,
    query: z.object({
      /** `ending`: within 30 days. `requested`: a request is open. */
      filter: z.enum(['ending', 'lapsed', 'none', 'requested']).optional(),
      limit: pageLimit,
      cursor: storable.max(2000).optional(),
    }),
    status: 200,
    answer: pageOf(overview),
    problems: ['role-not-allowed'],
  },
  showRelationship: {
    ...routes.showRelationship,
    asks: 'view',
    tag: 'Relationships',
    summary: 'What the partner may do for a customer, until when, and what it has asked for',
    params: ofCustomer,
    status: 200,
    answer: z.object({
      since: moment,
      indirectReseller,
      /** That the customer accepted the Microsoft Customer Agreement. */
      agreement: z.object({ agreedAt: moment, name: z.string() }).nullable(),
      grants: z.array(grant),
      uses: z.array(use),
      warning: warning.nullable(),
      requests: z.array(request),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  endRelationship: {
    ...routes.endRelationship,
    asks: 'manageCustomers',
    tag: 'Relationships',
    summary: 'End the relationship with a customer, once all its subscriptions are suspended or over',
    params: ofCustomer,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  revokePrivileges: {
    ...routes.revokePrivileges,
    asks: 'manageCustomers',
    tag: 'Relationships',
    summary: 'Give delegated admin privileges back to the customer; the relationship stays',
    params: ofCustomer.extend({ privilegesId: id }),
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  listRelationshipRequests: {
    ...routes.listRelationshipRequests,
    asks: 'view',
    tag: 'Relationships',
    summary: 'The partner’s newest requests, those to tenants that are no customers yet included; at most 200',
    query: z.object({ state: z.enum(['open', 'expired', 'withdrawn', 'accepted', 'declined']).optional() }),
    status: 200,
    answer: z.object({ items: z.array(request) }),
    problems: ['role-not-allowed'],
  },
  draftRelationshipRequest: {
    ...routes.draftRelationshipRequest,
    asks: 'requestRelationship',
    tag: 'Relationships',
    summary: 'The email as it would be drafted for a request; nothing is written',
    body: newRequest,
    status: 200,
    answer: z.object({ subject: z.string(), text: z.string(), mailing: z.enum(['smtp', 'kept', 'none']) }),
    problems: ['role-not-allowed', 'not-found'],
  },
  requestRelationship: {
    ...routes.requestRelationship,
    asks: 'requestRelationship',
    tag: 'Relationships',
    summary: 'Ask a customer for a relationship, for more privileges, or for longer ones; open for 90 days',
    body: newRequest,
    status: 201,
    answer: composed,
    problems: ['role-not-allowed', 'not-found'],
  },
  composeRequestEmail: {
    ...routes.composeRequestEmail,
    asks: 'requestRelationship',
    tag: 'Relationships',
    summary: 'The email of an open request again, with a new link; links given before go on working',
    params: ofRequest,
    status: 200,
    answer: composed,
    problems: ['role-not-allowed', 'not-found', 'request-not-open', 'email-shown-too-often'],
  },
  sendRequestEmail: {
    ...routes.sendRequestEmail,
    asks: 'requestRelationship',
    tag: 'Relationships',
    summary: 'Send the email of an open request to its administrator',
    params: ofRequest,
    status: 200,
    answer: request,
    problems: [
      'role-not-allowed',
      'not-found',
      'request-not-open',
      'mail-not-set-up',
      'too-many-emails',
      'too-many-emails-of-partner',
    ],
  },
  withdrawRequest: {
    ...routes.withdrawRequest,
    asks: 'requestRelationship',
    tag: 'Relationships',
    summary: 'Withdraw an open request; its links then lead nowhere',
    params: ofRequest,
    status: 200,
    answer: request,
    problems: ['role-not-allowed', 'not-found', 'request-not-open'],
  },
} as const satisfies Record<string, Endpoint>;
