import { Input } from '@fluentui/react-components';
import { useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import type { Rule } from './fault-rule.ts';
import { SetForm } from './SetForm.tsx';

/** From where the draws of all rules begin. */
export function SeedForm({ seed, rules }: { seed: number; rules: readonly Rule[] }) {
  const { say } = useText();
  const set = useAct('setFaults');
  const [typed, type] = useState(String(seed));
  return (
    <SetForm
      label={say('sandbox.seed')}
      hint={say('sandbox.seedHint')}
      message={problemOf(set.error)?.fields?.[0]?.message ?? set.error?.message}
      busy={set.isPending}
      // An empty field is no number, though JavaScript takes it for 0.
      set={() => set.mutate({ body: { seed: typed.trim() === '' ? NaN : Number(typed), rules: [...rules] } })}
    >
      <Input inputMode="numeric" value={typed} onChange={(_event, data) => type(data.value)} />
    </SetForm>
  );
}
