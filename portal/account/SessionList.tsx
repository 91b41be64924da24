import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useAct, type Value } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PasswordDialog } from './PasswordDialog.tsx';
import { describeBrowser } from './describe-browser.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  session: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: '4px 16px',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  text: { flexGrow: 1, flexBasis: '240px', minWidth: 0 },
  name: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '8px', overflowWrap: 'anywhere' },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** Whoever never signs out has many. */
const MOST_SHOWN = 5;

const METHODS: Readonly<Record<Session['method'], TextKey>> = {
  password: 'account.byPassword',
  oidc: 'account.byWorkAccount',
  demo: 'account.byDemo',
  setup: 'account.bySetup',
  device: 'account.byDevice',
};
type Session = Value<'listSessions'>['items'][number];

/** What is ended once the password is given. */
type Ending = { readonly sessionId?: string; readonly name?: string };

/** Where one is signed in; each session but this one can be ended, by whoever has a password with it. */
export function SessionList({ sessions, asks }: { sessions: readonly Session[]; asks: boolean }) {
  const styles = useStyles();
  const { say } = useText();
  const { ask, perform, stop, ending, act, error } = useEnding(asks);
  const [all, showAll] = useState(false);
  const ordered = sessions.toSorted((one, two) => Number(two.current) - Number(one.current));
  return (
    <>
      {error && <ProblemBar error={error} />}
      <ul className={styles.list}>
        {ordered.slice(0, all ? undefined : MOST_SHOWN).map((session) => (
          <SessionItem key={session.sessionId} session={session} ask={ask} isPending={act.isPending} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <div className={styles.acts}>
          {sessions.length > MOST_SHOWN && (
            <Button appearance="subtle" aria-expanded={all} onClick={() => showAll(!all)}>
              {say(all ? 'common.showLess' : 'common.showAll', { n: sessions.length })}
            </Button>
          )}
          <Button disabledFocusable={act.isPending} onClick={() => ask({})}>
            {say('account.endOthers')}
          </Button>
        </div>
      )}
      {ending && (
        <PasswordDialog
          title={say(ending.sessionId === undefined ? 'account.endOthersTitle' : 'account.endTitle')}
          body={ending.name ?? say('account.endOthersBody')}
          submit={say('account.end')}
          act={act}
          perform={(password) => perform(ending, { password })}
          close={stop}
        />
      )}
    </>
  );
}

type ItemProps = { readonly session: Session; readonly ask: (wanted: Ending) => void; readonly isPending: boolean };

function SessionItem({ session, ask, isPending }: ItemProps) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const { sessionId, current, userAgent, address, method, createdAt, lastSeenAt } = session;
  const name = describeBrowser(userAgent) || say('account.unknownBrowser');
  return (
    <li className={styles.session}>
      <div className={styles.text}>
        <div className={styles.name}>
          <strong>{name}</strong>
          {current && (
            <Badge appearance="tint" color="success">
              {say('account.thisSession')}
            </Badge>
          )}
        </div>
        <div className={styles.quiet}>
          {say('account.from', { address })} · {say(METHODS[method])}
        </div>
        <div className={styles.quiet}>
          {say('account.since', { time: format.dayAndTime(createdAt) })} ·{' '}
          {say('account.lastSeen', { time: format.dayAndTime(lastSeenAt) })}
        </div>
      </div>
      {!current && (
        <Button
          size="small"
          aria-label={say('account.endNamed', { name, address })}
          disabledFocusable={isPending}
          onClick={() => ask({ sessionId, name })}
        >
          {say('account.end')}
        </Button>
      )}
    </li>
  );
}

/** Ends one session or all others, after the password where it is asked for. */
function useEnding(asks: boolean) {
  const end = useAct('endSession');
  const endOthers = useAct('endOtherSessions');
  const [ending, setEnding] = useState<Ending>();
  const stop = () => setEnding(undefined);
  const perform = ({ sessionId }: Ending, body: { password?: string } = {}) => {
    if (sessionId === undefined) endOthers.mutate({ body }, { onSuccess: stop });
    else end.mutate({ params: { sessionId }, body }, { onSuccess: stop });
  };
  const ask = (wanted: Ending) => {
    end.reset();
    endOthers.reset();
    if (asks) setEnding(wanted);
    else perform(wanted);
  };
  const { isPending, error } = end.isIdle ? endOthers : end;
  return { ask, perform, stop, ending, act: { isPending, error }, error: ending ? null : error };
}
