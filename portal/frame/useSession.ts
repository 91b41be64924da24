import type { ActionOnWire } from '../../contract/values.ts';
import { useAnswer } from '../api/query.ts';

const ASKED_AGAIN_MS = 60_000;

/** Who is signed in, what the roles allow, and the deployment's present moment. */
export function useSession() {
  return useAnswer('showSession', {}, { every: ASKED_AGAIN_MS });
}

/** Whether the agent may do it; false until that is known. */
export function useMay(action: ActionOnWire): boolean {
  return useSession().data?.may[action] ?? false;
}

/** Today as the deployment counts it: a sandbox moves its clock. */
export function useToday(): string | undefined {
  return useSession().data?.now.slice(0, 10);
}
