import { z } from 'zod';
import { storable, text } from './values.ts';
import { rule } from './words.ts';

const LONGEST_LATENCY_MS = 120_000;
const LONGEST_DELAY_MS = 86_400_000;
const MOST_RULES = 100;

const milliseconds = (most: number) => z.number().int().min(1).max(most);
const count = z.number().int().min(0);

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('too-many-requests'), retryAfterSeconds: z.number().int().min(1).max(3600) }),
  z.strictObject({ kind: z.literal('server-error'), status: z.literal([500, 502, 503, 504]) }),
  z.strictObject({ kind: z.literal('latency'), ms: milliseconds(LONGEST_LATENCY_MS) }),
  /** The connection is destroyed before anything is done. */
  z.strictObject({ kind: z.literal('cut-before-commit') }),
  /** What was asked is done and committed; then the connection is destroyed instead of an answer. */
  z.strictObject({ kind: z.literal('cut-after-commit') }),
  z.strictObject({ kind: z.literal('webhook-late'), ms: milliseconds(LONGEST_DELAY_MS) }),
  z.strictObject({ kind: z.literal('webhook-doubled') }),
]);
export type Fault = z.infer<typeof fault>;

const on = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** The beginning of a path, or with `*` for one part and `**` for all that is left the whole of it; without case. */
  path: storable
    .max(500)
    .refine((given) => /^(\/(\*|[^/*?#\s]+))*(\/\*\*)?\/?$/.test(given), rule('faultPath'))
    .optional(),
  /** The client id in the access token of a request to `/v1`. */
  client: text(200).optional(),
  /** The name of the event that a webhook tells. */
  event: text(200).optional(),
});

export function isOfWebhooks({ kind }: Fault): boolean {
  return kind === 'webhook-late' || kind === 'webhook-doubled';
}

const probability = z.number().min(0).max(1);
const parts = {
  name: text(100).optional(),
  fault,
  /** How often it strikes at most. */
  times: z.number().int().min(1).max(1_000_000).optional(),
};

const faultRule = z
  .strictObject({
    ...parts,
    /** Absent: every request, or every webhook. */
    on: on.default({}),
    probability: probability.default(1),
  })
  .refine(
    (given) =>
      isOfWebhooks(given.fault)
        ? (given.on.method ?? given.on.path ?? given.on.client) === undefined
        : given.on.event === undefined,
    { ...rule('faultOn'), path: ['on'] },
  );
export type FaultRule = z.infer<typeof faultRule>;

export const faultsBody = z.strictObject({
  seed: z.number().int().min(0).max(0xffff_ffff).default(0),
  rules: z.array(faultRule).max(MOST_RULES),
});

/** The rules with how often each was asked and struck. */
export const faultsAnswer = z.object({
  seed: count,
  rules: z.array(z.object({ ...parts, on, probability, asked: count, struck: count })),
});
export type FaultsOnWire = z.infer<typeof faultsAnswer>;
