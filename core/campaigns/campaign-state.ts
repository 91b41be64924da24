/** In the order in which a campaign goes through them. */
export const CAMPAIGN_STATES = [
  'planning',
  'planned',
  'waitingForApproval',
  'scheduled',
  'running',
  'pausing',
  'paused',
  'stopped',
  'done',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export type CampaignAct =
  | 'change'
  | 'delete'
  | 'renew'
  | 'submit'
  | 'approve'
  | 'reject'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'retry';

/** From which states an act is possible. What is under way is never taken back: a row that has begun is finished. */
const POSSIBLE: Readonly<Record<CampaignAct, readonly CampaignState[]>> = {
  change: ['planned'],
  // Only what never ran: what it has sent is told by the others' reports.
  delete: ['planning', 'planned'],
  renew: ['planned', 'paused', 'stopped', 'done'],
  submit: ['planned'],
  approve: ['waitingForApproval'],
  reject: ['waitingForApproval'],
  pause: ['running'],
  resume: ['pausing', 'paused'],
  stop: ['waitingForApproval', 'scheduled', 'running', 'pausing', 'paused'],
  retry: ['running', 'paused', 'done'],
};

export function isPossible(act: CampaignAct, state: CampaignState): boolean {
  return POSSIBLE[act].includes(state);
}

export const CAMPAIGN_ACTS = Object.keys(POSSIBLE) as readonly CampaignAct[];

/** States in which what is eligible is only planned, and nobody has asked for it to be done. */
export function isDraft(state: CampaignState): boolean {
  return state === 'planning' || state === 'planned';
}
