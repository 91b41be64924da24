import { Button, Field, Input, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';

/** Deletes the personal data of a customer, once its name is typed. */
export function EraseButton({ customerId }: { readonly customerId: string }) {
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  const [asking, ask] = useState(false);
  const customer = useAnswer('showCustomer', { params: { customerId } }).data;
  if (!useMay('erasePersonalData')) return null;
  return (
    <>
      <Button {...opener} size="small" onClick={() => ask(true)}>
        {say('erase.act')}
      </Button>
      {asking && customer && <EraseDialog customer={customer} close={() => ask(false)} />}
    </>
  );
}

function EraseDialog({ customer, close }: { readonly customer: CustomerOnWire; readonly close: () => void }) {
  const { customerId, name } = customer;
  const { say } = useText();
  const echo = useEcho();
  const [typed, type] = useState('');
  const erase = useAct('erasePersonalData');
  const perform = () =>
    erase.mutate(
      { params: { customerId }, body: { name: typed } },
      {
        onSuccess: ({ users }) => {
          echo(say('erase.done', { n: users }));
          close();
        },
      },
    );
  return (
    <AskDialog
      title={say('erase.title')}
      subject={name}
      body={say('erase.body')}
      ready={typed.trim() === name}
      irreversible
      submit={say('erase.act')}
      act={erase}
      perform={perform}
      close={close}
    >
      <span>{say('erase.stays')}</span>
      <Field label={say('erase.typeName')}>
        <Input value={typed} onChange={(_event, { value }) => type(value)} />
      </Field>
    </AskDialog>
  );
}
