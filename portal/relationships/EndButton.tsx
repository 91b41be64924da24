import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct } from '../api/query.ts';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { ActDialog } from './ActDialog.tsx';

/** Ends the relationship with a customer, once that is confirmed. */
export function EndButton({ customerId }: { customerId: string }) {
  const { say } = useText();
  const echo = useEcho();
  const navigate = useNavigate();
  const opener = useRestoreFocusTarget();
  const [asking, ask] = useState(false);
  const end = useAct('endRelationship');
  if (!useMay('manageCustomers')) return null;
  const run = () =>
    end.mutate(
      { params: { customerId } },
      {
        onSuccess: () => {
          echo(say('rel.ended'));
          void navigate(paths.customers);
        },
      },
    );
  return (
    <>
      <Button {...opener} size="small" onClick={() => ask(true)}>
        {say('rel.end')}
      </Button>
      {asking && (
        <ActDialog
          title={say('rel.endTitle')}
          body={say('rel.endBody')}
          verb={say('rel.end')}
          act={end}
          run={run}
          close={() => ask(false)}
        />
      )}
    </>
  );
}
