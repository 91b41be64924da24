import { Button } from '@fluentui/react-components';
import { ErrorCircle16Regular, Info16Regular, ShieldCheckmark16Regular } from '@fluentui/react-icons';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const LOOKS_EVERY_MS = 2_000;

type Verification = Value<'showAuditVerification'>;

/** Whether the log is as it was written, when that was looked at last, and how long it is kept. */
export function ChainFacts() {
  const { say } = useText();
  const verified = useAnswer('showAuditVerification', {});
  if (verified.data) return <Facts verified={verified.data} />;
  if (problemOf(verified.error)?.status === 403) return null;
  return <span>{say(verified.error ? 'audit.chainUnknown' : 'audit.chainChecking')}</span>;
}

function Facts({ verified }: { verified: Verification }) {
  const { say } = useText();
  const { unbroken, since, breaks, whole, auditDays } = verified;
  const format = useFormat();
  const [first, ...more] = breaks;
  return (
    <>
      {unbroken && since === null && (
        <StatusBadge tone="neutral" icon={<Info16Regular />}>
          {say('audit.chainEmpty')}
        </StatusBadge>
      )}
      {unbroken && since !== null && whole && (
        <StatusBadge tone="success" icon={<ShieldCheckmark16Regular />}>
          {say('audit.chainOk', { date: format.day(since) })}
        </StatusBadge>
      )}
      {first && (
        <span role="alert">
          <StatusBadge tone="danger" icon={<ErrorCircle16Regular />}>
            {first.auditId === null
              ? say('audit.chainBrokenSeal', { number: first.sealNumber ?? 0 })
              : say('audit.chainBroken', { id: first.auditId })}
          </StatusBadge>
          {more.length > 0 && say('audit.chainMore', { n: more.length })}
        </span>
      )}
      {since !== null && <LastWhole verified={verified} />}
      <span>{auditDays === null ? say('audit.retentionEver') : say('audit.retention', { n: auditDays })}</span>
    </>
  );
}

/** When the whole log was verified last and what that found; and again, by whoever wants it now. */
function LastWhole({ verified: { whole, running, head } }: { verified: Verification }) {
  const { say } = useText();
  const format = useFormat();
  const verify = useAct('verifyAudit');
  useAnswer('showAuditVerification', {}, { every: running !== null && LOOKS_EVERY_MS });
  const found = !whole
    ? say('audit.wholeNever')
    : say(whole.unbroken ? 'audit.wholeUnbroken' : 'audit.wholeBroken', {
        time: format.dayAndTime(whole.at),
        n: whole.entries,
      });
  return (
    <span>
      {running ? say('audit.wholeRunning', { n: running.sealNumber, of: head?.sealNumber ?? 0 }) : found}
      {!running && (
        <Button size="small" disabledFocusable={verify.isPending} onClick={() => verify.mutate({})}>
          {say(verify.isPending ? 'audit.chainChecking' : 'audit.verifyWhole')}
        </Button>
      )}
      {verify.error && <span role="alert">{problemOf(verify.error)?.detail ?? say('error.network')}</span>}
    </span>
  );
}
