import type { WebhookOnWire, WebhookSecretOnWire } from '../../contract/webhooks.ts';
import { askAgain, useAct } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { type TextKey, useText } from '../text.ts';
import type { Act } from './useWebhookColumns.tsx';

type Words = Readonly<Record<'title' | 'body' | 'submit', TextKey>>;

const TEXTS: Readonly<Record<'rotate' | 'remove' | 'switchOff' | 'switchOn', Words>> = {
  rotate: { title: 'settings.hookRotateTitle', body: 'settings.hookRotateBody', submit: 'settings.rotate' },
  remove: { title: 'settings.hookRemoveTitle', body: 'settings.hookRemoveBody', submit: 'settings.hookRemove' },
  switchOff: { title: 'settings.hookOffTitle', body: 'settings.hookOffBody', submit: 'settings.hookSwitchOff' },
  switchOn: { title: 'settings.hookOnTitle', body: 'settings.hookOnBody', submit: 'settings.hookSwitchOn' },
};

type Props = {
  readonly act: Exclude<Act, 'edit'>;
  readonly webhook: WebhookOnWire;
  readonly rotated: (made: WebhookSecretOnWire) => void;
  readonly removed: () => void;
  readonly close: () => void;
};

/** Asks before something changes for a receiver. */
export function ChangeDialog({ act, webhook: { webhookId, url, enabled }, rotated, removed, close }: Props) {
  const { say } = useText();
  const rotate = useAct('rotateWebhookSecret');
  const remove = useAct('removeWebhook');
  const change = useAct('changeWebhook');
  const texts = TEXTS[act === 'switch' ? (enabled ? 'switchOff' : 'switchOn') : act];
  const submit = () => {
    const call = { params: { webhookId } };
    // Perhaps a colleague was faster: what is true now is shown at once.
    if (act === 'rotate') rotate.mutate(call, { onSuccess: rotated, onError: askAgain });
    else if (act === 'remove') remove.mutate(call, { onSuccess: removed, onError: askAgain });
    else change.mutate({ ...call, body: { enabled: !enabled } }, { onSuccess: close, onError: askAgain });
  };
  return (
    <AskDialog
      title={say(texts.title)}
      subject={url}
      body={say(texts.body)}
      irreversible={act === 'remove'}
      submit={say(texts.submit)}
      act={{ rotate, remove, switch: change }[act]}
      perform={submit}
      close={close}
    />
  );
}
