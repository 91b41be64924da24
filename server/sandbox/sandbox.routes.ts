import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import type { Mount } from '../http/mount.ts';
import { completeProvisioning, inSandbox, loadScenario, moveClock, type Scenarios } from './sandbox.ts';
import { seedSubscription } from './seed-subscription.ts';

/** Mounted only with YUKSELT_SANDBOX=1; no sign-in, so that scripts can prepare a world. */
export function sandboxRoutes(mount: Mount, context: Context, deployment: Deployment, scenarios: Scenarios): void {
  mount.open('moveClock', ({ body }) =>
    inSandbox(context, deployment, async () => {
      const moved = await moveClock(context, deployment, Temporal.Instant.from(body.now));
      return moved.ok ? accepted({ now: moved.value.toString() }) : moved;
    }),
  );
  mount.open('resetSandbox', ({ body: { scenario } }) =>
    inSandbox(context, deployment, async () => {
      const customers = await loadScenario(context, deployment, scenarios, scenario);
      return accepted({ scenario, now: context.clock.now().toString(), customers });
    }),
  );
  mount.open('seedSubscription', ({ body }) => inSandbox(context, deployment, () => seedSubscription(context, body)));
  mount.open('completeProvisioning', ({ params, body }) =>
    inSandbox(context, deployment, () => completeProvisioning(context, params, body.provisioning)),
  );
}
