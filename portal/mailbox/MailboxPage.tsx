import { makeStyles, tokens } from '@fluentui/react-components';
import { MailInboxRegular } from '@fluentui/react-icons';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { Written } from './Written.tsx';

/** Administrators ask for codes meanwhile. */
const ASKED_AGAIN_MS = 5_000;

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  subject: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { display: 'flex', flexWrap: 'wrap', columnGap: '16px', color: tokens.colorNeutralForeground3 },
});

/** Mail that a sandbox or the demo kept, so that the whole way can be played. */
export function MailboxPage() {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const mailbox = useAnswer('listMailbox', {}, { every: ASKED_AGAIN_MS });
  return (
    <>
      <PageHead title={say('app.mailbox')} facts={say('mailbox.lead')} />
      <Answered query={mailbox} page texts={{ loading: 'mailbox.loading', error: 'mailbox.error' }}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <StateBlock
                icon={<MailInboxRegular />}
                title={say('mailbox.emptyTitle')}
                body={say('mailbox.emptyBody')}
              />
            </Panel>
          ) : (
            <div className={styles.list}>
              {items.map(({ mailId, subject, text, to, at }) => (
                <Panel padded key={mailId}>
                  <h2 className={styles.subject}>{subject}</h2>
                  <div className={styles.quiet}>
                    <span>{say('mailbox.to', { to })}</span>
                    <time dateTime={at}>{format.dayAndTime(at)}</time>
                  </div>
                  <Written text={text} />
                </Panel>
              ))}
            </div>
          )
        }
      </Answered>
    </>
  );
}
