import { z } from 'zod';
import problemsEn from './texts/problems.en.json' with { type: 'json' };
import problemsTr from './texts/problems.tr.json' with { type: 'json' };
import { refusal } from './refusals.ts';
import { role } from './values.ts';

/** HTTP status of every answer that is not a success (product.md section 4). Words stand in `texts/problems.*.json`. */
export const PROBLEMS = {
  'invalid-request': 400,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'setup-code-wrong': 401,
  'role-not-allowed': 403,
  'demo-only': 403,
  'sandbox-only': 403,
  'not-found': 404,
  'quote-outdated': 409,
  'quote-expired': 409,
  'changed-meanwhile': 409,
  'cart-already-ordered': 409,
  'already-set-up': 409,
  'issue-already-resolved': 409,
  'action-does-not-apply': 409,
  'path-refused-by-name': 422,
  'too-large': 413,
  'unsupported-media-type': 415,
  refused: 422,
  'too-many-requests': 429,
  'internal-error': 500,
  'bad-gateway': 502,
  'database-unavailable': 503,
  'gateway-timeout': 504,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

const difference = z.object({
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
  /** Roles of which one is enough. */
  roles: z.array(role).optional(),
});
export type Problem = z.infer<typeof problem>;

type Words = { title: string; detail: string; remedy: string };
export const PROBLEM_TEXTS = { en: problemsEn, tr: problemsTr } satisfies Record<
  'en' | 'tr',
  Record<ProblemCode, Words>
>;
