import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useText } from '../text.ts';
import { useKept } from '../ui/useKept.ts';
import { FIRST, type Form, ruleOf } from './fault-form.ts';
import type { Rule } from './fault-rule.ts';
import { FaultFields } from './FaultFields.tsx';

type Props = { readonly seed: number; readonly rules: readonly Rule[]; readonly close: () => void };

/** One more rule; what is wrong with it the server says, at the field. */
export function FaultDialog({ seed, rules, close }: Props) {
  const { say } = useText();
  const [form, change] = useKept<Form>('fault', FIRST);
  const set = useAct('setFaults');
  const add = () => set.mutate({ body: { seed, rules: [...rules, ruleOf(form)] } }, { onSuccess: close });
  return (
    <FormDialog title={say('sandbox.addFault')} submit={say('sandbox.addFault')} act={set} perform={add} close={close}>
      <FaultFields form={form} change={change} wrong={problemOf(set.error)?.fields ?? []} />
    </FormDialog>
  );
}
