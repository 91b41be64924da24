import { z } from 'zod';
import problemsEn from './texts/problems.en.json' with { type: 'json' };
import problemsTr from './texts/problems.tr.json' with { type: 'json' };
import { refusal } from './refusals.ts';
import { action, moment, role } from './values.ts';

/** HTTP status of every answer that is not a success (product.md section 4). Words stand in `texts/problems.*.json`. */
export const PROBLEMS = {
  'invalid-request': 400,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'second-factor-needed': 401,
  'second-factor-wrong': 401,
  'setup-code-wrong': 401,
  'other-site': 403,
  'device-code-refused': 403,
  'browser-needed': 403,
  'role-not-allowed': 403,
  'own-upgrade': 403,
  'own-campaign': 403,
  'demo-only': 403,
  'sandbox-only': 403,
  'code-refused': 403,
  'proof-refused': 403,
  'not-found': 404,
  'link-unknown': 404,
  'request-not-open': 409,
  'shown-changed': 409,
  'mail-not-set-up': 409,
  'sign-in-not-set-up': 409,
  'link-not-valid': 410,
  'device-code-not-valid': 410,
  'quote-outdated': 409,
  'quote-expired': 409,
  'changed-meanwhile': 409,
  'cart-already-ordered': 409,
  'already-recorded': 409,
  'already-counts': 409,
  'nothing-elsewhere': 409,
  'import-in-doubt': 422,
  'import-not-read': 409,
  'import-overtaken': 409,
  'import-applied': 409,
  'import-begun': 409,
  'import-compares-only': 409,
  'file-not-read': 422,
  'campaign-file-not-read': 422,
  'licenses-not-changed': 422,
  'already-set-up': 409,
  'no-password': 409,
  'second-factor-on': 409,
  'second-factor-off': 409,
  'issue-already-resolved': 409,
  'upgrade-waiting': 409,
  'upgrade-already-decided': 409,
  'approval-needed': 409,
  'campaign-state': 409,
  'campaign-count': 409,
  'plan-outdated': 409,
  'campaign-empty': 422,
  'campaign-too-large': 422,
  'action-does-not-apply': 409,
  'address-in-use': 409,
  'agent-exists': 409,
  'agent-removed': 409,
  'webhook-off': 409,
  'delivery-pending': 409,
  'webhook-exists': 409,
  'too-many-webhooks': 409,
  'path-refused-by-name': 422,
  'own-account': 422,
  'tenant-sign-in-unknown': 422,
  'last-global-admin': 422,
  'too-large': 413,
  'unsupported-media-type': 415,
  refused: 422,
  'sign-in-locked': 429,
  'too-many-requests': 429,
  'too-many-streams': 429,
  'too-many-codes': 429,
  'too-many-sign-ins': 429,
  'too-many-emails': 429,
  'too-many-emails-of-partner': 429,
  'email-shown-too-often': 429,
  'too-many-confirmations': 429,
  'internal-error': 500,
  'bad-gateway': 502,
  'tenant-sign-in-down': 502,
  'database-unavailable': 503,
  'server-busy': 503,
  'gateway-timeout': 504,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** One point in which a quote and now differ. */
export const difference = z.object({
  point: z.enum(['quantity', 'unitPrice', 'credit', 'charge', 'net', 'lines', 'users', 'usersNotMoving']),
  before: z.array(z.string()),
  after: z.array(z.string()),
});

/** The body of every error (RFC 9457): what is wrong, what helps, and where there is one the field. */
export const problem = z.object({
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  status: z.number().int(),
  title: z.string(),
  detail: z.string(),
  remedy: z.string(),
  correlationId: z.string(),
  /** The fields of the request that are wrong, each with what is expected. */
  fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Every reason against an upgrade or a change of seats. */
  refusals: z.array(refusal).optional(),
  /** What changed since the quote. */
  differences: z.array(difference).optional(),
  /** From when on another attempt is taken. */
  until: moment.optional(),
  /** Roles of which one is enough. */
  roles: z.array(role).optional(),
  /** What they allow; GET /api/roles/:action/agents names who could do it. */
  action: action.optional(),
});
export type Problem = z.infer<typeof problem>;

type Words = { title: string; detail: string; remedy: string };
export const PROBLEM_TEXTS = { en: problemsEn, tr: problemsTr } satisfies Record<
  'en' | 'tr',
  Record<ProblemCode, Words>
>;
