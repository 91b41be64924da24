import type { ChangeOnWire, Topic } from '../../contract/changes.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

type Name = keyof Endpoints;

const SUBSCRIPTIONS: readonly Name[] = [
  'listOverlaps',
  'listSubscriptions',
  'listRecordedSubscriptions',
  'showSubscription',
  'showEligibility',
  'showEvidence',
  'showCustomer',
  'showScheduledChange',
  'listLicenseProducts',
  'countUpgradable',
];
const BILLING: readonly Name[] = [
  'showCustomerBilling',
  'showNextInvoice',
  'listCustomerCharges',
  'listBilledUpgrades',
];
const UPGRADES: readonly Name[] = ['listAllUpgrades', 'countUpgrades', 'listUpgrades', 'showUpgrade', 'listIssues'];
const USERS: readonly Name[] = ['listUsers', 'listLicenseProducts', 'listOverlaps'];
const CATALOG: readonly Name[] = [
  'showUpgradeMap',
  'listOffers',
  'listPriceLists',
  'listPrices',
  'showEligibility',
  'listSubscriptions',
];
const RELATIONSHIPS: readonly Name[] = [
  'listRelationships',
  'listRelationshipRequests',
  'showRelationship',
  'showCustomer',
];

/** The questions whose answers a change may have made old. */
const SHOWN: Readonly<Record<Topic, readonly Name[]>> = {
  agents: ['listAgents', 'listAgentsThatMay'],
  campaigns: ['listCampaigns', 'showCampaign', 'listCampaignRows', 'showCampaignPace'],
  catalog: CATALOG,
  customers: ['showCustomer', 'showMargin', 'listSubscriptions', 'showEligibility'],
  imports: ['listImports', 'showImport', 'listImportVersions', ...CATALOG],
  issues: [...UPGRADES, ...USERS],
  licenses: [...USERS, 'listSubscriptions', 'showSubscription'],
  relationships: [...RELATIONSHIPS, 'listSubscriptions', 'showSubscription', 'showEligibility'],
  settings: [
    'showSettings',
    'showApprovalPolicy',
    'showBillingSettings',
    'listApiClients',
    'listIdentityProviders',
    'listWebhooks',
    'listDeadLetters',
  ],
  subscriptions: [...SUBSCRIPTIONS, ...BILLING],
  upgrades: [...UPGRADES, ...SUBSCRIPTIONS, ...BILLING, 'listUsers'],
  users: USERS,
  visits: ['visitUpgrade'],
  watches: ['listWatches', 'showEvidence'],
};

/** Lists that are read from the top and whose rows would move under the reader: they are asked anew when they are opened again. */
const AT_NEXT_SIGHT: ReadonlySet<unknown> = new Set<Name>(['listCustomers', 'listDeadlines']);

/** What goes on by itself between two acts, of which alone is told. */
const MOVING: ReadonlySet<Name> = new Set(['listCampaigns', 'showCampaign', 'listCampaignRows', 'showImport']);

/** Questions that need not be asked again and again while changes are followed. */
const FOLLOWED: ReadonlySet<unknown> = new Set<Name>(
  Object.values(SHOWN)
    .flat()
    .filter((name) => !MOVING.has(name)),
);

export const isFollowed = (name: Name): boolean => FOLLOWED.has(name);
export const waitsForNextSight = ([name]: readonly unknown[]): boolean => AT_NEXT_SIGHT.has(name);

/** Whether the answer to a question, as its key names it, may be old after a change. */
export function isTouched([name, call]: readonly unknown[], { topic, customerId }: ChangeOnWire): boolean {
  if (!(SHOWN[topic] as readonly unknown[]).includes(name)) return false;
  const { params } = (call ?? {}) as { params?: { customerId?: string } };
  return customerId === null || params?.customerId === undefined || params.customerId === customerId;
}
