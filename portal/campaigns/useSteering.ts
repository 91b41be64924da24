import { useAct } from '../api/query.ts';

/** The acts that need no question, and what came of the last one. */
export function useSteering() {
  const pause = useAct('pauseCampaign');
  const resume = useAct('resumeCampaign');
  const renew = useAct('renewCampaign');
  const change = useAct('changeCampaignRows');
  const retry = useAct('retryCampaign');
  const all = [pause, resume, renew, retry, change];
  return {
    pause: pause.mutate,
    resume: resume.mutate,
    renew: renew.mutate,
    retry: retry.mutate,
    change: change.mutate,
    busy: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error)?.error ?? null,
  };
}

export type Steering = ReturnType<typeof useSteering>;
