import { Button, Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { WhyNot } from '../frame/WhyNot.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { useKept } from '../ui/useKept.ts';
import { ExportSection } from './ExportSection.tsx';
import { Pace } from './PaceForm.tsx';

const LEAST_DAYS = 90;
const MOST_DAYS = 36_500;
const USUAL_DAYS = 730;
const WHY_NOT_ID = 'why-not-settings';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '12px', padding: '16px' },
  days: { width: '160px' },
});

/** What holds for the whole partner: how long its audit log is kept, and how fast bulk upgrades are sent. */
export function GeneralPage() {
  const { say } = useText();
  const settings = useAnswer('showSettings', {});
  return (
    <>
      <TabHead lead={say('settings.generalLead')} />
      <Panel>
        <Answered query={settings} texts={TEXTS}>
          {(value) => <AuditForm key={String(value.auditDays)} settings={value} />}
        </Answered>
      </Panel>
      {settings.data && (
        <>
          <Pace />
          <ExportSection />
        </>
      )}
    </>
  );
}

function AuditForm({ settings }: { settings: Value<'showSettings'> }) {
  const { say } = useText();
  const styles = useStyles();
  const mayChange = useMay('changeSettings');
  const { change, save: saveAs } = useSave();
  const [keep, choose] = useKept('keep', settings.auditDays === null ? 'ever' : 'days');
  const [typed, type] = useKept('days', String(settings.auditDays ?? USUAL_DAYS));
  const days = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0;
  const wrong = keep === 'days' && (days < LEAST_DAYS || days > MOST_DAYS);
  const auditDays = keep === 'ever' ? null : days;
  const save = () => saveAs(auditDays);
  const ready = mayChange && !wrong && auditDays !== settings.auditDays && !change.isPending;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save();
      }}
    >
      <Section title={say('settings.auditTitle')}>
        <RadioGroup
          aria-label={say('settings.auditTitle')}
          value={keep}
          disabled={!mayChange}
          aria-describedby={mayChange ? undefined : WHY_NOT_ID}
          onChange={(_event, data) => choose(data.value)}
        >
          <Radio value="ever" label={say('settings.auditKeepEver')} />
          <Radio value="days" label={say('settings.auditKeepDays')} />
        </RadioGroup>
        {keep === 'days' && (
          <Field
            label={say('settings.auditDays')}
            hint={say('settings.auditDaysHint', { n: LEAST_DAYS })}
            validationMessage={
              wrong ? say('settings.auditDaysWrong', { least: LEAST_DAYS, most: MOST_DAYS }) : undefined
            }
          >
            <Input
              className={styles.days}
              type="number"
              min={LEAST_DAYS}
              max={MOST_DAYS}
              disabled={!mayChange}
              value={typed}
              onChange={(_event, data) => type(data.value)}
            />
          </Field>
        )}
      </Section>
      {change.error && <ProblemBar error={change.error} />}
      {mayChange ? (
        <Button type="submit" appearance="primary" disabledFocusable={!ready}>
          {say('common.save')}
        </Button>
      ) : (
        <WhyNot id={WHY_NOT_ID} action="changeSettings" />
      )}
    </form>
  );
}

/** Saves, and says so. */
function useSave() {
  const { say } = useText();
  const echo = useEcho();
  const change = useAct('changeSettings');
  const save = (auditDays: number | null) =>
    change.mutate({ body: { auditDays } }, { onSuccess: () => echo(say('settings.saved')) });
  return { change, save };
}

const TEXTS = {
  loading: 'settings.loadingGeneral',
  error: 'settings.errorTitle',
  noPermission: 'settings.noPermTitle',
} as const;
