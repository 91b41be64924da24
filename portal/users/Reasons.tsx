import { makeStyles, tokens } from '@fluentui/react-components';
import type { DecidedUserOnWire } from '../../contract/licenses.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: '18px', display: 'flex', flexDirection: 'column', rowGap: '6px' },
  title: { fontWeight: tokens.fontWeightSemibold },
});

/** Why a user cannot have what is asked, and what helps. */
export function Reasons({ decided: { reasons } }: { decided: DecidedUserOnWire }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {reasons.map(({ name, title, message, remedy }) => (
        <li key={`${name} ${message}`}>
          <span className={styles.title}>{title}.</span> {message} {remedy}
        </li>
      ))}
    </ul>
  );
}
