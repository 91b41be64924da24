import type { Route } from './endpoint.ts';

/** Method and path of every endpoint, apart from the schemas: a browser that calls them need not carry those. */
export const routes = {
  listSignInWays: { method: 'GET', path: '/api/sign-in' },
  signIn: { method: 'POST', path: '/api/sessions' },
  showSession: { method: 'GET', path: '/api/sessions/current' },
  signOut: { method: 'DELETE', path: '/api/sessions/current' },
  setUp: { method: 'POST', path: '/api/setup' },

  listCustomers: { method: 'GET', path: '/api/customers' },
  showCustomer: { method: 'GET', path: '/api/customers/:customerId' },

  listSubscriptions: { method: 'GET', path: '/api/customers/:customerId/subscriptions' },
  showSubscription: { method: 'GET', path: '/api/customers/:customerId/subscriptions/:subscriptionId' },
  showEligibility: { method: 'GET', path: '/api/customers/:customerId/subscriptions/:subscriptionId/eligibility' },
  previewSeats: { method: 'POST', path: '/api/customers/:customerId/subscriptions/:subscriptionId/seats/preview' },
  changeSeats: { method: 'PUT', path: '/api/customers/:customerId/subscriptions/:subscriptionId/seats' },

  quoteUpgrade: { method: 'POST', path: '/api/customers/:customerId/subscriptions/:subscriptionId/quotes' },
  showQuote: { method: 'GET', path: '/api/customers/:customerId/quotes/:quoteId' },
  submitQuote: { method: 'POST', path: '/api/customers/:customerId/quotes/:quoteId/submit' },
  listUpgrades: { method: 'GET', path: '/api/customers/:customerId/upgrades' },
  showUpgrade: { method: 'GET', path: '/api/customers/:customerId/upgrades/:upgradeId' },
  listIssues: { method: 'GET', path: '/api/customers/:customerId/upgrades/:upgradeId/issues' },
  resolveIssues: { method: 'POST', path: '/api/customers/:customerId/upgrades/:upgradeId/issues/resolve' },

  listCharges: { method: 'GET', path: '/api/customers/:customerId/subscriptions/:subscriptionId/charges' },

  listOffers: { method: 'GET', path: '/api/offers' },
  listPaths: { method: 'GET', path: '/api/paths' },
  switchPath: { method: 'PUT', path: '/api/paths/:pathId' },
  removePathSwitch: { method: 'DELETE', path: '/api/paths/:pathId' },

  listApiClients: { method: 'GET', path: '/api/api-clients' },
  createApiClient: { method: 'POST', path: '/api/api-clients' },
  rotateSecret: { method: 'POST', path: '/api/api-clients/:clientId/rotate' },
  revokeApiClient: { method: 'DELETE', path: '/api/api-clients/:clientId' },

  showSandbox: { method: 'GET', path: '/api/sandbox' },
  moveClock: { method: 'POST', path: '/api/sandbox/clock' },
  resetSandbox: { method: 'POST', path: '/api/sandbox/reset' },
  setFaults: { method: 'PUT', path: '/api/sandbox/faults' },
  clearFaults: { method: 'DELETE', path: '/api/sandbox/faults' },
  seedSubscription: { method: 'POST', path: '/api/sandbox/subscriptions' },
  completeProvisioning: {
    method: 'POST',
    path: '/api/sandbox/customers/:customerId/subscriptions/:subscriptionId/provisioning',
  },
} as const satisfies Record<string, Route>;
