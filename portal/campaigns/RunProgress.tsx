import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { type Say, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import type { Steering } from './useSteering.ts';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', rowGap: '10px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  line: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: '22px',
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  bar: {
    display: 'flex',
    height: '6px',
    borderRadius: '3px',
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground5,
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  done: { backgroundColor: tokens.colorBrandBackground },
  failed: {
    // Told apart from what is done without color, too.
    backgroundColor: tokens.colorStatusDangerBackground3,
    borderLeft: `2px solid ${tokens.colorNeutralBackground1}`,
  },
  running: { backgroundColor: tokens.colorBrandStroke2 },
  hint: { display: 'flex', flexWrap: 'wrap', columnGap: '12px' },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

const WHOLE = 100;

/** How far the rows are, and how long the rest will take. */
export function RunProgress({ campaign, steer }: { campaign: CampaignOnWire; steer: Steering }) {
  const { say } = useText();
  const styles = useStyles();
  const { progress, state, pace, acts, campaignId } = campaign;
  const { total, done, running, failed } = progress;
  const share = (part: number) => ({ width: `${total === 0 ? 0 : (WHOLE * part) / total}%` });
  const parts = [
    say('bulk.doneLine', { done, total }),
    ...(running > 0 ? [say('bulk.runningPart', { n: running })] : []),
  ];
  if (failed > 0) parts.push(say('bulk.failedPart', { n: failed }));
  if (progress.secondsLeft !== null) parts.push(say('bulk.leftPart', { time: timeText(progress.secondsLeft, say) }));
  return (
    <Panel padded className={styles.panel}>
      <div className={styles.head}>
        <h2 className={styles.line}>{parts.join(' · ')}</h2>
        {acts.includes('retry') && (
          <Button size="small" disabledFocusable={steer.busy} onClick={() => steer.retry({ params: { campaignId } })}>
            {say('bulk.retryFailed', { n: campaign.rows.failed })}
          </Button>
        )}
      </div>
      <div
        className={styles.bar}
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-label={say('bulk.progressAria', { done, total })}
      >
        <span className={styles.done} style={share(done)} />
        <span className={mergeClasses(failed > 0 && styles.failed)} style={share(failed)} />
        <span className={styles.running} style={share(running)} />
      </div>
      <span className={styles.hint}>
        <span className={styles.quiet}>{say('bulk.pace', { n: pace.rowsPerMinute })}</span>
        <span role="status">
          {state === 'pausing' && say('bulk.pausing')}
          {state === 'paused' && say('bulk.paused')}
        </span>
      </span>
    </Panel>
  );
}

const MINUTE = 60;

function timeText(seconds: number, say: Say): string {
  const minutes = Math.floor(seconds / MINUTE);
  return minutes < MINUTE
    ? say('format.minutesSeconds', { m: minutes, s: seconds % MINUTE })
    : say('format.hoursMinutes', { h: Math.floor(minutes / MINUTE), m: minutes % MINUTE });
}
