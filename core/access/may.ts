export const ROLES = [
  'globalAdmin',
  'userManagementAdmin',
  'adminAgent',
  'salesAgent',
  'helpdeskAgent',
  'billingAdmin',
] as const;
export type Role = (typeof ROLES)[number];

const UPGRADERS = ['globalAdmin', 'userManagementAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent'] as const;
const ADMINISTRATORS = ['globalAdmin', 'adminAgent'] as const;

/** Who may do what: role x action (R1, S4; commerce rules 5.1). A Global admin buys through an agent role, not by being one. */
const MAY = {
  view: ROLES,
  upgrade: UPGRADERS,
  // No source knows approvals: whoever answers for the partner's acts.
  approveUpgrades: ADMINISTRATORS,
  // A thousand customers at once: those who answer for all of them.
  runCampaigns: ADMINISTRATORS,
  resolveIssues: UPGRADERS,
  assignLicenses: UPGRADERS,
  changeSeats: ['adminAgent', 'salesAgent'],
  // The permissions overview calls it subscription management, and gives it to the two that buy.
  manageSubscriptions: ['adminAgent', 'salesAgent'],
  purchase: ['adminAgent', 'salesAgent'],
  manageCustomers: ['adminAgent', 'salesAgent'],
  requestRelationship: ['globalAdmin', 'adminAgent', 'salesAgent'],
  // M6 names three roles; an Admin agent may whatever a Sales agent may.
  recordSubscriptions: ['globalAdmin', 'userManagementAdmin', 'adminAgent', 'salesAgent'],
  viewBills: ['globalAdmin', 'adminAgent', 'salesAgent', 'userManagementAdmin', 'billingAdmin'],
  // A Sales agent sees a part of the bill: the charges of a subscription.
  viewInvoices: ['globalAdmin', 'adminAgent', 'userManagementAdmin', 'billingAdmin'],
  // What upgrades bring is for those who answer for the business, not for the help desk.
  viewReports: ['globalAdmin', 'adminAgent', 'salesAgent', 'billingAdmin'],
  switchPaths: ADMINISTRATORS,
  // Several roles see prices (5.1); what all sell by is for those who answer for it.
  importPrices: ADMINISTRATORS,
  // The roles that manage a partner's own users.
  manageAgents: ['globalAdmin', 'userManagementAdmin'],
  // No source names a role: whoever may act for every customer may let a program do so.
  manageApiClients: ADMINISTRATORS,
  manageWebhooks: ['globalAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent', 'billingAdmin'],
  // What could not be told to others is for those who set up whom to tell, and who read the log.
  manageDeadLetters: ADMINISTRATORS,
  // All that a partner has at once.
  exportData: ADMINISTRATORS,
  // Nobody can undo it.
  erasePersonalData: ['globalAdmin'],
  // Only an Admin agent acts on behalf of a customer; a User management admin manages the partner's own users.
  manageUsers: ADMINISTRATORS,
  viewAudit: ADMINISTRATORS,
  changeSettings: ['globalAdmin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof MAY;
export const ACTIONS = Object.keys(MAY) as readonly Action[];

/** One role is enough (S4). */
export function may(roles: readonly Role[], action: Action): boolean {
  return roles.some((role) => rolesThatMay(action).includes(role));
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
