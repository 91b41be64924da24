import { accountEndpoints } from './account.ts';
import { agentEndpoints } from './agents.ts';
import { acceptanceEndpoints } from './acceptance.ts';
import { apiClientEndpoints } from './api-clients.ts';
import { auditEndpoints } from './audit.ts';
import { approvalEndpoints } from './approvals.ts';
import { billingSettingsEndpoints } from './billing-settings.ts';
import { campaignEndpoints } from './campaigns.ts';
import { catalogEndpoints } from './catalog.ts';
import { changeEndpoints } from './changes.ts';
import { comparisonEndpoints } from './comparison.ts';
import { customerBillingEndpoints } from './customer-billing.ts';
import { customerEndpoints } from './customers.ts';
import { deadLetterEndpoints } from './dead-letters.ts';
import { deadlineEndpoints } from './deadlines.ts';
import { deviceCodeEndpoints } from './device-codes.ts';
import { erasureEndpoints } from './erasure.ts';
import { exportEndpoints } from './exports.ts';
import { lifecycleEndpoints } from './lifecycle.ts';
import { identityProviderEndpoints } from './identity-providers.ts';
import { importEndpoints } from './imports.ts';
import { invoiceEndpoints } from './invoices.ts';
import { ledgerEndpoints } from './ledger.ts';
import { licenseEndpoints } from './licenses.ts';
import { licenseListEndpoints } from './license-list.ts';
import { overlapEndpoints } from './overlaps.ts';
import { priceEndpoints } from './prices.ts';
import { purchaseEndpoints } from './purchases.ts';
import { roleEndpoints } from './roles.ts';
import { reportEndpoints } from './reports.ts';
import { recordedSubscriptionEndpoints } from './recorded-subscriptions.ts';
import { mailboxEndpoints } from './mailbox.ts';
import { relationshipEndpoints } from './relationships.ts';
import { sandboxEndpoints } from './sandbox.ts';
import { searchEndpoints } from './search.ts';
import { sessionEndpoints } from './sessions.ts';
import { settingsEndpoints } from './settings.ts';
import { subscriptionEndpoints } from './subscriptions.ts';
import { upgradeMapEndpoints } from './upgrade-map.ts';
import { upgradeListEndpoints } from './upgrade-list.ts';
import { upgradeEndpoints } from './upgrades.ts';
import { userEndpoints } from './users.ts';
import { webhookEndpoints } from './webhooks.ts';
import { visitEndpoints } from './visits.ts';
import { watchEndpoints } from './watches.ts';

/** The whole of our own API. Server, client and reference are made from this table. */
export const endpoints = {
  ...sessionEndpoints,
  ...deviceCodeEndpoints,
  ...accountEndpoints,
  ...searchEndpoints,
  ...changeEndpoints,
  ...customerEndpoints,
  ...erasureEndpoints,
  ...relationshipEndpoints,
  ...acceptanceEndpoints,
  ...mailboxEndpoints,
  ...subscriptionEndpoints,
  ...lifecycleEndpoints,
  ...purchaseEndpoints,
  ...recordedSubscriptionEndpoints,
  ...userEndpoints,
  ...licenseEndpoints,
  ...licenseListEndpoints,
  ...overlapEndpoints,
  ...watchEndpoints,
  ...upgradeEndpoints,
  ...upgradeListEndpoints,
  ...visitEndpoints,
  ...comparisonEndpoints,
  ...approvalEndpoints,
  ...campaignEndpoints,
  ...ledgerEndpoints,
  ...customerBillingEndpoints,
  ...invoiceEndpoints,
  ...catalogEndpoints,
  ...importEndpoints,
  ...upgradeMapEndpoints,
  ...priceEndpoints,
  ...agentEndpoints,
  ...roleEndpoints,
  ...apiClientEndpoints,
  ...identityProviderEndpoints,
  ...deadlineEndpoints,
  ...reportEndpoints,
  ...auditEndpoints,
  ...settingsEndpoints,
  ...billingSettingsEndpoints,
  ...webhookEndpoints,
  ...deadLetterEndpoints,
  ...exportEndpoints,
  ...sandboxEndpoints,
};
export type Endpoints = typeof endpoints;
