import { redirect, type RouteObject } from 'react-router';
import { prefetch } from '../api/query.ts';
import { asking } from '../asking.ts';
import { paths } from '../paths.ts';

/** The settings, a page for each of their tabs. */
export const settingsRoute: RouteObject = {
  path: 'settings',
  lazy: async () => ({ Component: (await import('./SettingsPage.tsx')).SettingsPage }),
  children: [
    { index: true, loader: () => redirect(paths.agents) },
    {
      path: 'agents',
      ...asking((language) => prefetch(language, 'listAgents', {})),
      lazy: async () => ({ Component: (await import('../agents/AgentsPage.tsx')).AgentsPage }),
    },
    {
      path: 'roles',
      ...asking((language) => prefetch(language, 'listRoles', {})),
      lazy: async () => ({ Component: (await import('../agents/RolesPage.tsx')).RolesPage }),
    },
    {
      path: 'approvals',
      ...asking((language) => prefetch(language, 'showApprovalPolicy', {})),
      lazy: async () => ({ Component: (await import('../approvals/ApprovalRulesPage.tsx')).ApprovalRulesPage }),
    },
    {
      path: 'api-clients',
      ...asking((language) => prefetch(language, 'listApiClients', {})),
      lazy: async () => ({ Component: (await import('../api-clients/ApiClientsPage.tsx')).ApiClientsPage }),
    },
    {
      path: 'sign-in',
      ...asking((language) => prefetch(language, 'listIdentityProviders', {})),
      lazy: async () => ({ Component: (await import('../identity-providers/ProvidersPage.tsx')).ProvidersPage }),
    },
    {
      path: 'billing',
      ...asking((language) => prefetch(language, 'showBillingSettings', {})),
      lazy: async () => ({ Component: (await import('./BillingPage.tsx')).BillingPage }),
    },
    {
      path: 'general',
      ...asking((language) => prefetch(language, 'showSettings', {})),
      lazy: async () => ({ Component: (await import('./GeneralPage.tsx')).GeneralPage }),
    },
    {
      path: 'webhooks',
      ...asking((language) => prefetch(language, 'listWebhooks', {})),
      lazy: async () => ({ Component: (await import('../webhooks/WebhooksPage.tsx')).WebhooksPage }),
    },
    {
      path: 'undelivered',
      ...asking((language) => prefetch(language, 'listDeadLetters', {})),
      lazy: async () => ({ Component: (await import('../dead-letters/DeadLettersPage.tsx')).DeadLettersPage }),
    },
  ],
};
