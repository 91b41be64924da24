import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { askedOnWire } from './relationships.ts';
import { routes } from './routes.ts';
import { country, id, moment, text } from './values.ts';
import { rule } from './words.ts';

const secret = text(200);
const code = z.stringFormat('code', /^\d{6}$/);

const party = z.object({ tenantId: id, name: z.string(), domain: z.string() });

/** What a link leads to: a request to be answered, or a relationship to be kept or taken back. */
const shown = z.object({
  kind: z.enum(['answer', 'manage']),
  /** `ended`: a relationship that is no more. */
  state: z.enum(['open', 'expired', 'withdrawn', 'accepted', 'declined', 'standing', 'ended']),
  partner: party,
  /** Who sells on the partner's behalf, and gets a relationship by the same acceptance. */
  indirectReseller: z.object({ tenantId: id, name: z.string() }).nullable(),
  customer: z.object({ name: z.string(), domain: z.string() }),
  /** Whether the organization is asked for its tenant id and country. */
  isNew: z.boolean(),
  /** Whether the Microsoft Customer Agreement is accepted with it. */
  agreementNeeded: z.boolean(),
  /** Of a request: what it asks for. */
  privileges: askedOnWire,
  /** Of granular privileges: their end, if they are granted now. */
  until: moment.nullable(),
  /** Of a relationship that stands: what was granted. */
  grants: z.array(askedOnWire.omit({ days: true }).extend({ endsAt: moment.nullable() })),
  expiresAt: moment,
  /** What an answer must repeat: it stands for all that is shown. */
  digest: z.string(),
  /** Whether a code can be sent. */
  canProve: z.boolean(),
  /** True where mail is only kept, for the partner to read. */
  mailKept: z.boolean(),
  /** Whether an administrator can sign in to the organization's own tenant instead. */
  canSignIn: z.boolean(),
  /** What this browser proved so for this link, until when; null: nothing. */
  signedIn: z.object({ tenantId: id, until: moment }).nullable(),
});
export type AcceptanceOnWire = z.infer<typeof shown>;

const answer = z
  .strictObject({
    token: secret,
    digest: text(100),
    decision: z.enum(['accept', 'decline', 'withdrawPrivileges', 'endRelationship']),
    /** The code and what it came with; neither where this browser signed in. */
    proof: secret.optional(),
    code: code.optional(),
    /** With an acceptance, where it is asked for. */
    organization: z.strictObject({ tenantId: id, name: text(200), country }).optional(),
    agreement: z.strictObject({ firstName: text(100), lastName: text(100) }).optional(),
  })
  .refine(({ proof, code }) => (proof === undefined) === (code === undefined), {
    ...rule('codeWithProof'),
    path: ['code'],
  });

/** For a customer's administrator, who does not sign in: whoever has the link sees what it is about, and proves an address or a role to answer. */
export const acceptanceEndpoints = {
  showAcceptance: {
    ...routes.showAcceptance,
    tag: 'Acceptance',
    open: true,
    summary: 'What a link leads to, and exactly what an answer would grant or take back',
    body: z.strictObject({ token: secret }),
    status: 200,
    answer: shown,
    problems: ['link-unknown'],
  },
  sendCode: {
    ...routes.sendCode,
    tag: 'Acceptance',
    open: true,
    summary:
      'Send a code of six digits to an administrator’s address at the customer’s domain; the answer is the same whether there is such a mailbox or not',
    body: z.strictObject({ token: secret, email: z.email().max(254) }),
    status: 201,
    answer: z.object({
      /** Belongs to this browser; the code is good only with it. */
      proof: z.string(),
      expiresAt: moment,
    }),
    problems: ['link-unknown', 'request-not-open', 'mail-not-set-up', 'too-many-codes'],
  },
  checkCode: {
    ...routes.checkCode,
    tag: 'Acceptance',
    open: true,
    summary:
      'Check a code before anything else is asked for; it does not use it up, and ten more minutes to answer begin',
    body: z.strictObject({ token: secret, proof: secret, code }),
    status: 200,
    answer: z.object({
      /** The code is good for an answer until then. */
      until: moment,
    }),
    problems: ['link-unknown', 'request-not-open', 'code-refused'],
  },
  resendConfirmation: {
    ...routes.resendConfirmation,
    tag: 'Acceptance',
    open: true,
    summary:
      'Mail the way back of what was accepted once more, with a new link, to an administrator’s address at the customer’s domain; the answer is the same whether there is such a mailbox or not',
    body: z.strictObject({ token: secret, email: z.email().max(254) }),
    status: 201,
    answer: z.object({ email: z.string() }),
    problems: ['link-unknown', 'request-not-open', 'mail-not-set-up', 'too-many-confirmations'],
  },
  beginCustomerSignIn: {
    ...routes.beginCustomerSignIn,
    tag: 'Acceptance',
    open: true,
    summary:
      'Begin a sign-in to the customer’s own tenant, for this browser and link: a Global Administrator of it may answer without a code for ten minutes',
    body: z.strictObject({
      token: secret,
      /** Of an organization that is new; of another one it is known. */
      tenantId: id.optional(),
    }),
    status: 201,
    answer: z.object({
      /** Where the browser goes; it comes back to the page of the link. */
      url: z.string(),
    }),
    problems: [
      'link-unknown',
      'request-not-open',
      'sign-in-not-set-up',
      'tenant-sign-in-unknown',
      'tenant-sign-in-down',
      'too-many-sign-ins',
    ],
  },
  answerRequest: {
    ...routes.answerRequest,
    tag: 'Acceptance',
    open: true,
    summary: 'Grant or decline exactly what was shown, or take back what was granted',
    body: answer,
    status: 200,
    answer: z.object({ state: z.enum(['accepted', 'declined', 'privilegesWithdrawn', 'ended']) }),
    problems: ['link-unknown', 'request-not-open', 'shown-changed', 'code-refused', 'proof-refused'],
  },
} as const satisfies Record<string, Endpoint>;
