import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import type { RefusalOnWire } from '../../contract/refusals.ts';
import { problemOf } from '../api/client.ts';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  // In a dialog that scrolls it keeps its height, whatever else wants room.
  bar: { flexShrink: 0 },
  reasons: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  title: { fontWeight: tokens.fontWeightSemibold },
  users: { margin: '4px 0 0', paddingLeft: '18px', maxHeight: '132px', overflowY: 'auto' },
});

/** Why an act was not done, where it was asked for: every reason, and what clears it. */
export function ProblemBar({ error }: { error: Error }) {
  const { say } = useText();
  const styles = useStyles();
  const problem = problemOf(error);
  return (
    <MessageBar className={styles.bar} intent="error" layout="multiline" politeness="assertive">
      <MessageBarBody>
        {problem?.refusals ? (
          <div className={styles.reasons}>
            {problem.refusals.map((one) => (
              <Reason key={one.name} reason={one} />
            ))}
          </div>
        ) : problem ? (
          `${problem.detail} ${problem.remedy}`
        ) : (
          say('error.network')
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

function Reason({ reason }: { reason: RefusalOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const users = reason.name === 'licenses-still-assigned' ? reason.evidence.users : [];
  return (
    <div>
      <div className={styles.title}>{reason.title}</div>
      <div>{reason.message}</div>
      <div>{reason.remedy}</div>
      {users.length > 0 && (
        <>
          <div>{say('refused.losing')}</div>
          <ul className={styles.users} tabIndex={0} aria-label={say('refused.losing')}>
            {users.map(({ userId, displayName, userPrincipalName }) => (
              <li key={userId}>{`${displayName} · ${userPrincipalName}`}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
