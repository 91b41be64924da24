export const ROLES = [
  'globalAdmin',
  'userManagementAdmin',
  'adminAgent',
  'salesAgent',
  'helpdeskAgent',
  'billingAdmin',
] as const;
export type Role = (typeof ROLES)[number];

export type Action =
  | 'view'
  | 'upgrade'
  | 'resolveIssues'
  | 'changeSeats'
  | 'viewBills'
  | 'switchPaths'
  | 'manageWebhooks';

const UPGRADERS = ['globalAdmin', 'userManagementAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent'] as const;

/** Who may do what: role x action (R1, S4; commerce rules 5.1). A Global admin buys through an agent role, not by being one. */
const MAY: Readonly<Record<Action, readonly Role[]>> = {
  view: ROLES,
  upgrade: UPGRADERS,
  resolveIssues: UPGRADERS,
  changeSeats: ['adminAgent', 'salesAgent'],
  viewBills: ['globalAdmin', 'adminAgent', 'salesAgent', 'userManagementAdmin', 'billingAdmin'],
  switchPaths: ['globalAdmin', 'adminAgent'],
  manageWebhooks: ['globalAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent', 'billingAdmin'],
};

/** One role is enough (S4). */
export function may(roles: readonly Role[], action: Action): boolean {
  return roles.some((role) => MAY[action].includes(role));
}

/** Whom to ask when one's own role is not enough. */
export function rolesThatMay(action: Action): readonly Role[] {
  return MAY[action];
}
