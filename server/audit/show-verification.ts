import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findSettings } from '../settings/settings.store.ts';
import { beginWhole, continueWhole, moveMark, together } from './advance-verification.ts';
import { findLastSeal, findWaiting } from './seal.store.ts';
import {
  type ChainBreak,
  type ChainPlace,
  findBeginning,
  findVerification,
  type VerificationState,
} from './verification.store.ts';
import { earliest } from './verify-audit.ts';

/** What is known of a partner's log. */
export type ShownVerification = VerificationState & {
  /** All that is known to be broken, the first twenty. */
  readonly breaks: readonly ChainBreak[];
  readonly since: string | null;
  readonly waiting: number;
  readonly end: ChainPlace | null;
  readonly auditDays: number | null;
};

/** A request does so many steps of a whole verification, for logs of up to 50,000 rows all; the routine does the rest. */
const STEPS_AT_ONCE = 22;

/** What is known of the partner's own log, after a look at what is new in it. Refused: role. */
export async function showVerification(call: Call): Promise<Outcome<ShownVerification>> {
  const allowed = checkRole(call.actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  await moveMark(call, call.actor.partner.partnerId);
  return accepted(await show(call));
}

/** Verifies the whole of the partner's own log, or begins to where it is long. Refused: role. */
export async function verifyWhole(call: Call): Promise<Outcome<ShownVerification>> {
  const allowed = checkRole(call.actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  await beginWhole(call, partnerId);
  let steps = 0;
  while (steps < STEPS_AT_ONCE && (await continueWhole(call, partnerId))) steps += 1;
  return accepted(await show(call));
}

function show({ actor: { partner }, database }: Call): Promise<ShownVerification> {
  const { partnerId } = partner;
  return database.read(partnerId, async (tx) => {
    const state = await findVerification(tx, partnerId);
    const { waiting, gone, since } = await findWaiting(tx, partnerId);
    const last = await findLastSeal(tx, partnerId);
    const removed = gone.map((auditId): ChainBreak => ({ kind: 'removed', auditId, sealNumber: null }));
    return {
      ...state,
      breaks: together(state.whole?.breaks ?? [], [...state.breaks, ...removed]),
      since: earliest([await findBeginning(tx, partnerId), since]),
      waiting,
      end: last ? { sealNumber: last.seal_number, hash: last.hash } : null,
      auditDays: (await findSettings(tx, partnerId)).auditDays,
    };
  });
}
