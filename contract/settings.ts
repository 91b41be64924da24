import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

/** A log kept for less than this would not outlast a dispute about a bill. */
export const LEAST_AUDIT_DAYS = 90;

const settings = z.object({
  /** How many days entries of the audit log are kept; null: for ever. */
  auditDays: z.number().int().nullable(),
});

export const settingsEndpoints = {
  showSettings: {
    ...routes.showSettings,
    asks: 'view',
    tag: 'Settings',
    summary: 'What the partner has set for itself',
    status: 200,
    answer: settings,
    problems: ['role-not-allowed'],
  },
  changeSettings: {
    ...routes.changeSettings,
    asks: 'changeSettings',
    tag: 'Settings',
    summary: 'Change what the partner has set for itself',
    body: z.strictObject({ auditDays: z.number().int().min(LEAST_AUDIT_DAYS).max(36_500).nullable() }),
    status: 200,
    answer: settings,
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
