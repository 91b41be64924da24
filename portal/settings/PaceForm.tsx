import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';

const MOST = 60_000;

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '12px', padding: '16px' },
  rows: { width: '160px' },
});

/** How fast bulk upgrades are sent. */
export function Pace() {
  const pace = useAnswer('showCampaignPace', {});
  return (
    <Panel>
      <Answered query={pace} texts={TEXTS}>
        {(value) => <PaceForm key={value.rowsPerMinute} pace={value} />}
      </Answered>
    </Panel>
  );
}

function PaceForm({ pace }: { readonly pace: Value<'showCampaignPace'> }) {
  const { say } = useText();
  const styles = useStyles();
  const echo = useEcho();
  const mayChange = useMay('changeSettings');
  const change = useAct('changeCampaignPace');
  const [typed, type] = useKept('pace', String(pace.rowsPerMinute));
  const rowsPerMinute = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0;
  const wrong = rowsPerMinute < 1 || rowsPerMinute > MOST;
  const ready = mayChange && !wrong && rowsPerMinute !== pace.rowsPerMinute && !change.isPending;
  const save = () => change.mutate({ body: { rowsPerMinute } }, { onSuccess: () => echo(say('settings.saved')) });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save();
      }}
    >
      <Section title={say('settings.paceTitle')}>
        <Field
          label={say('settings.paceRows')}
          hint={say('settings.paceHint')}
          validationMessage={wrong ? say('settings.auditDaysWrong', { least: 1, most: MOST }) : undefined}
        >
          <Input
            className={styles.rows}
            type="number"
            min={1}
            max={MOST}
            disabled={!mayChange}
            value={typed}
            onChange={(_event, data) => type(data.value)}
          />
        </Field>
      </Section>
      {change.error && <ProblemBar error={change.error} />}
      {mayChange && (
        <Button type="submit" appearance="primary" disabledFocusable={!ready}>
          {say('settings.paceSave')}
        </Button>
      )}
    </form>
  );
}

const TEXTS = {
  loading: 'settings.loadingPace',
  error: 'settings.errorPace',
  noPermission: 'settings.noPermTitle',
} as const;
