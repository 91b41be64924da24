import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { DeadLetterOnWire } from '../../contract/dead-letters.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';

const KINDS: Readonly<Record<DeadLetterOnWire['kind'], TextKey>> = {
  event: 'letters.kindEvent',
  notification: 'letters.kindNotification',
  mail: 'letters.kindMail',
};

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  long: { overflowWrap: 'anywhere' },
});

/** What could not be delivered: what it was, to whom, when and why it failed, and after how many tries. */
export function useLetterColumns(): readonly Column<DeadLetterOnWire>[] {
  const { say } = useText();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'what',
        header: say('letters.colWhat'),
        cell: ({ row: { original } }) => <What letter={original} />,
        file: {
          [say('letters.colKind')]: ({ kind }) => say(KINDS[kind]),
          [say('letters.colWhat')]: ({ text }) => text,
          [say('letters.colHappened')]: ({ happenedAt }) => happenedAt,
        },
      },
      {
        id: 'to',
        header: say('letters.colTo'),
        meta: { width: '24%' },
        cell: ({ row: { original } }) => (
          <span className={styles.long}>
            {original.webhookId && original.to ? (
              <RouterLink to={paths.webhook(original.webhookId)}>{original.to}</RouterLink>
            ) : (
              (original.to ?? '–')
            )}
          </span>
        ),
        file: { [say('letters.colTo')]: ({ to }) => to ?? '' },
      },
      {
        id: 'failed',
        header: say('letters.colFailed'),
        meta: { width: '18%' },
        cell: ({ row: { original } }) => <LastTry letter={original} />,
        file: {
          [say('letters.colFailed')]: ({ failedAt }) => failedAt,
          [say('letters.colTries')]: ({ tries }) => (tries === null ? '' : { decimal: String(tries) }),
        },
      },
      {
        id: 'reason',
        header: say('letters.colReason'),
        meta: { width: '26%' },
        cell: ({ row: { original } }) => (
          <span className={styles.long}>
            {original.reason}
            {!original.canRetry && <span className={styles.quiet}>{say('letters.forgotten')}</span>}
          </span>
        ),
        file: { [say('letters.colReason')]: ({ reason }) => reason },
      },
    ],
    [say, styles],
  );
}

type LetterProps = { readonly letter: DeadLetterOnWire };

function What({ letter: { text, kind, happenedAt } }: LetterProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return (
    <span>
      {text}
      <span className={styles.quiet}>
        {say(KINDS[kind])} · {format.dayAndTime(happenedAt)}
      </span>
    </span>
  );
}

function LastTry({ letter: { failedAt, tries } }: LetterProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return (
    <span>
      {format.dayAndTime(failedAt)}
      {tries !== null && <span className={styles.quiet}>{say('letters.tries', { n: tries })}</span>}
    </span>
  );
}
