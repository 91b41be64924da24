import { makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { useText } from '../text.ts';
import { useApprovalReasons } from './useApprovalReasons.ts';

const useStyles = makeStyles({ notes: { display: 'flex', flexDirection: 'column', rowGap: '8px', marginTop: '8px' } });

/** Said before the act: that it will wait, for whom and for how long. */
export function WaitingNote({ waiting: { reasons, delayMinutes } }: Pick<QuoteOnWire, 'waiting'>) {
  const { say } = useText();
  const styles = useStyles();
  const reasonOf = useApprovalReasons();
  if (reasons.length === 0 && delayMinutes === 0) return null;
  return (
    <div className={styles.notes}>
      {reasons.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say('wizard.approvalNeeded', { reason: reasonOf(reasons) })}</MessageBarBody>
        </MessageBar>
      )}
      {delayMinutes > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{say('wizard.holdSaid', { n: delayMinutes })}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
