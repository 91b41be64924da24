import { Outlet } from 'react-router';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Tabs } from '../ui/Tabs.tsx';

const TABS: readonly { readonly to: string; readonly text: TextKey }[] = [
  { to: paths.agents, text: 'settings.tabUsers' },
  { to: paths.roles, text: 'settings.tabRoles' },
  { to: paths.signInSettings, text: 'settings.tabSignIn' },
  { to: paths.apiClients, text: 'settings.tabApi' },
  { to: paths.webhooks, text: 'settings.tabHooks' },
  { to: paths.deadLetters, text: 'settings.tabLetters' },
  { to: paths.approvalRules, text: 'settings.tabPolicy' },
  { to: paths.billingSettings, text: 'settings.tabBilling' },
  { to: paths.generalSettings, text: 'settings.tabGeneral' },
];

/** What a partner sets for itself: one tab each. */
export function SettingsPage() {
  const { say } = useText();
  return (
    <>
      <PageHead title={say('settings.title')} />
      <Tabs label={say('settings.title')} tabs={TABS.map(({ to, text }) => ({ to, text: say(text) }))} />
      <Outlet />
    </>
  );
}
