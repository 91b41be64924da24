import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { LinkDismissRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { problemOf } from '../api/client.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { Logo } from '../frame/Logo.tsx';
import { LanguageMenu } from '../frame/TopBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { StateBlock } from '../ui/StateBlock.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import type { Done } from './DecisionForm.tsx';
import { readLink } from './kept-link.ts';
import { ResendForm } from './ResendForm.tsx';
import { ShownTerms } from './ShownTerms.tsx';

const useStyles = makeStyles({
  ground: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    padding: '24px 16px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    '@media (max-width: 640px)': { padding: 0 },
  },
  card: {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '640px',
    padding: '28px 32px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    '@media (max-width: 640px)': { padding: '16px', borderRadius: 0 },
  },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center' },
  title: { margin: 0, fontSize: '20px', lineHeight: '26px', fontWeight: tokens.fontWeightSemibold },
});

/** For a customer’s administrator, who has a link and no account here: what is asked for, and the answer to it. */
export function AcceptPage() {
  const styles = useStyles();
  const token = useToken();
  return (
    <main className={styles.ground}>
      <div className={styles.card}>
        <div className={styles.head}>
          <Logo size={32} />
          <LanguageMenu />
        </div>
        {token === '' ? <NoLink /> : <Linked key={token} token={token} />}
      </div>
    </main>
  );
}

/** The secret of the link: it stands behind the #, and another link may be opened in the same tab. */
function useToken(): string {
  const [token, setToken] = useState(readLink);
  useEffect(() => {
    const read = () => setToken(window.location.hash.slice(1));
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return token;
}

function NoLink() {
  const { say } = useText();
  return (
    <>
      <title>{`${say('accept.title')} · Yükselt`}</title>
      <StateBlock
        page
        tone="neutral"
        icon={<LinkDismissRegular />}
        title={say('accept.noLink')}
        body={say('accept.noLinkBody')}
      />
    </>
  );
}

function Linked({ token }: { token: string }) {
  const shown = useAnswer('showAcceptance', { body: { token } });
  const [done, setDone] = useState<Done>();
  const status = problemOf(shown.error)?.status;
  if (!shown.data && (status === 404 || status === 400)) return <NoLink />;
  return (
    <Answered query={shown} page texts={{ loading: 'accept.loading', error: 'accept.error' }}>
      {(acceptance) => <Shown acceptance={acceptance} token={token} done={done} setDone={setDone} />}
    </Answered>
  );
}

const DONE_TEXTS: Readonly<Record<Done, TextKey>> = {
  accepted: 'accept.doneAccepted',
  declined: 'accept.doneDeclined',
  privilegesWithdrawn: 'accept.doneWithdrawn',
  ended: 'accept.doneEnded',
};

/** Why there is nothing to answer any more. */
const CLOSED_TEXTS: Readonly<Partial<Record<AcceptanceOnWire['state'], TextKey>>> = {
  expired: 'accept.closedExpired',
  withdrawn: 'accept.closedWithdrawn',
  accepted: 'accept.closedAccepted',
  declined: 'accept.closedDeclined',
  ended: 'accept.closedEnded',
};

type ShownProps = {
  readonly acceptance: AcceptanceOnWire;
  readonly token: string;
  readonly done: Done | undefined;
  readonly setDone: (done: Done) => void;
};

function Shown({ acceptance, token, done, setDone }: ShownProps) {
  const { say } = useText();
  const styles = useStyles();
  const title = say(acceptance.kind === 'manage' ? 'accept.manageTitle' : 'accept.title');
  const closed = CLOSED_TEXTS[acceptance.state];
  return (
    <>
      <title>{`${title} · Yükselt`}</title>
      <h1 className={styles.title}>{title}</h1>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{say('accept.notMicrosoft', { partner: acceptance.partner.name })}</MessageBarBody>
      </MessageBar>
      {done ? (
        <MessageBar intent="success" layout="multiline" politeness="assertive">
          <MessageBarBody>{say(DONE_TEXTS[done])}</MessageBarBody>
        </MessageBar>
      ) : (
        closed && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{say(closed)}</MessageBarBody>
          </MessageBar>
        )
      )}
      <ShownTerms acceptance={acceptance} />
      {acceptance.state === 'accepted' && acceptance.canProve && <ResendForm acceptance={acceptance} token={token} />}
      {!done && !closed && <AnswerForm acceptance={acceptance} token={token} done={setDone} />}
    </>
  );
}
