import { makeStyles, MessageBar, MessageBarBody, Toaster, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { problemOf } from '../api/client.ts';
import { paths } from '../paths.ts';
import { SearchDialog } from '../search/SearchDialog.tsx';
import { useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';
import { hasKept, holdKept, keepFor } from '../ui/useKept.ts';
import { useKeys } from '../ui/useKeys.ts';
import { TOASTER } from './toaster.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { Navigation } from './Navigation.tsx';
import { NewVersion } from './NewVersion.tsx';
import { TopBar } from './TopBar.tsx';
import { useChanges } from './useChanges.ts';
import { useOnline } from './useOnline.ts';
import { useSession } from './useSession.ts';

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    gridTemplateColumns: '208px minmax(0, 1fr)',
    gridTemplateRows: 'auto 1fr',
    minHeight: '100vh',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    [SCREEN.belowNavigation]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  skip: {
    position: 'fixed',
    top: '-60px',
    left: '8px',
    zIndex: 10,
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: '4px',
    boxShadow: tokens.shadow16,
    color: tokens.colorBrandForegroundLink,
    ':focus': { top: '8px' },
  },
  main: {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '1480px',
    padding: '16px 28px 40px',
    outlineStyle: 'none',
    scrollMarginTop: '64px',
    [SCREEN.belowTable]: { padding: '16px 16px 40px' },
  },
  page: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
});

/** What can be pressed on every page. */
function useShortcuts(showKeys: (shown: boolean) => void, showSearch: (shown: boolean) => void): void {
  const navigate = useNavigate();
  useKeys({
    '?': () => showKeys(true),
    'ctrl+k': () => showSearch(true),
    'meta+k': () => showSearch(true),
    'g c': () => void navigate(paths.customers),
    'g u': () => void navigate(paths.upgrades),
    'g b': () => void navigate(paths.campaigns),
    'g k': () => void navigate(paths.catalogue),
  });
}

/** Top bar, navigation and the page in it. Without a session it leads to the sign-in. */
export function Frame() {
  const styles = useStyles();
  const { say } = useText();
  const session = useSession();
  const location = useLocation();
  const main = useRef<HTMLElement>(null);
  const [keysShown, showKeys] = useState(false);
  const [searchShown, showSearch] = useState(false);
  const [navigationShown, showNavigation] = useState(false);
  const online = useOnline();
  useChanges(session.data?.may.view ?? false);
  useShortcuts(showKeys, showSearch);

  const arrivedAt = useRef(location.pathname);
  useEffect(() => {
    showNavigation(false);
    if (arrivedAt.current === location.pathname) return;
    arrivedAt.current = location.pathname;
    main.current?.focus();
  }, [location.pathname]);

  if (problemOf(session.error)?.status === 401) {
    holdKept();
    const next = encodeURIComponent(location.pathname + location.search);
    // Whoever was in before is told why this page is here again.
    return <Navigate to={`${paths.signIn}?next=${next}${session.data ? '&ended=1' : ''}`} replace />;
  }
  const agentId = session.data?.agent.agentId;
  if (agentId !== undefined) keepFor(agentId);
  // What was typed here before is not shown before it is known whose it is.
  const waits = agentId === undefined && hasKept();
  return (
    <div className={styles.frame}>
      <a href="#main" className={styles.skip}>
        {say('app.skipToContent')}
      </a>
      <TopBar
        session={session.data}
        openNavigation={() => showNavigation(true)}
        openKeys={() => showKeys(true)}
        openSearch={() => showSearch(true)}
      />
      <Navigation shown={navigationShown} close={() => showNavigation(false)} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <div className={styles.page}>
          <NewVersion />
          {!online && (
            <MessageBar intent="warning">
              <MessageBarBody>{say('app.offline')}</MessageBarBody>
            </MessageBar>
          )}
          {session.data?.agent.roles.length === 0 && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>{say('signin.noRole')}</MessageBarBody>
            </MessageBar>
          )}
          {!waits && <Outlet />}
        </div>
      </main>
      <SearchDialog open={searchShown} close={() => showSearch(false)} />
      <KeysDialog open={keysShown} close={() => showKeys(false)} />
      <Toaster toasterId={TOASTER} position="bottom-end" pauseOnHover pauseOnWindowBlur timeout={6000} />
      {/* A key tells the pages of one visit apart; each visit begins with the same. */}
      <ScrollRestoration getKey={({ key, pathname }) => `${key} ${pathname}`} />
    </div>
  );
}
