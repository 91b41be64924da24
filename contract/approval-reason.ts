import { z } from 'zod';
import { money } from './values.ts';

/** Why a second agent is asked, with the rule's limit and what goes past it. */
export const approvalReason = z.discriminatedUnion('name', [
  z.object({ name: z.literal('always') }),
  z.object({ name: z.literal('net-above'), limit: money, net: money }),
  z.object({ name: z.literal('users-above'), limit: z.number().int(), users: z.number().int() }),
  z.object({ name: z.literal('work-above'), limit: z.number().int(), users: z.number().int() }),
  z.object({ name: z.literal('outside-office-hours'), timeZone: z.string(), from: z.string(), until: z.string() }),
]);
export type ApprovalReasonOnWire = z.infer<typeof approvalReason>;
