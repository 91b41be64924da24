import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useAct, type Value } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { useEcho } from '../frame/useEcho.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '12px' },
  field: { width: '100%', maxWidth: '340px' },
  dialog: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
});

type Scenario = Value<'showSandbox'>['scenarios'][number];
const SCENARIO_TEXT: Readonly<Record<Scenario, TextKey>> = {
  demo: 'sandbox.scenarioDemo',
  empty: 'sandbox.scenarioEmpty',
};

/** The world in the sandbox: throwing it away for a new one. */
export function ScenarioSection({ scenarios }: { scenarios: readonly Scenario[] }) {
  const { say } = useText();
  const styles = useStyles();
  const echo = useEcho();
  const [chosen, choose] = useState<Scenario>('demo');
  const [asking, ask] = useState(false);
  const reset = useAct('resetSandbox');
  const name = say(SCENARIO_TEXT[chosen]);
  const load = () =>
    reset.mutate(
      { body: { scenario: chosen } },
      {
        onSuccess: () => {
          ask(false);
          echo(say('sandbox.loaded', { scenario: name }));
        },
      },
    );
  return (
    <Section title={say('sandbox.scenario')} hint={say('sandbox.scenarioHint')}>
      <Panel padded className={styles.content}>
        <ScenarioChoice scenarios={scenarios} value={chosen} choose={choose} />
        <Dialog
          open={asking}
          modalType="alert"
          onOpenChange={(_event, data) => {
            if (data.open) reset.reset();
            if (data.open || !reset.isPending) ask(data.open);
          }}
        >
          <DialogTrigger disableButtonEnhancement>
            <Button>{say('sandbox.load')}</Button>
          </DialogTrigger>
          <DialogSurface>
            <DialogBody>
              <DialogTitle>{say('sandbox.loadTitle')}</DialogTitle>
              <DialogContent className={styles.dialog}>
                <strong>{name}</strong>
                <span>{say('sandbox.loadBody')}</span>
                {reset.error && (
                  <MessageBar intent="error" layout="multiline">
                    <MessageBarBody>{reset.error.message}</MessageBarBody>
                  </MessageBar>
                )}
              </DialogContent>
              <DialogActions>
                <Button disabled={reset.isPending} onClick={() => ask(false)}>
                  {say('common.cancel')}
                </Button>
                <Button appearance="primary" disabledFocusable={reset.isPending} onClick={load}>
                  {say('sandbox.load')}
                </Button>
              </DialogActions>
            </DialogBody>
          </DialogSurface>
        </Dialog>
      </Panel>
    </Section>
  );
}

type ChoiceProps = {
  readonly scenarios: readonly Scenario[];
  readonly value: Scenario;
  readonly choose: (scenario: Scenario) => void;
};

function ScenarioChoice({ scenarios, value, choose }: ChoiceProps) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Select
      className={styles.field}
      aria-label={say('sandbox.scenario')}
      value={value}
      onChange={(_event, data) => choose(data.value as Scenario)}
    >
      {scenarios.map((scenario) => (
        <option key={scenario} value={scenario}>
          {say(SCENARIO_TEXT[scenario])}
        </option>
      ))}
    </Select>
  );
}
