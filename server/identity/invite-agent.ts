import { randomBytes } from 'node:crypto';
import { rolesToAssign } from '../../core/access/agent-rules.ts';
import type { Role } from '../../core/access/may.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { asAdministrator, failureOf, recordOn } from './as-administrator.ts';
import { type AgentRecord, renewInvitation, saveAgent } from './colleague.store.ts';
import { saveJoinLink } from './join-link.store.ts';
import { type ListedAgent, showListed } from './list-agents.ts';
import { hashOfToken } from './open-session.ts';

const LINK_HOURS = 7 * 24;

export type AgentWithLink = {
  readonly agent: ListedAgent;
  readonly token: string;
  readonly expiresAt: Temporal.Instant;
};

export type Invitation = { readonly email: string; readonly displayName: string; readonly roles: readonly Role[] };

/**
 * Invites somebody. The answer is the same whether or not an agent of another partner has this address: that comes out when the link is
 * used, to whom it was meant for. An invitation of the partner that ran out gives way to a new one. Refused: role, a role that the caller may
 * not give, an address that an agent of the partner has.
 */
export async function inviteAgent(
  call: Call,
  { email, displayName, roles }: Invitation,
): Promise<Outcome<AgentWithLink>> {
  return asAdministrator(call, async (tx, { actor, colleagues }): Promise<Outcome<AgentWithLink>> => {
    const given = rolesToAssign(actor.roles);
    if (!roles.every((role) => given.includes(role))) return failureOf('global-admin-only', actor);
    const { partnerId } = call.actor.partner;
    const ranOut = colleagues.find(
      (one) => isOver(one, call.clock.now()) && one.email.toLowerCase() === email.toLowerCase(),
    );
    const agentId = ranOut?.agentId ?? call.newId();
    const agent = { partnerId, agentId, email, displayName, roles };
    if (ranOut) await renewInvitation(tx, agent);
    else if (!(await saveAgent(tx, agent))) return refused({ code: 'agent-exists' });
    await recordOn(tx, call, 'agent.invited', agentId, { roles });
    return accepted(await giveLink(tx, call, agentId));
  });
}

/** Whether it is an invitation that nobody accepted in time. */
function isOver({ state, linkUntil }: AgentRecord, now: Temporal.Instant): boolean {
  return state === 'invited' && linkUntil !== null && Temporal.Instant.compare(linkUntil, now) <= 0;
}

/** Makes a link at which an agent sets a password, in the place of the one before. Its token is in this answer alone. */
export async function giveLink(tx: Transaction, call: Call, agentId: string): Promise<AgentWithLink> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = call.clock.now().add({ hours: LINK_HOURS });
  const { partnerId } = call.actor.partner;
  await saveJoinLink(tx, { partnerId, agentId, tokenHash: hashOfToken(token), expiresAt: expiresAt.toString() });
  return { agent: await showListed(tx, call, agentId), token, expiresAt };
}
