import type { Clock } from './context.ts';
import type { Database, Transaction } from './postgres/database.ts';
import type { FaultSet } from './sandbox/fault-rules.ts';

/** What the deployment remembers of itself; read at the start, and again by each request of a sandbox. */
export type Deployment = {
  /** True when the demo world was loaded: agents may be chosen at sign-in. */
  demo: boolean;
  /** How far a sandbox moved the clock. */
  clockOffsetMs: number;
  /** What a sandbox injects; nothing else asks. */
  faults: FaultSet;
};

/** The real time, moved by the sandbox; whole milliseconds, as the database and the wire keep them. */
export function createClock(deployment: Deployment): Clock {
  return { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now() + deployment.clockOffsetMs) };
}

type DeploymentRow = { readonly demo: boolean; readonly clock_offset_ms: bigint; readonly faults: FaultSet };

export async function readDeployment(database: Database): Promise<Deployment | undefined> {
  const [row] = await database.ask<DeploymentRow>('select * from deployment', [], 'deployment');
  return row && { demo: row.demo, clockOffsetMs: Number(row.clock_offset_ms), faults: row.faults };
}

export async function saveDeployment(
  tx: Transaction,
  { demo, clockOffsetMs }: Pick<Deployment, 'demo' | 'clockOffsetMs'>,
): Promise<void> {
  await tx.query(
    `insert into deployment (demo, clock_offset_ms) values ($1, $2)
     on conflict (one) do update set demo = excluded.demo, clock_offset_ms = excluded.clock_offset_ms`,
    [demo, clockOffsetMs],
  );
}
