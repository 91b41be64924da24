import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import type { Mount } from '../http/mount.ts';
import { NO_FAULTS } from './fault-rules.ts';
import {
  completeProvisioning,
  destinationOf,
  inSandbox,
  loadScenario,
  moveClock,
  type Scenarios,
  setFaults,
} from './sandbox.ts';
import { seedSubscription } from './seed-subscription.ts';

/** Mounted in a sandbox alone; no sign-in, so that scripts can prepare a world. */
export function sandboxRoutes(mount: Mount, context: Context, deployment: Deployment, scenarios: Scenarios): void {
  mount.open('showSandbox', () =>
    inSandbox(context, deployment, async () =>
      accepted({
        now: context.clock.now().toString(),
        scenarios: Object.keys(scenarios) as (keyof Scenarios)[],
        faults: deployment.faults,
      }),
    ),
  );
  mount.open('moveClock', ({ body }) =>
    inSandbox(context, deployment, async () => {
      const to = destinationOf(context.clock.now(), body);
      if (!to.ok) return to;
      const moved = await moveClock(context, deployment, to.value);
      return moved.ok ? accepted({ now: moved.value.toString() }) : moved;
    }),
  );
  mount.open('resetSandbox', ({ body: { scenario } }) =>
    inSandbox(context, deployment, async () => {
      const customers = await loadScenario(context, deployment, scenarios, scenario);
      return accepted({ scenario, now: context.clock.now().toString(), customers });
    }),
  );
  mount.open('setFaults', ({ body }) =>
    inSandbox(context, deployment, async () => accepted(await setFaults(context, deployment, body))),
  );
  mount.open('clearFaults', () =>
    inSandbox(context, deployment, async () => {
      await setFaults(context, deployment, NO_FAULTS);
      return accepted(undefined);
    }),
  );
  mount.open('seedSubscription', ({ body }) => inSandbox(context, deployment, () => seedSubscription(context, body)));
  mount.open('completeProvisioning', ({ params, body }) =>
    inSandbox(context, deployment, () => completeProvisioning(context, params, body.provisioning)),
  );
}
