import { Checkbox, Field, Input, Label, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import type { FormPart } from './RequestPage.tsx';
import { DIRECTORY_ROLES, ROLE_TEXTS, SERVICE_TEXTS, SERVICES } from './texts.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  choices: { display: 'flex', flexDirection: 'column' },
  days: { maxWidth: '120px' },
  wrong: { fontSize: tokens.fontSizeBase200, color: tokens.colorStatusDangerForeground1 },
  hint: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** What is asked for: nothing beside the relationship, full privileges, or roles for some days; for all services or some. */
export function AskedFields({ form, change, wrong }: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Section title={say('rel.what')}>
      <Panel padded className={styles.fields}>
        <div>
          <Checkbox
            label={say('rel.include')}
            checked={form.include}
            onChange={(_event, { checked }) => change({ include: checked === true })}
          />
          <div className={styles.hint}>{say('rel.includeHint')}</div>
        </div>
        {form.include && (
          <>
            <Field label={say('rel.kind')}>
              <Select
                value={form.kind}
                onChange={(_event, { value }) => change({ kind: value === 'dap' ? 'dap' : 'gdap' })}
              >
                <option value="gdap">{say('priv.gdap')}</option>
                <option value="dap">{say('priv.dap')}</option>
              </Select>
            </Field>
            {form.kind === 'gdap' && <GranularFields form={form} change={change} wrong={wrong} />}
            <Checkbox
              label={say('rel.limitServices')}
              checked={form.limited}
              onChange={(_event, { checked }) => change({ limited: checked === true })}
            />
            {form.limited && (
              <Choices
                label={say('rel.services')}
                all={SERVICES}
                texts={SERVICE_TEXTS}
                chosen={form.services}
                choose={(services) => change({ services })}
                wrong={wrong('privileges', 'families')}
              />
            )}
          </>
        )}
      </Panel>
    </Section>
  );
}

/** Roles, and for how long. */
function GranularFields({ form, change, wrong }: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <>
      <Choices
        label={say('rel.chooseRoles')}
        all={DIRECTORY_ROLES}
        texts={ROLE_TEXTS}
        chosen={form.roles}
        choose={(roles) => change({ roles })}
        wrong={wrong('privileges', 'roles')}
      />
      <RouterLink to={paths.help('requesting-privileges')}>{say('rel.help')}</RouterLink>
      <Field label={say('rel.duration')} hint={say('rel.durationHint')} validationMessage={wrong('privileges', 'days')}>
        <Input
          className={styles.days}
          type="number"
          min={1}
          max={730}
          value={form.days}
          onChange={(_event, { value }) => change({ days: value })}
        />
      </Field>
    </>
  );
}

type ChoicesProps<Key extends string> = {
  readonly label: string;
  readonly all: readonly Key[];
  readonly texts: Readonly<Record<Key, TextKey>>;
  readonly chosen: readonly Key[];
  readonly choose: (chosen: readonly Key[]) => void;
  readonly wrong: string | undefined;
};

function Choices<Key extends string>({ label, all, texts, chosen, choose, wrong }: ChoicesProps<Key>) {
  const { say } = useText();
  const styles = useStyles();
  const id = useId();
  // No Field around them: it would give all of them the one id that its label points at.
  return (
    <div role="group" aria-labelledby={`${id}label`} aria-describedby={`${id}wrong`} className={styles.choices}>
      <Label id={`${id}label`}>{label}</Label>
      {all.map((one) => (
        <Checkbox
          key={one}
          label={say(texts[one])}
          checked={chosen.includes(one)}
          onChange={(_event, { checked }) =>
            choose(all.filter((key) => (key === one ? checked === true : chosen.includes(key))))
          }
        />
      ))}
      <span id={`${id}wrong`} role="alert" className={styles.wrong}>
        {wrong}
      </span>
    </div>
  );
}
