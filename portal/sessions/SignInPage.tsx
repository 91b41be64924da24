import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useNavigate, useSearchParams } from 'react-router';
import { queryClient, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { Logo } from '../frame/Logo.tsx';
import { LanguageMenu } from '../frame/TopBar.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { AgentList } from './AgentList.tsx';
import { PasswordForm } from './PasswordForm.tsx';

const useStyles = makeStyles({
  ground: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    padding: '32px 16px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    rowGap: '12px',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
  },
  card: {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '440px',
    padding: '32px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    '@media (max-width: 640px)': { padding: '24px 16px' },
  },
  title: { margin: '8px 0 0', fontSize: '20px', lineHeight: '26px', fontWeight: tokens.fontWeightSemibold },
  lead: { margin: 0, color: tokens.colorNeutralForeground2 },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center' },
});

/** Getting in: in the demo by choosing an agent, otherwise with a password. */
export function SignInPage() {
  const styles = useStyles();
  const { say } = useText();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const ways = useAnswer('listSignInWays', {});
  const enter = () => {
    queryClient.clear();
    void navigate(localPath(search.get('next')), { replace: true });
  };
  return (
    <main className={styles.ground}>
      <div className={styles.card}>
        <div className={styles.head}>
          <Logo size={32} />
          <LanguageMenu />
        </div>
        <title>{`${say('signin.title')} · Yükselt`}</title>
        {search.get('ended') && (
          <MessageBar intent="info">
            <MessageBarBody>{say('signin.expired')}</MessageBarBody>
          </MessageBar>
        )}
        <div>
          <h1 className={styles.title}>{say('signin.title')}</h1>
          <p className={styles.lead}>{say('app.tagline')}</p>
        </div>
        <Answered query={ways} texts={{ loading: 'state.loading', error: 'signin.errorTitle' }}>
          {({ demo, needsSetup, agents }) => (
            <>
              {needsSetup && (
                <MessageBar intent="warning">
                  <MessageBarBody>{say('signin.needsSetup')}</MessageBarBody>
                </MessageBar>
              )}
              {demo ? <AgentList agents={agents} entered={enter} /> : <PasswordForm entered={enter} />}
            </>
          )}
        </Answered>
      </div>
    </main>
  );
}

/** Only a page of this portal: an address from outside must not lead elsewhere. */
function localPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : paths.customers;
}
