import { createBrowserRouter, redirect, type RouteObject } from 'react-router';
import { prefetch, prefetchPages } from './api/query.ts';
import { asking } from './asking.ts';
import { platformOf } from './catalogue/address.ts';
import { callForCampaigns } from './campaigns/call-for-campaigns.ts';
import { callForCustomers } from './customers/call-for-customers.ts';
import { callForDeadlines } from './deadlines/call-for-deadlines.ts';
import { CrashPage } from './frame/CrashPage.tsx';
import { Frame } from './frame/Frame.tsx';
import { NotFoundPage } from './frame/NotFoundPage.tsx';
import { paths } from './paths.ts';
import { settingsRoute } from './settings/settings-route.tsx';
import { callForLicenses } from './licenses/call-for-licenses.ts';
import { callForUsers } from './users/call-for-users.ts';
import { callForUpgrades, filtersOf } from './upgrades/call-for-upgrades.ts';

export const router = createBrowserRouter([
  {
    path: paths.signIn,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    ...asking((language) => prefetch(language, 'listSignInWays', {})),
    lazy: async () => ({ Component: (await import('./sessions/SignInPage.tsx')).SignInPage }),
  },
  {
    path: paths.setUp,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    ...asking((language) => prefetch(language, 'listSignInWays', {})),
    lazy: async () => ({ Component: (await import('./sessions/SetUpPage.tsx')).SetUpPage }),
  },
  {
    path: paths.join,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    lazy: async () => ({ Component: (await import('./sessions/JoinPage.tsx')).JoinPage }),
  },
  {
    path: paths.accept,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    lazy: async () => ({ Component: (await import('./acceptance/AcceptPage.tsx')).AcceptPage }),
  },
  {
    path: '/',
    element: <Frame />,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    ...asking((language) => prefetch(language, 'showSession', {})),
    children: inFrame([
      { index: true, loader: () => redirect(paths.customers) },
      {
        path: 'customers',
        ...asking((language, _ids, get) => prefetchPages(language, 'listCustomers', callForCustomers(get))),
        lazy: async () => ({ Component: (await import('./customers/CustomersPage.tsx')).CustomersPage }),
      },
      {
        path: 'customers/:customerId',
        ...asking((language, { customerId }) => prefetch(language, 'showCustomer', { params: { customerId } })),
        lazy: async () => ({ Component: (await import('./customers/CustomerPage.tsx')).CustomerPage }),
        children: [
          { index: true, loader: ({ params }) => redirect(paths.subscriptions(params['customerId'] ?? '')) },
          {
            path: 'subscriptions',
            ...asking((language, { customerId }) =>
              prefetch(language, 'listSubscriptions', { params: { customerId } }),
            ),
            lazy: async () => ({
              Component: (await import('./subscriptions/SubscriptionsPage.tsx')).SubscriptionsPage,
            }),
          },
          {
            path: 'users',
            ...asking((language, { customerId }, get) => {
              prefetch(language, 'listLicenseProducts', { params: { customerId } });
              prefetchPages(language, 'listUsers', callForUsers(customerId, get));
            }),
            lazy: async () => ({ Component: (await import('./users/UsersPage.tsx')).UsersPage }),
          },
          {
            path: 'billing',
            ...asking((language, { customerId }) =>
              prefetch(language, 'showCustomerBilling', { params: { customerId } }),
            ),
            lazy: async () => ({ Component: (await import('./billing/CustomerBillingPage.tsx')).CustomerBillingPage }),
          },
          {
            path: 'relationship',
            ...asking((language, { customerId }) => prefetch(language, 'showRelationship', { params: { customerId } })),
            lazy: async () => ({
              Component: (await import('./relationships/RelationshipPage.tsx')).RelationshipPage,
            }),
          },
          {
            path: 'history',
            ...asking((language, { customerId }) => prefetch(language, 'listUpgrades', { params: { customerId } })),
            lazy: async () => ({ Component: (await import('./upgrades/HistoryPage.tsx')).HistoryPage }),
          },
        ],
      },
      {
        path: 'customers/:customerId/subscriptions/new',
        ...asking((language, { customerId }) => {
          prefetch(language, 'showCustomer', { params: { customerId } });
          prefetch(language, 'listOffers', {});
        }),
        lazy: async () => ({ Component: (await import('./purchases/PurchasePage.tsx')).PurchasePage }),
      },
      {
        path: 'customers/:customerId/subscriptions/:subscriptionId/upgrade',
        ...asking((language, { customerId, subscriptionId }) => {
          prefetch(language, 'showCustomer', { params: { customerId } });
          prefetch(language, 'showSubscription', { params: { customerId, subscriptionId } });
          prefetch(language, 'showEligibility', { params: { customerId, subscriptionId } });
        }),
        lazy: async () => ({ Component: (await import('./upgrades/UpgradePage.tsx')).UpgradePage }),
      },
      {
        path: 'customers/:customerId/subscriptions/:subscriptionId/evidence',
        ...asking((language, { customerId, subscriptionId }, get) => {
          const params = { customerId, subscriptionId };
          prefetch(language, 'showCustomer', { params: { customerId } });
          prefetch(language, 'showEvidence', { params, query: { to: get('to') ?? '' } });
        }),
        lazy: async () => ({ Component: (await import('./channels/EvidencePage.tsx')).EvidencePage }),
      },
      {
        path: 'imports',
        ...asking((language) => prefetch(language, 'listImports', {})),
        lazy: async () => ({ Component: (await import('./imports/ImportsPage.tsx')).ImportsPage }),
      },
      {
        path: 'recorded-subscriptions/import',
        lazy: async () => ({ Component: (await import('./channels/ImportPage.tsx')).ImportPage }),
      },
      {
        path: 'customers/:customerId/upgrades/:upgradeId',
        ...asking((language, { customerId, upgradeId }) => {
          prefetch(language, 'showCustomer', { params: { customerId } });
          prefetch(language, 'showUpgrade', { params: { customerId, upgradeId } });
          prefetch(language, 'listIssues', { params: { customerId, upgradeId } });
        }),
        lazy: async () => ({ Component: (await import('./upgrades/ResultPage.tsx')).ResultPage }),
      },
      {
        path: 'upgrades',
        ...asking((language, _ids, get) => {
          prefetch(language, 'countUpgrades', {});
          // A period is counted from a day that the session tells.
          if (get('period')) return;
          const filters = filtersOf(get, undefined);
          prefetchPages(language, 'listAllUpgrades', callForUpgrades(filters));
        }),
        lazy: async () => ({ Component: (await import('./upgrades/UpgradesPage.tsx')).UpgradesPage }),
      },
      {
        path: 'bulk',
        ...asking((language, _ids, get) => prefetchPages(language, 'listCampaigns', callForCampaigns(get))),
        lazy: async () => ({ Component: (await import('./campaigns/CampaignsPage.tsx')).CampaignsPage }),
      },
      {
        path: 'bulk/new',
        lazy: async () => ({ Component: (await import('./campaigns/NewCampaignPage.tsx')).NewCampaignPage }),
      },
      {
        path: 'bulk/:campaignId',
        ...asking((language, { campaignId }) => prefetch(language, 'showCampaign', { params: { campaignId } })),
        lazy: async () => ({ Component: (await import('./campaigns/CampaignPage.tsx')).CampaignPage }),
      },
      {
        path: 'deadlines',
        ...asking((language, _ids, get) => prefetchPages(language, 'listDeadlines', callForDeadlines(get))),
        lazy: async () => ({ Component: (await import('./deadlines/DeadlinesPage.tsx')).DeadlinesPage }),
      },
      {
        path: 'licenses',
        ...asking((language, _ids, get) => {
          prefetch(language, 'listLicenseFilters', {});
          prefetchPages(language, 'listAllLicenses', callForLicenses(get));
        }),
        lazy: async () => ({ Component: (await import('./licenses/LicensesPage.tsx')).LicensesPage }),
      },
      {
        path: 'reports',
        ...asking((language) => prefetch(language, 'reportOpportunities', {})),
        lazy: async () => ({ Component: (await import('./reports/ReportsPage.tsx')).ReportsPage }),
      },
      {
        path: 'relationships',
        lazy: async () => ({ Component: (await import('./relationships/RelationshipsPage.tsx')).RelationshipsPage }),
      },
      {
        path: 'relationships/new',
        lazy: async () => ({ Component: (await import('./relationships/RequestPage.tsx')).RequestPage }),
      },
      {
        path: 'catalogue',
        ...asking((language) => prefetch(language, 'listPriceLists', {})),
        lazy: async () => ({ Component: (await import('./catalogue/CataloguePage.tsx')).CataloguePage }),
        children: [
          {
            index: true,
            ...asking((language, _ids, get) =>
              prefetch(language, 'showUpgradeMap', { query: { platform: platformOf(get('platform')) } }),
            ),
            lazy: async () => ({ Component: (await import('./catalogue/MapPage.tsx')).MapPage }),
          },
          {
            path: 'offers',
            lazy: async () => ({ Component: (await import('./catalogue/OffersPage.tsx')).OffersPage }),
          },
          {
            path: 'prices',
            lazy: async () => ({ Component: (await import('./catalogue/PricesPage.tsx')).PricesPage }),
          },
        ],
      },
      {
        path: 'mailbox',
        ...asking((language) => prefetch(language, 'listMailbox', {})),
        lazy: async () => ({ Component: (await import('./mailbox/MailboxPage.tsx')).MailboxPage }),
      },
      settingsRoute,
      {
        path: 'account',
        ...asking((language) => {
          prefetch(language, 'showAccount', {});
          prefetch(language, 'listSessions', {});
        }),
        lazy: async () => ({ Component: (await import('./account/AccountPage.tsx')).AccountPage }),
      },
      {
        path: 'device',
        ...asking((language) => prefetch(language, 'showAccount', {})),
        lazy: async () => ({ Component: (await import('./device-codes/DevicePage.tsx')).DevicePage }),
      },
      {
        path: 'invoices',
        ...asking((language) => prefetch(language, 'listInvoices', {})),
        lazy: async () => ({ Component: (await import('./invoices/InvoicesPage.tsx')).InvoicesPage }),
      },
      {
        path: 'invoices/:invoiceNumber',
        ...asking((language, { invoiceNumber }) => prefetch(language, 'showInvoice', { params: { invoiceNumber } })),
        lazy: async () => ({ Component: (await import('./invoices/InvoicePage.tsx')).InvoicePage }),
      },
      {
        path: 'audit',
        ...asking((language) => {
          prefetch(language, 'showAuditVerification', {});
          prefetch(language, 'listAuditFilters', {});
        }),
        lazy: async () => ({ Component: (await import('./audit/AuditPage.tsx')).AuditPage }),
      },
      {
        path: 'settings/webhooks/:webhookId',
        ...asking((language, { webhookId }) => prefetch(language, 'showWebhook', { params: { webhookId } })),
        lazy: async () => ({ Component: (await import('./webhooks/WebhookPage.tsx')).WebhookPage }),
      },
      {
        path: 'sandbox',
        ...asking((language) => prefetch(language, 'showSandbox', {})),
        lazy: async () => ({ Component: (await import('./sandbox/SandboxPage.tsx')).SandboxPage }),
      },
      { path: 'help', loader: () => redirect(paths.help('switching-plans')) },
      { path: 'help/:page', lazy: async () => ({ Component: (await import('./help/HelpPage.tsx')).HelpPage }) },
      { path: '*', element: <NotFoundPage /> },
    ]),
  },
]);

/** A page that cannot be drawn leaves the frame around it. */
function inFrame(children: RouteObject[]): RouteObject[] {
  return [{ errorElement: <CrashPage />, children }];
}
