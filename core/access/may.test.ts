import { describe, expect, it } from 'vitest';
import { type Action, ACTIONS, may, type Role, ROLES, rolesThatMay, rolesToGive } from './may.ts';

/** The whole table once more, read from commerce rules 5.1 and S4. */
const TABLE: Record<Role, Action[]> = {
  globalAdmin: [
    'view',
    'upgrade',
    'resolveIssues',
    'assignLicenses',
    'requestRelationship',
    'recordSubscriptions',
    'viewBills',
    'viewInvoices',
    'viewReports',
    'switchPaths',
    'approveUpgrades',
    'manageAgents',
    'manageApiClients',
    'manageWebhooks',
    'manageUsers',
    'viewAudit',
    'changeSettings',
    'runCampaigns',
    'importPrices',
    'manageDeadLetters',
    'exportData',
    'erasePersonalData',
  ],
  userManagementAdmin: [
    'view',
    'upgrade',
    'resolveIssues',
    'assignLicenses',
    'recordSubscriptions',
    'viewBills',
    'viewInvoices',
    'manageAgents',
  ],
  adminAgent: [
    'view',
    'upgrade',
    'resolveIssues',
    'assignLicenses',
    'changeSeats',
    'manageSubscriptions',
    'purchase',
    'manageCustomers',
    'requestRelationship',
    'recordSubscriptions',
    'viewBills',
    'viewInvoices',
    'viewReports',
    'switchPaths',
    'approveUpgrades',
    'viewAudit',
    'manageApiClients',
    'manageWebhooks',
    'manageUsers',
    'runCampaigns',
    'importPrices',
    'manageDeadLetters',
    'exportData',
  ],
  salesAgent: [
    'view',
    'upgrade',
    'resolveIssues',
    'assignLicenses',
    'changeSeats',
    'manageSubscriptions',
    'purchase',
    'manageCustomers',
    'requestRelationship',
    'recordSubscriptions',
    'viewBills',
    'viewReports',
    'manageWebhooks',
  ],
  helpdeskAgent: ['view', 'upgrade', 'resolveIssues', 'assignLicenses', 'manageWebhooks'],
  billingAdmin: ['view', 'viewBills', 'viewInvoices', 'viewReports', 'manageWebhooks'],
};

describe('who may do what (R1, S4)', () => {
  it.each(ROLES.flatMap((role) => ACTIONS.map((action) => ({ role, action, allowed: TABLE[role].includes(action) }))))(
    'a $role may $action: $allowed',
    ({ role, action, allowed }) => {
      expect(may([role], action)).toBe(allowed);
    },
  );

  it('five roles may upgrade and resolve license issues, and a Billing admin may not', () => {
    const five = ['globalAdmin', 'userManagementAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent'];
    expect(rolesThatMay('upgrade')).toEqual(five);
    expect(rolesThatMay('resolveIssues')).toEqual(five);
  });

  it.each(ACTIONS)('an agent without a role may not %s', (action) => {
    expect(may([], action)).toBe(false);
  });

  it('one role is enough, whatever the others are', () => {
    expect(may(['billingAdmin', 'helpdeskAgent'], 'upgrade')).toBe(true);
    expect(may(['helpdeskAgent', 'billingAdmin'], 'changeSeats')).toBe(false);
  });

  it('an API client gets no role that its maker does not hold, but for Admin agent', () => {
    expect(rolesToGive(['globalAdmin'])).toEqual(['globalAdmin', 'adminAgent']);
    expect(rolesToGive(['billingAdmin', 'adminAgent'])).toEqual(['adminAgent', 'billingAdmin']);
  });

  it.each(ACTIONS)('whoever is named as the one to ask may %s, and nobody else', (action) => {
    expect(ROLES.filter((role) => may([role], action)).toSorted()).toEqual([...rolesThatMay(action)].toSorted());
  });
});
