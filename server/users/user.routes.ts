import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { updateUser } from './update-user.ts';

export function userRoutes(mount: Mount): void {
  mount.signedIn('setUsageLocation', async ({ call, params, body }) => {
    const updated = await updateUser(call, params, { usage_location: body.usageLocation });
    return updated.ok ? accepted(undefined) : updated;
  });
}
