import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ComposedOnWire } from '../../contract/relationships.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FactsList } from '../ui/FactsList.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  mail: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: '6px', overflow: 'clip' },
  head: { padding: '10px 14px', backgroundColor: tokens.colorNeutralBackground2 },
  text: {
    margin: 0,
    padding: '12px 14px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyBase,
  },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  microsoft: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '2px' },
});

/** A request’s email with its link, and every way to get it to the customer. */
export function EmailView({ email }: { email: ComposedOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const { to, subject, text, link, microsoftLink, mailto } = email;
  const facts = [
    ...(to === null ? [] : [{ key: say('rel.to'), value: to }]),
    { key: say('rel.subject'), value: <strong>{subject}</strong> },
  ];
  return (
    <div className={styles.view}>
      <div className={styles.mail}>
        <div className={styles.head}>
          <FactsList facts={facts} />
        </div>
        <pre className={styles.text}>{text}</pre>
      </div>
      <div className={styles.acts}>
        <CopyButton text={say('rel.copyEmail')} copied={say('common.copied')} value={text} />
        <CopyButton text={say('rel.copyLink')} copied={say('common.copied')} value={link} />
        {mailto !== null && <Link href={mailto}>{say('rel.openMail')}</Link>}
        <Send email={email} />
      </div>
      {mailto === null && <span className={styles.quiet}>{say('rel.tooLongForMail')}</span>}
      <div className={styles.microsoft}>
        <strong className={styles.quiet}>{say('rel.microsoft')}</strong>
        <span className={styles.quiet}>{say('rel.microsoftHint')}</span>
        <CopyButton text={say('rel.copyMicrosoft')} copied={say('common.copied')} value={microsoftLink} />
      </div>
    </div>
  );
}

function Send({ email: { requestId, to, mailing } }: { email: ComposedOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const echo = useEcho();
  const send = useAct('sendRequestEmail');
  if (to === null || mailing === 'none') return null;
  return (
    <>
      <Button
        disabledFocusable={send.isPending || send.isSuccess}
        onClick={() => send.mutate({ params: { requestId } }, { onSuccess: () => echo(say('rel.sent')) })}
      >
        {say(send.isSuccess ? 'rel.sent' : 'rel.send')}
      </Button>
      <span className={styles.quiet}>{mailing === 'smtp' ? say('rel.sendSmtp', { to }) : say('rel.sendKept')}</span>
      {send.error && <ProblemBar error={send.error} />}
    </>
  );
}
