import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { problemOf } from '../api/client.ts';
import { useAct, type Value } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';
import { WatchBar } from './WatchBars.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
});

type Props = { readonly customerId: string; readonly evidence: Value<'showEvidence'> };

/** The day on which this is looked at again, and what the last look found. */
export function WatchSection({ customerId, evidence }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const mayWatch = useMay('upgrade');
  const set = useAct('setWatch');
  const { subscriptionId, targetOfferId, nextCheckOn, watch } = evidence;
  const [day, setDay] = useKept('watch day', nextCheckOn ?? '');
  const watchOn = (checkOn: string) =>
    set.mutate({ params: { customerId, subscriptionId, targetOfferId }, body: { checkOn } });
  const problem = problemOf(set.error);
  const wrong = problem?.fields?.[0]?.message;
  return (
    <Section title={say('watch.title')}>
      {watch && <WatchBar watch={watch} />}
      <Panel padded className={styles.content}>
        {nextCheckOn && watch?.checkOn !== nextCheckOn && (
          <div>
            <Button
              appearance="primary"
              disabledFocusable={!mayWatch || set.isPending}
              onClick={() => mayWatch && watchOn(nextCheckOn)}
            >
              {say('why.watch', { date: format.day(nextCheckOn) })}
            </Button>
          </div>
        )}
        <div className={styles.row}>
          <Field label={say('watch.day')} validationMessage={wrong}>
            <Input type="date" value={day} onChange={(_event, { value }) => setDay(value)} />
          </Field>
          <Button
            disabledFocusable={!mayWatch || set.isPending || day === ''}
            onClick={() => mayWatch && day !== '' && watchOn(day)}
          >
            {say(watch?.checkOn ? 'watch.move' : 'watch.set')}
          </Button>
        </div>
        {set.error && !wrong && <ProblemBar error={set.error} />}
      </Panel>
    </Section>
  );
}
