import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import type { Rule } from './fault-rule.ts';

const useStyles = makeStyles({
  form: { display: 'flex', alignItems: 'flex-start', gap: '8px' },
  field: { width: '200px' },
  beside: { marginTop: '24px' },
});

/** From where the draws of all rules begin. */
export function SeedForm({ seed, rules }: { seed: number; rules: readonly Rule[] }) {
  const { say } = useText();
  const styles = useStyles();
  const set = useAct('setFaults');
  const [typed, type] = useState(String(seed));
  const message = set.error && (problemOf(set.error)?.fields?.[0]?.message ?? set.error.message);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        // An empty field is no number, though JavaScript takes it for 0.
        set.mutate({ body: { seed: typed.trim() === '' ? NaN : Number(typed), rules: [...rules] } });
      }}
    >
      <Field
        className={styles.field}
        label={say('sandbox.seed')}
        hint={say('sandbox.seedHint')}
        validationMessage={message}
      >
        <Input inputMode="numeric" value={typed} onChange={(_event, data) => type(data.value)} />
      </Field>
      <Button type="submit" className={styles.beside} disabledFocusable={set.isPending}>
        {say('sandbox.set')}
      </Button>
    </form>
  );
}
