import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  redirect,
  type ShouldRevalidateFunctionArgs,
} from 'react-router';
import type { Language } from '../contract/values.ts';
import { prefetch, prefetchPages } from './api/query.ts';
import { callForCustomers } from './customers/call-for-customers.ts';
import { CrashPage } from './frame/CrashPage.tsx';
import { Frame } from './frame/Frame.tsx';
import { NotFoundPage } from './frame/NotFoundPage.tsx';
import { paths } from './paths.ts';

type Ids = { readonly customerId: string; readonly subscriptionId: string; readonly upgradeId: string };

type Asks = (language: Language, ids: Ids, search: URLSearchParams) => void;

/** Asks for a page’s data while its code is still on the way. The page never waits for it here, and asks by itself when its query changes. */
function asking(ask: Asks) {
  return {
    loader: ({ params, request }: LoaderFunctionArgs) => {
      const language = document.documentElement.lang === 'tr' ? 'tr' : 'en';
      ask(language, params as Ids, new URL(request.url).searchParams);
      return null;
    },
    shouldRevalidate: ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) =>
      currentUrl.pathname !== nextUrl.pathname,
  };
}

export const router = createBrowserRouter([
  {
    path: paths.signIn,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    ...asking((language) => prefetch(language, 'listSignInWays', {})),
    lazy: async () => ({ Component: (await import('./sessions/SignInPage.tsx')).SignInPage }),
  },
  {
    path: '/',
    element: <Frame />,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    ...asking((language) => prefetch(language, 'showSession', {})),
    children: [
      { index: true, loader: () => redirect(paths.customers) },
      {
        path: 'customers',
        ...asking((language, _ids, search) =>
          prefetchPages(
            language,
            'listCustomers',
            callForCustomers((key) => search.get(key) ?? undefined),
          ),
        ),
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
            path: 'history',
            ...asking((language, { customerId }) => prefetch(language, 'listUpgrades', { params: { customerId } })),
            lazy: async () => ({ Component: (await import('./upgrades/HistoryPage.tsx')).HistoryPage }),
          },
        ],
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
        path: 'customers/:customerId/upgrades/:upgradeId',
        ...asking((language, { customerId, upgradeId }) => {
          prefetch(language, 'showCustomer', { params: { customerId } });
          prefetch(language, 'showUpgrade', { params: { customerId, upgradeId } });
          prefetch(language, 'listIssues', { params: { customerId, upgradeId } });
        }),
        lazy: async () => ({ Component: (await import('./upgrades/ResultPage.tsx')).ResultPage }),
      },
      {
        path: 'settings/api-clients',
        ...asking((language) => prefetch(language, 'listApiClients', {})),
        lazy: async () => ({ Component: (await import('./api-clients/ApiClientsPage.tsx')).ApiClientsPage }),
      },
      {
        path: 'sandbox',
        ...asking((language) => prefetch(language, 'showSandbox', {})),
        lazy: async () => ({ Component: (await import('./sandbox/SandboxPage.tsx')).SandboxPage }),
      },
      { path: 'help', loader: () => redirect(paths.help('switching-plans')) },
      { path: 'help/:page', lazy: async () => ({ Component: (await import('./help/HelpPage.tsx')).HelpPage }) },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
