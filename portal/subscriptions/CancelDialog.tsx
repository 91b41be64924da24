import { Checkbox, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { AskDialog } from '../frame/AskDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { ActLines } from './ActLines.tsx';
import { type ActProps, nameOf, type OpenAct } from './acts.ts';

type Cancellation = Value<'previewCancellation'>;
const REFUND_TEXT: Readonly<Record<Cancellation['refund'], TextKey>> = {
  full: 'cancel.refundFull',
  partial: 'cancel.refundPartial',
  none: 'cancel.refundNone',
};

/** The end of a subscription: what comes back, its last day and who loses a license, then a statement to tick. */
export function CancelDialog({ customerId, subscription, close, open }: ActProps & { readonly open: OpenAct }) {
  const { say } = useText();
  const echo = useEcho();
  const [understood, understand] = useState(false);
  const params = { customerId, subscriptionId: subscription.subscriptionId };
  const preview = useAnswer('previewCancellation', { params });
  const act = useAct('cancelSubscription');
  const refused = preview.error && problemOf(preview.error)?.refusals;
  const ready = preview.isSuccess && understood;
  const perform = () => {
    if (!preview.data) return;
    const onSuccess = () => {
      echo(say('cancel.done'));
      close();
    };
    act.mutate({ params, body: { version: preview.data.version } }, { onSuccess });
  };
  const instead = refused?.some(({ action }) => action === 'turn-auto-renew-off') && subscription.autoRenew;
  return (
    <AskDialog
      title={say('cancel.title')}
      subject={nameOf(subscription)}
      submit={say(instead ? 'life.lapse' : 'cancel.act')}
      ready={instead ?? ready}
      act={act}
      perform={instead ? () => open('lapse', subscription) : perform}
      close={close}
    >
      {refused ? (
        <ProblemBar error={preview.error} />
      ) : (
        <Answered query={preview} texts={TEXTS}>
          {(shown) => <Shown cancellation={shown} assigned={subscription.assigned} />}
        </Answered>
      )}
      {preview.isSuccess && (
        <Checkbox
          label={say('confirm.check')}
          checked={understood}
          disabled={act.isPending}
          onChange={(_event, { checked }) => understand(checked === true)}
        />
      )}
    </AskDialog>
  );
}

const TEXTS = { loading: 'cancel.loading', error: 'cancel.errorTitle' } as const;

function Shown({ cancellation, assigned }: { cancellation: Cancellation; assigned: number }) {
  const { say } = useText();
  const format = useFormat();
  const { refund, effectiveOn } = cancellation;
  return (
    <>
      <FactsList
        stacks
        facts={[
          { key: say('cancel.ends'), value: say('cancel.endsToday', { date: format.day(effectiveOn) }) },
          { key: say('cancel.users'), value: say('cancel.usersLose', { n: assigned }) },
          { key: say('cancel.refund'), value: say(REFUND_TEXT[refund]) },
        ]}
      />
      <ActLines {...cancellation} />
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{say('common.irreversible')}</MessageBarBody>
      </MessageBar>
    </>
  );
}
