import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { leaveUpgrade, visitUpgrade } from './visit-upgrade.ts';

export function visitRoutes(mount: Mount): void {
  mount.signedIn('visitUpgrade', async ({ call, params }) => {
    const visited = await visitUpgrade(call, params);
    if (!visited.ok) return visited;
    const { others, until } = visited.value;
    return accepted({
      others: others.map(({ displayName, since }) => ({ displayName, since: Temporal.Instant.from(since).toString() })),
      until: until.toString(),
    });
  });
  mount.signedIn('leaveUpgrade', ({ call, params }) => leaveUpgrade(call, params));
}
