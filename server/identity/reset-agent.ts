import { refusePasswordReset, refuseSecondFactorReset } from '../../core/access/agent-rules.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { onAgent, recordOn } from './as-administrator.ts';
import { clearPassword, clearSecondFactor } from './colleague.store.ts';
import { type AgentWithLink, giveLink } from './invite-agent.ts';
import { removeSessions } from './session.store.ts';

/**
 * Ends an agent's password and sessions, and gives a link at which it sets another; an invited agent gets another invitation. A second
 * factor stays. Refused: role, an unknown or removed agent, and what `refusePasswordReset` refuses.
 */
export async function resetAgentPassword(call: Call, agentId: string): Promise<Outcome<AgentWithLink>> {
  const { partner } = call.actor;
  return onAgent(call, agentId, refusePasswordReset, async (tx, target): Promise<Outcome<AgentWithLink>> => {
    if (target.state === 'removed') return refused({ code: 'agent-removed' });
    await clearPassword(tx, partner.partnerId, agentId);
    await removeSessions(tx, { agentId, partner });
    await recordOn(tx, call, 'agent.password-reset', agentId);
    return accepted(await giveLink(tx, call, agentId));
  });
}

/**
 * Takes an agent's second factor away and ends its sessions; without one, nothing is done. Refused: role, an unknown or removed agent, and
 * what `refuseSecondFactorReset` refuses.
 */
export async function resetSecondFactor(call: Call, agentId: string): Promise<Outcome<undefined>> {
  const { partner } = call.actor;
  return onAgent(call, agentId, refuseSecondFactorReset, async (tx, target): Promise<Outcome<undefined>> => {
    if (target.state === 'removed') return refused({ code: 'agent-removed' });
    if (!target.secondFactor) return accepted(undefined);
    await clearSecondFactor(tx, partner.partnerId, agentId);
    await removeSessions(tx, { agentId, partner });
    await recordOn(tx, call, 'agent.second-factor-reset', agentId);
    return accepted(undefined);
  });
}
