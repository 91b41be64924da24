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
  | 'assignLicenses'
  | 'changeSeats'
  | 'purchase'
  | 'manageCustomers'
  | 'viewBills'
  | 'switchPaths'
  | 'manageApiClients'
  | 'manageWebhooks'
  | 'manageUsers';

const UPGRADERS = ['globalAdmin', 'userManagementAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent'] as const;

/** Who may do what: role x action (R1, S4; commerce rules 5.1). A Global admin buys through an agent role, not by being one. */
const MAY: Readonly<Record<Action, readonly Role[]>> = {
  view: ROLES,
  upgrade: UPGRADERS,
  resolveIssues: UPGRADERS,
  assignLicenses: UPGRADERS,
  changeSeats: ['adminAgent', 'salesAgent'],
  purchase: ['adminAgent', 'salesAgent'],
  manageCustomers: ['adminAgent', 'salesAgent'],
  viewBills: ['globalAdmin', 'adminAgent', 'salesAgent', 'userManagementAdmin', 'billingAdmin'],
  switchPaths: ['globalAdmin', 'adminAgent'],
  // No source names a role: whoever may act for every customer may let a program do so.
  manageApiClients: ['globalAdmin', 'adminAgent'],
  manageWebhooks: ['globalAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent', 'billingAdmin'],
  // Only an Admin agent acts on behalf of a customer; a User management admin manages the partner's own users.
  manageUsers: ['globalAdmin', 'adminAgent'],
};

/** One role is enough (S4). */
export function may(roles: readonly Role[], action: Action): boolean {
  return roles.some((role) => MAY[action].includes(role));
}

/**
 * The roles that an agent may give an API client: its own, so that nobody reaches further through a program, and Admin agent, as which
 * programs act unless told otherwise; whoever manages clients holds it, or is the Global admin who gives it to colleagues.
 */
export function rolesToGive(held: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => role === 'adminAgent' || held.includes(role));
}

/** Whom to ask when one's own role is not enough. */
export function rolesThatMay(action: Action): readonly Role[] {
  return MAY[action];
}
