/** Where each page is. Ids in a path are opaque; what a page shows besides stands in its query. */
export const paths = {
  signIn: '/signin',
  customers: '/customers',
  subscriptions: (customerId: string) => `/customers/${customerId}/subscriptions`,
  upgrade: (customerId: string, subscriptionId: string) =>
    `/customers/${customerId}/subscriptions/${subscriptionId}/upgrade`,
  history: (customerId: string) => `/customers/${customerId}/history`,
  result: (customerId: string, upgradeId: string) => `/customers/${customerId}/upgrades/${upgradeId}`,
  apiClients: '/settings/api-clients',
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
