import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MenuItem,
  Toast,
  ToastTitle,
  useToastController,
} from '@fluentui/react-components';
import type { RecordedSubscriptionOnWire } from '../../contract/recorded-subscriptions.ts';
import { askAgain, useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { useMay } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { MoreMenu } from '../ui/MoreMenu.tsx';

/** What can be done with a record; absent: a new one is written. */
export type RecordAct = {
  readonly act: 'write' | 'end' | 'remove';
  readonly record?: RecordedSubscriptionOnWire | undefined;
};

/** The acts on one record, at the end of its row. */
export function RecordMenu({ record, open }: { record: RecordedSubscriptionOnWire; open: (act: RecordAct) => void }) {
  const { say } = useText();
  const mayRecord = useMay('recordSubscriptions');
  if (!mayRecord) return null;
  const isOver = record.status === 'deleted';
  return (
    <MoreMenu label={say('common.moreFor', { name: record.offerName })}>
      <MenuItem onClick={() => open({ act: 'write', record })}>{say('record.changeTitle')}</MenuItem>
      {!isOver && <MenuItem onClick={() => open({ act: 'end', record })}>{say('record.end')}</MenuItem>}
      <MenuItem onClick={() => open({ act: 'remove', record })}>{say('record.remove')}</MenuItem>
    </MoreMenu>
  );
}

const TEXTS: Readonly<Record<'end' | 'remove', Readonly<Record<'title' | 'body' | 'done', TextKey>>>> = {
  end: { title: 'record.end', body: 'record.endBody', done: 'record.ended' },
  remove: { title: 'record.remove', body: 'record.removeBody', done: 'record.removed' },
};

type Props = {
  readonly customerId: string;
  readonly act: 'end' | 'remove';
  readonly record: RecordedSubscriptionOnWire;
  readonly close: () => void;
};

/** Asks before a record stops counting. */
export function EndRecordDialog({ customerId, act, record, close }: Props) {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const change = useAct('changeRecordedSubscription');
  const remove = useAct('removeRecordedSubscription');
  const { error, isPending } = act === 'end' ? change : remove;
  const texts = TEXTS[act];
  const onSuccess = () => {
    dispatchToast(
      <Toast>
        <ToastTitle>{say(texts.done)}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
    close();
  };
  const submit = () => {
    const { recordedSubscriptionId, offerId, channel, quantity, endsOn, version } = record;
    const params = { customerId, recordedSubscriptionId };
    const body = { offerId, channel, quantity, endsOn, version, status: 'deleted' as const };
    if (act === 'end') change.mutate({ params, body }, { onSuccess, onError: askAgain });
    else remove.mutate({ params }, { onSuccess, onError: askAgain });
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !isPending && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say(texts.title)}</DialogTitle>
          <DialogContent>
            <strong>{`${record.offerName} · ${record.channelName}`}</strong>
            <p>{say(texts.body)}</p>
            {error && <ProblemBar error={error} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={isPending} onClick={close}>
              {say('common.cancel')}
            </Button>
            <Button appearance="primary" disabledFocusable={isPending} onClick={submit}>
              {say(texts.title)}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
