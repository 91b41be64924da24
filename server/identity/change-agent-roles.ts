import { refuseRoles } from '../../core/access/agent-rules.ts';
import { may, type Role, ROLES } from '../../core/access/may.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { findClientsKnownTo } from './api-client.store.ts';
import { onAgent, recordOn } from './as-administrator.ts';
import { saveRoles } from './colleague.store.ts';
import { type ListedAgent, showListed } from './list-agents.ts';

/**
 * Gives an agent these roles instead of those that it has; the same ones change nothing. Refused: role, an unknown or removed agent, and
 * what `refuseRoles` refuses.
 */
export async function changeAgentRoles(
  call: Call,
  agentId: string,
  roles: readonly Role[],
): Promise<Outcome<ListedAgent>> {
  const inOrder = ROLES.filter((role) => roles.includes(role));
  const refuse = (act: Parameters<typeof refuseRoles>[0]) => refuseRoles(act, inOrder);
  return onAgent(call, agentId, refuse, async (tx, target): Promise<Outcome<ListedAgent>> => {
    if (target.state === 'removed') return refused({ code: 'agent-removed' });
    if (ROLES.some((role) => target.roles.includes(role) !== inOrder.includes(role))) {
      await saveRoles(tx, call.actor.partner.partnerId, agentId, inOrder);
      const { partnerId } = call.actor.partner;
      const secretsKnown = may(inOrder, 'manageApiClients') ? [] : await findClientsKnownTo(tx, partnerId, agentId);
      const after = { roles: inOrder, ...(secretsKnown.length > 0 && { secretsKnown }) };
      const details = { before: { roles: target.roles }, after };
      await recordOn(tx, call, 'agent.roles-changed', agentId, details);
    }
    return accepted(await showListed(tx, call, agentId));
  });
}
