import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { useApprovalReasons } from '../upgrades/useApprovalReasons.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { BadRows } from './HowRead.tsx';

const useStyles = makeStyles({
  notes: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What is to be known of a campaign before it is looked at row by row. */
export function Notes({ campaign }: { campaign: CampaignOnWire }) {
  const styles = useStyles();
  const { chosen, state, decision } = campaign;
  const isPlan = state === 'planning' || state === 'planned';
  return (
    <div className={styles.notes}>
      {isPlan && <PlanNote campaign={campaign} />}
      {state === 'waitingForApproval' && <Waiting campaign={campaign} />}
      {state === 'scheduled' && <Scheduled campaign={campaign} />}
      {decision && isPlan && !decision.approved && <Rejected decision={decision} />}
      {chosen.by === 'file' && <BadRows badRows={chosen.badRows} />}
      <WhyNot id="bulk-no-role" action="runCampaigns" lead="bulk.noRole" />
    </div>
  );
}

function PlanNote({ campaign: { state, pace, startsAt, rows } }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  if (state === 'planning') {
    return (
      <MessageBar intent="info">
        <MessageBarBody>
          <span role="status">{say('bulk.planning', { done: rows.total - rows.planning, total: rows.total })}</span>
        </MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {say('bulk.planLead')}{' '}
        <span className={styles.quiet}>
          {say('bulk.factPace', { rows: pace.rowsPerMinute, minutes: pace.minutes })}
        </span>{' '}
        {startsAt && say('bulk.startsAt', { time: format.dayAndTime(startsAt) })}
      </MessageBarBody>
    </MessageBar>
  );
}

function Waiting({ campaign: { approval, submittedBy, submittedAt } }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const reasonOf = useApprovalReasons();
  const { reasons, approvers } = approval;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {say('wizard.approvalNeeded', { reason: reasonOf(reasons) })}{' '}
        {submittedBy &&
          submittedAt &&
          say(approvers.length > 0 ? 'result.waitingBody' : 'result.waitingNobody', {
            name: submittedBy.name,
            time: format.dayAndTime(submittedAt),
            approvers: approvers.join(', '),
          })}
      </MessageBarBody>
    </MessageBar>
  );
}

function Scheduled({ campaign: { startsAt } }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const format = useFormat();
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {startsAt && say('bulk.startsAt', { time: format.dayAndTime(startsAt) })} {say('bulk.canStop')}
      </MessageBarBody>
    </MessageBar>
  );
}

function Rejected({ decision: { by, at, because } }: { decision: NonNullable<CampaignOnWire['decision']> }) {
  const { say } = useText();
  const format = useFormat();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('result.rejectedBy', { name: by.name, time: format.dayAndTime(at) })}</MessageBarTitle>
        {because}
      </MessageBarBody>
    </MessageBar>
  );
}
