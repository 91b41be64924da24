import { Link, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowUndo16Regular,
  CheckmarkCircle16Regular,
  Clock16Regular,
  DismissCircle16Regular,
  PersonClock16Regular,
  QuestionCircle16Regular,
  SubtractCircle16Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { CampaignRowOnWire, CampaignRowState } from '../../contract/campaign-rows.ts';
import { type TextKey, useText } from '../text.ts';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

const useStyles = makeStyles({
  state: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', minWidth: 0 },
  reason: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: '24px',
    textAlign: 'start',
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground2,
  },
});

export const ROW_STATE_TEXT: Readonly<Record<CampaignRowState, TextKey>> = {
  planning: 'bulk.rowPlanning',
  eligible: 'bulk.rowEligible',
  refused: 'bulk.rowRefused',
  excluded: 'bulk.rowExcluded',
  notStarted: 'bulk.rowNotStarted',
  running: 'bulk.rowRunning',
  done: 'bulk.rowDone',
  refusedAtRun: 'bulk.rowRefusedAtRun',
  changed: 'bulk.rowChanged',
  unknown: 'bulk.rowUnknown',
  failed: 'bulk.rowFailed',
};
const SHOWN: Readonly<Record<CampaignRowState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  planning: { tone: 'neutral', icon: <Clock16Regular /> },
  eligible: { tone: 'success', icon: <CheckmarkCircle16Regular /> },
  refused: { tone: 'danger', icon: <DismissCircle16Regular /> },
  excluded: { tone: 'neutral', icon: <SubtractCircle16Regular /> },
  notStarted: { tone: 'neutral', icon: <Clock16Regular /> },
  running: { tone: 'brand', icon: <Clock16Regular /> },
  done: { tone: 'success', icon: <CheckmarkCircle16Regular /> },
  refusedAtRun: { tone: 'danger', icon: <DismissCircle16Regular /> },
  changed: { tone: 'warning', icon: <ArrowUndo16Regular /> },
  unknown: { tone: 'warning', icon: <QuestionCircle16Regular /> },
  failed: { tone: 'danger', icon: <DismissCircle16Regular /> },
};

/** Whether there is more to tell of a row than its state. */
export function hasReasons({ state, refusals, outcome }: CampaignRowOnWire): boolean {
  return outcome !== null || (state === 'refused' && refusals.length > 0);
}

/** How a row stands, and in a few words why; `tell` opens all of it. */
export function RowState({ row, tell }: { row: CampaignRowOnWire; tell: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const { state, refusals, outcome, approval } = row;
  const asksSecond = state === 'eligible' && approval.length > 0;
  const { tone, icon } = asksSecond ? { tone: 'warning' as const, icon: <PersonClock16Regular /> } : SHOWN[state];
  const reasons = outcome ? outcome.refusals : refusals;
  const first = reasons[0]?.title ?? outcome?.title ?? '';
  const more = new Set(reasons.map(({ name }) => name)).size - 1;
  return (
    <span className={styles.state}>
      <StatusBadge tone={tone} icon={icon}>
        {say(asksSecond ? 'bulk.factApproval' : ROW_STATE_TEXT[state])}
      </StatusBadge>
      {hasReasons(row) && (
        <Link as="button" className={styles.reason} onClick={tell}>
          {more > 0 ? say('bulk.reasonAndMore', { reason: first, n: more }) : first}
        </Link>
      )}
    </span>
  );
}
