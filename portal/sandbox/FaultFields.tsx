import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { type TextKey, useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';
import type { FieldName, Form } from './fault-form.ts';
import { isOfWebhooks, type Kind, KIND_TEXT } from './fault-rule.ts';

const KINDS = Object.keys(KIND_TEXT) as Kind[];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const STATUSES = ['500', '502', '503', '504'];

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: '12px 16px',
    [SCREEN.belowTable]: { gridTemplateColumns: '1fr' },
  },
});

type Props = {
  readonly form: Form;
  readonly change: (form: Form) => void;
  /** What the server found, by the path of the field. */
  readonly wrong: readonly { readonly field: string; readonly message: string }[];
};

/** The fields of a rule that its kind has. */
export function FaultFields(props: Props) {
  const { form, change } = props;
  const { say } = useText();
  const styles = useStyles();
  return (
    <>
      <Field label={say('sandbox.kind')}>
        <Select value={form.kind} onChange={(_event, { value }) => change({ ...form, kind: value as Kind })}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {say(KIND_TEXT[kind])}
            </option>
          ))}
        </Select>
      </Field>
      {form.kind === 'too-many-requests' && <Part {...props} name="retryAfterSeconds" labelKey="sandbox.retryAfter" />}
      {form.kind === 'server-error' && (
        <Part {...props} name="status" labelKey="sandbox.status">
          <Options values={STATUSES} />
        </Part>
      )}
      {(form.kind === 'latency' || form.kind === 'webhook-late') && (
        <Part {...props} name="ms" labelKey="sandbox.milliseconds" />
      )}
      {isOfWebhooks(form.kind) ? (
        <Part {...props} name="event" labelKey="sandbox.event" hintKey="sandbox.eventHint" />
      ) : (
        <>
          <Part {...props} name="path" labelKey="sandbox.path" hintKey="sandbox.pathHint" />
          <Part {...props} name="method" labelKey="sandbox.method">
            <option value="">{say('common.all')}</option>
            <Options values={METHODS} />
          </Part>
        </>
      )}
      <div className={styles.pair}>
        <Part {...props} name="probability" labelKey="sandbox.probability" hintKey="sandbox.probabilityHint" />
        <Part {...props} name="times" labelKey="sandbox.times" hintKey="sandbox.timesHint" />
      </div>
    </>
  );
}

type PartProps = Props & {
  readonly name: FieldName;
  readonly labelKey: TextKey;
  readonly hintKey?: TextKey;
  /** What can be chosen; without it one types. */
  readonly children?: ReactNode;
};

function Part({ form, change, wrong, name, labelKey, hintKey, children }: PartProps) {
  const { say } = useText();
  const given = {
    value: form[name],
    onChange: (_event: unknown, { value }: { value: string }) => change({ ...form, [name]: value }),
  };
  return (
    <Field
      label={say(labelKey)}
      hint={hintKey && say(hintKey)}
      validationMessage={wrong.find(({ field }) => field.endsWith(`.${name}`))?.message}
    >
      {children ? <Select {...given}>{children}</Select> : <Input {...given} />}
    </Field>
  );
}

function Options({ values }: { values: readonly string[] }) {
  return values.map((value) => (
    <option key={value} value={value}>
      {value}
    </option>
  ));
}
