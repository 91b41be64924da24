import { apiClientEndpoints } from './api-clients.ts';
import { catalogEndpoints } from './catalog.ts';
import { customerEndpoints } from './customers.ts';
import { ledgerEndpoints } from './ledger.ts';
import { sandboxEndpoints } from './sandbox.ts';
import { sessionEndpoints } from './sessions.ts';
import { subscriptionEndpoints } from './subscriptions.ts';
import { upgradeEndpoints } from './upgrades.ts';

/** The whole of our own API. Server, client and reference are made from this table. */
export const endpoints = {
  ...sessionEndpoints,
  ...customerEndpoints,
  ...subscriptionEndpoints,
  ...upgradeEndpoints,
  ...ledgerEndpoints,
  ...catalogEndpoints,
  ...apiClientEndpoints,
  ...sandboxEndpoints,
};
export type Endpoints = typeof endpoints;
