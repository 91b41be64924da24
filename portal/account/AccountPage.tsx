import { makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useSession } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { SessionList } from './SessionList.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: '16px', maxWidth: '760px' },
  part: { padding: '16px' },
  line: { margin: 0 },
});

/** What one does about one’s own account: sessions, password, second factor. */
export function AccountPage() {
  const styles = useStyles();
  const { say } = useText();
  const session = useSession();
  const account = useAnswer('showAccount', {});
  const sessions = useAnswer('listSessions', {});
  const agent = session.data?.agent;
  const part = (title: string, children: ReactNode) => (
    <Panel>
      <div className={styles.part}>
        <Section title={title}>{children}</Section>
      </div>
    </Panel>
  );
  return (
    <>
      <PageHead
        title={say('account.title')}
        facts={
          agent && (
            <>
              <span>{agent.displayName}</span>
              <span>{agent.email}</span>
              <span>{agent.partner.name}</span>
            </>
          )
        }
      />
      <div className={styles.page}>
        {part(
          say('account.sessions'),
          <Answered
            query={sessions}
            texts={{ loading: 'account.sessionsLoading', error: 'account.sessionsErrorTitle' }}
          >
            {({ items }) => <SessionList sessions={items} asks={account.data?.hasPassword ?? true} />}
          </Answered>,
        )}
        {part(
          say('account.password'),
          <Answered query={account} texts={{ loading: 'account.loading', error: 'account.errorTitle' }}>
            {({ hasPassword }) =>
              hasPassword ? <ChangePassword /> : <p className={styles.line}>{say('account.noPassword')}</p>
            }
          </Answered>,
        )}
        {account.data?.hasPassword && part(say('account.secondFactor'), <SecondFactor account={account.data} />)}
      </div>
    </>
  );
}
