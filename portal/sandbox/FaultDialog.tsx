import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
} from '@fluentui/react-components';
import { useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import { FIRST, type Form, ruleOf } from './fault-form.ts';
import type { Rule } from './fault-rule.ts';
import { FaultFields } from './FaultFields.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

type Props = { readonly seed: number; readonly rules: readonly Rule[]; readonly close: () => void };

/** One more rule; what is wrong with it the server says, at the field. */
export function FaultDialog({ seed, rules, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const [form, change] = useState<Form>(FIRST);
  const set = useAct('setFaults');
  const add = () => set.mutate({ body: { seed, rules: [...rules, ruleOf(form)] } }, { onSuccess: close });
  const problem = problemOf(set.error);
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <DialogBody>
            <DialogTitle>{say('sandbox.addFault')}</DialogTitle>
            <DialogContent className={styles.content}>
              <FaultFields form={form} change={change} wrong={problem?.fields ?? []} />
              {set.error && !problem?.fields && (
                <MessageBar intent="error" layout="multiline">
                  <MessageBarBody>
                    {problem ? `${problem.detail} ${problem.remedy}` : say('error.network')}
                  </MessageBarBody>
                </MessageBar>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{say('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={set.isPending}>
                {say('sandbox.addFault')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
