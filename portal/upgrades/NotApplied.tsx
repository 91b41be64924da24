import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Section } from '../ui/Section.tsx';
import { AffectedAccounts } from './AffectedAccounts.tsx';
import { Countdown } from './Countdown.tsx';
import { DecideButtons } from './DecideButtons.tsx';
import { QuotedEffects, QuotedMoney } from './Preview.tsx';
import { QuotedWay } from './QuotedWay.tsx';
import { Returned } from './Returned.tsx';
import { shortNumber } from './short-number.ts';
import { useApprovalReasons } from './useApprovalReasons.ts';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 336px',
    gap: '20px',
    alignItems: 'start',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  body: { padding: '14px 16px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  lines: { display: 'block', marginTop: '4px' },
});

/** An upgrade that waits or did not come about: where it stands, what can be done, and the figures that were shown. */
export function NotApplied({ upgrade }: { upgrade: UpgradeOnWire }) {
  const { customerId, source, target, upgradeType, returned, totals } = upgrade;
  const { say } = useText();
  const again = `${paths.upgrade(customerId, source.subscriptionId)}?${new URLSearchParams({
    to: target.offerId,
    ...(upgradeType === 'upgrade_only' && { transfer: 'without' }),
    ...(upgrade.way === 'partial' && { seats: String(upgrade.quantity) }),
  }).toString()}`;
  return (
    <>
      <Standing upgrade={upgrade} />
      <DecideButtons upgrade={upgrade} />
      {(upgrade.state === 'refused' || upgrade.state === 'rejected' || upgrade.state === 'withdrawn') && (
        <span>
          <RouterButton to={again} appearance={upgrade.state === 'refused' ? 'primary' : 'secondary'}>
            {say('result.previewAgain')}
          </RouterButton>
        </span>
      )}
      {returned && <Returned returned={returned} currency={totals.net.currency} />}
      {upgrade.quoteId !== null && <Shown customerId={customerId} quoteId={upgrade.quoteId} />}
    </>
  );
}

function Standing({ upgrade }: { upgrade: UpgradeOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const reasonOf = useApprovalReasons();
  const { state, submittedAt, waiting, dueAt, decision, effectiveOn } = upgrade;
  const by = { name: decision?.by ?? '', time: decision ? format.dayAndTime(decision.at) : '' };
  switch (state) {
    case 'waitingForApproval': {
      const approvers = waiting.approvers.join(', ');
      const sent = { name: upgrade.submittedBy ?? '', time: format.dayAndTime(submittedAt) };
      return (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('upgrades.stApproval')}</MessageBarTitle>
            {say('wizard.approvalNeeded', { reason: reasonOf(waiting.reasons) })}
            <span className={styles.lines}>
              {approvers ? say('result.waitingBody', { ...sent, approvers }) : say('result.waitingNobody', sent)}{' '}
              {say('result.billedFrom', { date: format.day(effectiveOn) })}{' '}
              {dueAt && say('result.waitingUntil', { date: format.day(dueAt.slice(0, 10)) })}
            </span>
          </MessageBarBody>
        </MessageBar>
      );
    }
    case 'held':
      return (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{dueAt && <Countdown dueAt={dueAt} />}</MessageBarTitle>
            {say('result.heldBody')} {decision && say('result.approvedBy', by)}
          </MessageBarBody>
        </MessageBar>
      );
    case 'refused':
      return (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('result.returnedTitle')}</MessageBarTitle>
            {say('result.returnedBody')} {decision && say('result.approvedBy', by)}
          </MessageBarBody>
        </MessageBar>
      );
    case 'rejected':
      return (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('result.rejectedBy', by)}</MessageBarTitle>
            {decision?.because}
          </MessageBarBody>
        </MessageBar>
      );
    default:
      return (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('upgrades.stStopped')}</MessageBarTitle>
            {say(stoppedText(decision), by)}
          </MessageBarBody>
        </MessageBar>
      );
  }
}

function stoppedText(decision: UpgradeOnWire['decision']): TextKey {
  if (decision?.by !== null) return 'result.withdrawnBy';
  return decision.lapsed === 'customerLeft' ? 'result.withdrawnLeft' : 'result.withdrawnByNobody';
}

/** The pinned preview, as the agent saw it and the second person sees it. */
function Shown({ customerId, quoteId }: { customerId: string; quoteId: string }) {
  const styles = useStyles();
  const { say } = useText();
  const quoted = useAnswer('showQuote', { params: { customerId, quoteId } });
  return (
    <Answered query={quoted} texts={{ loading: 'wizard.loading', error: 'wizard.errorTitle' }}>
      {(quote) => (
        <div className={styles.columns}>
          <Section title={say('wizard.step3')}>
            <Panel>
              <AffectedAccounts quote={quote} />
            </Panel>
          </Section>
          <Panel>
            <div className={styles.body}>
              <h2 className={styles.title}>{say('result.shown')}</h2>
              <span className={styles.quiet}>{say('wizard.previewNo', { id: shortNumber(quote.quoteId) })}</span>
              <QuotedWay quote={quote} />
              <QuotedMoney quote={quote} />
            </div>
            <QuotedEffects quote={quote} />
          </Panel>
        </div>
      )}
    </Answered>
  );
}
