import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { prolongCode } from './acceptance.store.ts';
import { proveByCode } from './check-proof.ts';
import { hashOf } from './link-token.ts';
import { CODE_MINUTES, isAnswerable, proofsOf } from './send-code.ts';
import { holdAcceptance } from './show-acceptance.ts';

type Asked = { readonly token: string; readonly proof: string; readonly code: string };

/**
 * Tells whether a code holds before anything else is asked for, and until when an answer may be given with it. A wrong one counts as a try,
 * as with an answer. Refused: unknown link, nothing to answer, a code that does not hold.
 */
export async function checkCode(
  { clock, database }: Context,
  { token, ...given }: Asked,
): Promise<Outcome<{ until: string }>> {
  const now = clock.now();
  return database.asSystem(async (tx): Promise<Outcome<{ until: string }>> => {
    const found = await holdAcceptance(tx, token, now);
    if (!found.ok) return found;
    const shown = found.value;
    if (!isAnswerable(shown)) return refused({ code: 'request-not-open', state: shown.standing });
    const { areGuessed } = await proofsOf(tx, shown, now);
    if (areGuessed) return refused({ code: 'code-refused' });
    const proved = await proveByCode(tx, shown, given, now.toString());
    if (!proved.ok) return proved;
    await proved.value.settle(false);
    const proofHash = hashOf(given.proof);
    const until = await prolongCode(tx, shown, { proofHash, minutes: CODE_MINUTES, now: now.toString() });
    return accepted({ until: Temporal.Instant.from(until).toString() });
  });
}
