import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { type ChangeStream, openChangeStream } from './change-stream.ts';
import { type Followers, MOST_OF_AGENT } from './followers.ts';

/** A stream of what changes for the partner from now on; it ends with the session. Refused: role, too many of one agent. */
export async function followChanges({ actor }: Call, followers: Followers): Promise<Outcome<ChangeStream['body']>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { agentId, partner, sessionId } = actor;
  const stream = openChangeStream();
  const follower = { partnerId: partner.partnerId, agentId, sessionId, ...stream };
  stream.body.once('close', () => followers.leave(follower));
  if (!(await followers.join(follower))) return refused({ code: 'too-many-streams', limit: MOST_OF_AGENT });
  return accepted(stream.body);
}
