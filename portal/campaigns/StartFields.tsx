import { Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import type { FormPart } from './campaign-form.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  name: { maxWidth: '360px' },
  moment: { maxWidth: '240px' },
});

/** What the campaign is called, and when it is to start. */
export function StartFields({ form, change, wrong }: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Section number={3} title={say('bulk.nameAndStart')}>
      <Panel padded className={styles.fields}>
        <Field
          className={styles.name}
          label={say('bulk.name')}
          hint={say('bulk.nameHint')}
          required
          validationMessage={wrong('name', form.name !== '')}
        >
          <Input value={form.name} onChange={(_event, { value }) => change({ name: value })} />
        </Field>
        <Field label={say('bulk.start')}>
          <RadioGroup
            value={form.later ? 'later' : 'now'}
            onChange={(_event, { value }) => change({ later: value === 'later' })}
          >
            <Radio value="now" label={say('bulk.startNow')} />
            <Radio value="later" label={say('bulk.startLater')} />
          </RadioGroup>
        </Field>
        {form.later && (
          <Field
            className={styles.moment}
            label={say('bulk.startAt')}
            required
            validationMessage={wrong('startsAt', form.startsAt !== '')}
          >
            <Input
              type="datetime-local"
              value={form.startsAt}
              onChange={(_event, { value }) => change({ startsAt: value })}
            />
          </Field>
        )}
      </Panel>
    </Section>
  );
}
