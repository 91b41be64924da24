import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { recordOn } from './as-administrator.ts';
import { lockAgents } from './colleague.store.ts';
import { findJoinLink, isAddressTaken, type JoinLink, removeJoinLink, savePassword } from './join-link.store.ts';
import { hashOfToken, type NewSession, openSession } from './open-session.ts';
import { checkNewPassword, hashPassword } from './password.ts';
import type { Origin } from './sign-in.ts';

/** Whose a link is. Refused: used, replaced, too old, made up, or of somebody who was removed; which of them is not said. */
export async function showJoinLink({ database, clock }: Context, token: string): Promise<Outcome<JoinLink>> {
  const found = await database.asSystem((tx) => findJoinLink(tx, hashOfToken(token), clock.now().toString()));
  return found ? accepted(found) : refused({ code: 'link-not-valid' });
}

/**
 * Sets a password with a link, which is used up by it, and signs in. Whoever has a second factor is not signed in by the link alone.
 * Refused: a link that is not valid, a password that is easy to guess, an address that another account has.
 */
export async function join(
  context: Context,
  token: string,
  password: string,
  origin: Origin,
): Promise<Outcome<NewSession | undefined>> {
  const { database, clock } = context;
  const tokenHash = hashOfToken(token);
  const shown = await showJoinLink(context, token);
  if (!shown.ok) return shown;
  const { email, displayName, partner } = shown.value.actor;
  const strong = checkNewPassword(password, { email, displayName, partnerName: partner.name });
  if (!strong.ok) return strong;
  const passwordHash = await hashPassword(password, context.passwordCost);
  return database.asSystem(async (tx): Promise<Outcome<NewSession | undefined>> => {
    // Whoever removes the agent meanwhile comes before or after, never between.
    await lockAgents(tx, shown.value.actor.partner.partnerId);
    const link = await findJoinLink(tx, tokenHash, clock.now().toString());
    if (!link) return refused({ code: 'link-not-valid' });
    if (await isAddressTaken(tx, link.actor)) return refused({ code: 'address-in-use' });
    await removeJoinLink(tx, link.actor.partner.partnerId, link.actor.agentId);
    await savePassword(tx, link.actor, passwordHash);
    const call = { ...context, actor: link.actor, correlationId: origin.correlationId ?? context.newId() };
    await recordOn(tx, call, link.invited ? 'agent.joined' : 'agent.password-changed', link.actor.agentId);
    if (link.secondFactor) return accepted(undefined);
    return accepted(await openSession(context, tx, link.actor, { by: 'password', ...origin }));
  });
}
