import { Button, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { SetForm } from './SetForm.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useKept } from '../ui/useKept.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  now: { fontSize: '20px', lineHeight: '26px', fontWeight: tokens.fontWeightSemibold },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

const STEPS = [
  { advance: 'P1D', text: 'sandbox.advanceDay' },
  { advance: 'P1M', text: 'sandbox.advanceMonth' },
  { advance: 'P1Y', text: 'sandbox.advanceYear' },
] as const;

/** The deployment's clock: how late it is there, and moving it on or to a moment. */
export function ClockSection({ now }: { now: string }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const echo = useEcho();
  const move = useAct('moveClock');
  const [typed, type] = useKept('clock', '');
  const [incomplete, setIncomplete] = useState(false);
  const moveTo = (body: { now: string } | { advance: string }) =>
    move.mutate(
      { body },
      { onSuccess: (moved) => echo(say('sandbox.clockMoved', { time: format.dayAndTime(moved.now) })) },
    );
  const set = () => {
    const moment = new Date(typed);
    setIncomplete(Number.isNaN(moment.getTime()));
    if (!Number.isNaN(moment.getTime())) moveTo({ now: moment.toISOString() });
  };
  const problem = problemOf(move.error);
  const ofMoment = problem?.fields?.find(({ field }) => field === 'now');
  return (
    <Section title={say('sandbox.clock')} hint={say('sandbox.clockHint')}>
      <Panel padded className={styles.content}>
        <time dateTime={now} className={styles.now}>
          {format.dayAndTime(now)}
        </time>
        <div className={styles.row}>
          {STEPS.map(({ advance, text }) => (
            <Button key={advance} disabledFocusable={move.isPending} onClick={() => moveTo({ advance })}>
              {say(text)}
            </Button>
          ))}
        </div>
        <SetForm
          label={say('sandbox.moment')}
          hint={say('sandbox.momentHint')}
          message={incomplete ? say('sandbox.momentNeeded') : ofMoment?.message}
          busy={move.isPending}
          set={set}
        >
          <Input type="datetime-local" step={60} value={typed} onChange={(_event, data) => type(data.value)} />
        </SetForm>
        {move.error && !ofMoment && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{problem ? `${problem.detail} ${problem.remedy}` : say('error.network')}</MessageBarBody>
          </MessageBar>
        )}
      </Panel>
    </Section>
  );
}
