/** Where each page is. Ids in a path are opaque; what a page shows besides stands in its query. */
export const paths = {
  signIn: '/signin',
  setUp: '/setup',
  account: '/account',
  customers: '/customers',
  /** Customers with a subscription that could go along a path. */
  customersOnPath: (pathId: string) => `/customers?${new URLSearchParams({ path: pathId }).toString()}`,
  subscriptions: (customerId: string) => `/customers/${customerId}/subscriptions`,
  newSubscription: (customerId: string) => `/customers/${customerId}/subscriptions/new`,
  evidence: (customerId: string, subscriptionId: string, targetOfferId: string) =>
    `/customers/${customerId}/subscriptions/${subscriptionId}/evidence?to=${targetOfferId}`,
  imports: '/imports',
  recordImport: '/recorded-subscriptions/import',
  upgrade: (customerId: string, subscriptionId: string) =>
    `/customers/${customerId}/subscriptions/${subscriptionId}/upgrade`,
  users: (customerId: string) => `/customers/${customerId}/users`,
  customerBilling: (customerId: string) => `/customers/${customerId}/billing`,
  relationship: (customerId: string) => `/customers/${customerId}/relationship`,
  relationships: '/relationships',
  /** Asks a customer, or a new one; with the roles that are missing filled in. */
  newRequest: ({ customerId, roles = [] }: { readonly customerId?: string; readonly roles?: readonly string[] }) => {
    const search = new URLSearchParams({
      ...(customerId && { customer: customerId }),
      ...(roles.length > 0 && { roles: roles.join(',') }),
    }).toString();
    return search ? `/relationships/new?${search}` : '/relationships/new';
  },
  accept: '/accept',
  mailbox: '/mailbox',
  history: (customerId: string) => `/customers/${customerId}/history`,
  result: (customerId: string, upgradeId: string) => `/customers/${customerId}/upgrades/${upgradeId}`,
  upgrades: '/upgrades',
  campaigns: '/bulk',
  /** With the path filled in, and what customers are searched by. */
  newCampaign: (path?: { readonly from?: string; readonly to?: string; readonly q?: string }) =>
    path ? `/bulk/new?${new URLSearchParams(path).toString()}` : '/bulk/new',
  campaign: (campaignId: string) => `/bulk/${campaignId}`,
  deadlines: '/deadlines',
  licenses: '/licenses',
  reports: '/reports',
  settings: '/settings',
  join: '/join',
  agents: '/settings/agents',
  roles: '/settings/roles',
  apiClients: '/settings/api-clients',
  signInSettings: '/settings/sign-in',
  billingSettings: '/settings/billing',
  generalSettings: '/settings/general',
  audit: '/audit',
  invoices: '/invoices',
  invoice: (invoiceNumber: string) => `/invoices/${invoiceNumber}`,
  webhooks: '/settings/webhooks',
  webhook: (webhookId: string) => `/settings/webhooks/${webhookId}`,
  deadLetters: '/settings/undelivered',
  approvalRules: '/settings/approvals',
  catalogue: '/catalogue',
  offerOnMap: (platform: string, offer: string) => `/catalogue?${new URLSearchParams({ platform, offer }).toString()}`,
  offers: '/catalogue/offers',
  prices: '/catalogue/prices',
  sandbox: '/sandbox',
  help: (page: HelpPage) => `/help/${page}`,
};

export const HELP_PAGES = [
  'switching-plans',
  'requesting-privileges',
  'billing-scenarios',
  'reassigning-licenses',
] as const;
export type HelpPage = (typeof HELP_PAGES)[number];
