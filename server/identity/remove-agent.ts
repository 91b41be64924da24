import { refuseRemoval, refuseReturn } from '../../core/access/agent-rules.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { removeFeed } from '../deadlines/calendar-feed.store.ts';
import type { Outcome } from '../failure.ts';
import { findClientsKnownTo, revokeClientsOf } from './api-client.store.ts';
import { onAgent, recordOn } from './as-administrator.ts';
import { saveRemoval } from './colleague.store.ts';
import { closeJoinLink } from './join-link.store.ts';
import { type ListedAgent, showListed } from './list-agents.ts';
import { removeSessions } from './session.store.ts';

/**
 * Takes all access away from an agent at once: its sessions, its open link, its calendar, and the programs in its name, for good. Its row stays, with its
 * name and roles. A repeat does nothing. Refused: role, an unknown agent, and what `refuseRemoval` refuses.
 */
export async function removeAgent(call: Call, agentId: string): Promise<Outcome<undefined>> {
  const { partner } = call.actor;
  return onAgent(call, agentId, refuseRemoval, async (tx, target): Promise<Outcome<undefined>> => {
    if (target.state === 'removed') return accepted(undefined);
    const now = call.clock.now();
    await saveRemoval(tx, partner.partnerId, agentId, now);
    await removeSessions(tx, { agentId, partner });
    await closeJoinLink(tx, partner.partnerId, agentId, now);
    await removeFeed(tx, { partnerId: partner.partnerId, agentId });
    const revoked = await revokeClientsOf(tx, partner.partnerId, agentId, now);
    const secretsKnown = await findClientsKnownTo(tx, partner.partnerId, agentId);
    await recordOn(tx, call, 'agent.removed', agentId, {
      roles: target.roles,
      ...(secretsKnown.length > 0 && { secretsKnown }),
    });
    for (const clientId of revoked) await recordOn(tx, call, 'api-client.revoked', clientId);
    return accepted(undefined);
  });
}

/**
 * Takes a removed agent back with the roles and the password that it had; one who had none yet, or was waiting for another, needs a new
 * link. Refused: role, an unknown agent, and what `refuseReturn` refuses.
 */
export async function restoreAgent(call: Call, agentId: string): Promise<Outcome<ListedAgent>> {
  return onAgent(call, agentId, refuseReturn, async (tx, target): Promise<Outcome<ListedAgent>> => {
    if (target.state === 'removed') {
      await saveRemoval(tx, call.actor.partner.partnerId, agentId, null);
      await recordOn(tx, call, 'agent.restored', agentId, { roles: target.roles });
    }
    return accepted(await showListed(tx, call, agentId));
  });
}
