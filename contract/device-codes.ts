import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { session } from './sessions.ts';
import { moment, text } from './values.ts';

/** Eight letters, however they are parted and whatever their case. */
const userCode = text(20);
const deviceCode = text(100);

/** Signing a program in that has no browser of its own, as RFC 8628 does it: it shows a short code, and an agent confirms it at the page /device. */
export const deviceCodeEndpoints = {
  requestDeviceCode: {
    ...routes.requestDeviceCode,
    tag: 'Sign-in',
    open: true,
    summary: 'Begin to sign a program in: a code to show, and one to ask with whether an agent has confirmed it',
    body: z.strictObject({
      /** What the agent is told of the program: its name and machine. */
      program: text(100),
    }),
    status: 201,
    answer: z.object({
      deviceCode,
      userCode,
      /** The page that takes the code, and the same with the code filled in. */
      verificationUri: z.string(),
      verificationUriComplete: z.string(),
      expiresAt: moment,
      /** How long to wait before each question. */
      intervalSeconds: z.number().int(),
    }),
    problems: [],
  },
  askDeviceCode: {
    ...routes.askDeviceCode,
    tag: 'Sign-in',
    open: true,
    summary: 'Whether an agent has confirmed the code; the session is told once. Asked too soon, it is to wait longer',
    body: z.strictObject({ deviceCode }),
    status: 200,
    answer: z.object({
      intervalSeconds: z.number().int(),
      /** Null: nobody has answered yet. */
      session: session.nullable(),
    }),
    problems: ['device-code-not-valid', 'device-code-refused'],
  },
  showDeviceCode: {
    ...routes.showDeviceCode,
    asks: null,
    tag: 'Sign-in',
    summary: 'Which program waits with a code; wrong codes are counted',
    body: z.strictObject({ userCode }),
    status: 200,
    answer: z.object({ program: z.string(), address: z.string(), requestedAt: moment, expiresAt: moment }),
    problems: ['device-code-not-valid', 'sign-in-locked'],
  },
  approveDeviceCode: {
    ...routes.approveDeviceCode,
    asks: null,
    tag: 'Sign-in',
    summary: 'Let the program in as oneself, with a session of its own; an agent with a password gives it',
    body: z.strictObject({ userCode, password: z.string().min(1).max(1024).optional() }),
    status: 204,
    answer: z.undefined(),
    problems: ['device-code-not-valid', 'browser-needed', 'sign-in-locked', 'server-busy'],
  },
  refuseDeviceCode: {
    ...routes.refuseDeviceCode,
    asks: null,
    tag: 'Sign-in',
    summary: 'Do not let the program in; its code is worth nothing any more',
    body: z.strictObject({ userCode }),
    status: 204,
    answer: z.undefined(),
    problems: ['device-code-not-valid', 'sign-in-locked'],
  },
} as const satisfies Record<string, Endpoint>;
