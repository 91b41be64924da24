import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useText } from '../text.ts';
import { useCountries } from '../ui/useCountries.ts';
import type { Answer, Question } from './useResolve.ts';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

type Props = {
  readonly question: Question;
  readonly country: string;
  readonly busy: boolean;
  readonly answer: (answer: Answer) => void;
  readonly close: () => void;
};

/** Asks what a person must decide: the country of an account, or which of two licenses stays. */
export function ResolveDialog({ question, country, busy, answer, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const [usageLocation, setUsageLocation] = useState(country);
  const [action, setAction] = useState<'removeConflictingLicense' | 'leave'>('removeConflictingLicense');
  const names = question.issues.map((issue) => issue.displayName).join(', ');
  const faults = question.issues.flatMap((issue) => issue.faults.filter((fault) => 'offerName' in fault.evidence));
  const held = [
    ...new Set(faults.flatMap(({ evidence }) => ('offerName' in evidence ? [evidence.offerName] : []))),
  ].join(', ');
  const messages = [...new Set(faults.map((fault) => fault.message))];
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            {say(question.kind === 'location' ? 'resolve.location' : 'problem.exclusive.action')}
          </DialogTitle>
          <DialogContent className={styles.content}>
            <span>{names}</span>
            {question.kind === 'location' ? (
              <Countries value={usageLocation} change={setUsageLocation} />
            ) : (
              <>
                {messages.map((message) => (
                  <span key={message}>{message}</span>
                ))}
                <RadioGroup
                  value={action}
                  onChange={(_event, { value }) => setAction(value === 'leave' ? 'leave' : 'removeConflictingLicense')}
                  aria-label={say('problem.exclusive.action')}
                >
                  <Radio value="removeConflictingLicense" label={say('resolve.takeNew', { offer: held })} />
                  <Radio value="leave" label={say('resolve.keepOld', { offer: held })} />
                </RadioGroup>
              </>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{say('common.cancel')}</Button>
            <Button
              appearance="primary"
              disabledFocusable={busy}
              onClick={() =>
                answer(question.kind === 'location' ? { action: 'setUsageLocation', usageLocation } : { action })
              }
            >
              {say('common.save')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Countries({ value, change }: { value: string; change: (country: string) => void }) {
  const { say } = useText();
  const countries = useCountries();
  return (
    <Field label={say('resolve.location')}>
      <Select value={value} onChange={(_event, data) => change(data.value)}>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
