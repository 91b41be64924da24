import { openQueue } from '../server/jobs/queue.ts';
import { type Delivering, deliverEvents } from '../server/webhooks/deliver-events.ts';
import type { TestDeployment } from './deployment.ts';

type Options = Partial<Pick<Delivering, 'reach' | 'strikeDelivery' | 'pauseSeconds'>> & {
  /** How often attempts that a killed server left behind are looked for. */
  readonly looksForLostEverySeconds?: number;
};

/** What a server runs beside its routes to deliver events; without pauses between attempts unless told otherwise. Answers how to stop it. */
export async function startWorker(deployment: TestDeployment, options: Options = {}): Promise<() => Promise<void>> {
  const { reach = () => 'trial' as const, strikeDelivery, pauseSeconds = 0, looksForLostEverySeconds } = options;
  const { context, connectionString, url } = deployment;
  const looks = looksForLostEverySeconds === undefined ? {} : { looksForLostEverySeconds };
  const queue = await openQueue(connectionString, context.log, looks);
  const parts = { context, queue, publicUrl: () => url, reach, strikeDelivery, pauseSeconds, looksEveryMs: 20 };
  const delivering = await deliverEvents(parts);
  return async () => {
    await delivering.stop();
    await queue.stop();
  };
}
