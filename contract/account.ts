import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { moment, text } from './values.ts';

const presentPassword = z.string().min(1).max(1024);
/** Six digits of an authenticator app, or a recovery code. */
const code = text(40);

export const accountEndpoints = {
  showAccount: {
    ...routes.showAccount,
    asks: null,
    tag: 'Account',
    summary: 'How one signs in',
    status: 200,
    answer: z.object({
      hasPassword: z.boolean(),
      /** Since when a code is asked for; null: it is not. */
      secondFactorSince: moment.nullable(),
      recoveryCodesLeft: z.number().int(),
    }),
    problems: [],
  },
  changePassword: {
    ...routes.changePassword,
    asks: null,
    tag: 'Account',
    summary: 'Change one’s own password; every other session ends',
    body: z.strictObject({ password: presentPassword, newPassword: z.string().min(12).max(1024) }),
    status: 204,
    answer: z.undefined(),
    problems: ['no-password', 'sign-in-locked', 'server-busy'],
  },
  enrollSecondFactor: {
    ...routes.enrollSecondFactor,
    asks: null,
    tag: 'Account',
    summary: 'A new secret for an authenticator app, with the password; it counts once a code confirms it',
    body: z.strictObject({ password: presentPassword }),
    status: 201,
    answer: z.object({
      /** Base32, to type in by hand. */
      secret: z.string(),
      /** What a QR code for the app says. */
      address: z.string(),
    }),
    problems: ['no-password', 'second-factor-on', 'sign-in-locked', 'server-busy'],
  },
  confirmSecondFactor: {
    ...routes.confirmSecondFactor,
    asks: null,
    tag: 'Account',
    summary: 'Switch the second factor on with a first code; the recovery codes are told this once',
    body: z.strictObject({ code }),
    status: 200,
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
    problems: ['second-factor-on', 'second-factor-off'],
  },
  removeSecondFactor: {
    ...routes.removeSecondFactor,
    asks: null,
    tag: 'Account',
    summary: 'Switch the second factor off with the password and a code',
    body: z.strictObject({ password: presentPassword, code }),
    status: 204,
    answer: z.undefined(),
    problems: ['no-password', 'second-factor-off', 'sign-in-locked', 'server-busy'],
  },
} as const satisfies Record<string, Endpoint>;
