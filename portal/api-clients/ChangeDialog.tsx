import { Toast, ToastTitle, useToastController } from '@fluentui/react-components';
import type { SecretOnWire } from '../../contract/api-clients.ts';
import { askAgain, useAct } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { type TextKey, useText } from '../text.ts';
import type { Change } from './useClientColumns.tsx';

const TEXTS: Readonly<Record<Change['act'], Readonly<Record<'title' | 'body' | 'submit', TextKey>>>> = {
  rotate: { title: 'settings.rotateTitle', body: 'settings.rotateBody', submit: 'settings.rotate' },
  revoke: { title: 'settings.revokeTitle', body: 'settings.revokeBody', submit: 'settings.revoke' },
};

type Props = Change & {
  readonly rotated: (made: SecretOnWire) => void;
  readonly revoked: () => void;
  readonly close: () => void;
};

/** Asks before a program loses its secret or its access. */
export function ChangeDialog({ act, client: { clientId, name }, rotated, revoked, close }: Props) {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const rotate = useAct('rotateSecret');
  const revoke = useAct('revokeApiClient');
  const texts = TEXTS[act];
  const told = () => {
    dispatchToast(
      <Toast>
        <ToastTitle>{say('settings.revoked', { name })}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
    revoked();
  };
  const submit = () => {
    const call = { params: { clientId } };
    // Perhaps a colleague was faster: what is true now is shown at once.
    if (act === 'rotate') rotate.mutate(call, { onSuccess: rotated, onError: askAgain });
    else revoke.mutate(call, { onSuccess: told, onError: askAgain });
  };
  return (
    <AskDialog
      title={say(texts.title)}
      subject={name}
      body={say(texts.body)}
      irreversible
      submit={say(texts.submit)}
      act={act === 'rotate' ? rotate : revoke}
      perform={submit}
      close={close}
    />
  );
}
