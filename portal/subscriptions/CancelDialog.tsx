import {
  Button,
  Checkbox,
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
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { ActLines } from './ActLines.tsx';
import { type ActProps, nameOf, type OpenAct } from './acts.ts';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

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
  const styles = useStyles();
  const [understood, understand] = useState(false);
  const params = { customerId, subscriptionId: subscription.subscriptionId };
  const preview = useAnswer('previewCancellation', { params });
  const act = useAct('cancelSubscription');
  const refused = preview.error && problemOf(preview.error)?.refusals;
  const ready = preview.isSuccess && understood && !act.isPending;
  const perform = () => {
    if (!preview.data) return;
    const onSuccess = () => {
      echo(say('cancel.done'));
      close();
    };
    act.mutate({ params, body: { version: preview.data.version } }, { onSuccess });
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !act.isPending && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('cancel.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <strong>{nameOf(subscription)}</strong>
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
            {act.error && <ProblemBar error={act.error} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={act.isPending} onClick={close}>
              {say('confirm.back')}
            </Button>
            {refused?.some(({ action }) => action === 'turn-auto-renew-off') && subscription.autoRenew ? (
              <Button appearance="primary" onClick={() => open('lapse', subscription)}>
                {say('life.lapse')}
              </Button>
            ) : (
              <Button appearance="primary" disabledFocusable={!ready} onClick={perform}>
                {say('cancel.act')}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
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
