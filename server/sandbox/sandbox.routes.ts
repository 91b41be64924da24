import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import type { Mount } from '../http/mount.ts';
import { completeProvisioning, loadScenario, moveClock, type Scenarios, seedSubscription } from './sandbox.ts';

/** Mounted only with YUKSELT_SANDBOX=1; no sign-in, so that scripts can prepare a world. */
export function sandboxRoutes(mount: Mount, context: Context, deployment: Deployment, scenarios: Scenarios): void {
  mount.open('moveClock', async ({ body }) => {
    const now = await moveClock(context, deployment, Temporal.Instant.from(body.now));
    return accepted({ now: now.toString() });
  });
  mount.open('resetSandbox', async ({ body: { scenario } }) => {
    const customers = await loadScenario(context, deployment, scenarios, scenario);
    return accepted({ scenario, now: context.clock.now().toString(), customers });
  });
  mount.open('seedSubscription', ({ body }) => seedSubscription(context, body));
  mount.open('completeProvisioning', ({ params, body }) => completeProvisioning(context, params, body.provisioning));
}
