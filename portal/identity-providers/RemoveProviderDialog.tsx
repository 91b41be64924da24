import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import { askAgain, useAct } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { useText } from '../text.ts';

/** Asks before nobody can sign in there any more. */
export function RemoveProviderDialog({
  provider: { providerId, name },
  close,
}: {
  provider: IdentityProviderOnWire;
  close: () => void;
}) {
  const { say } = useText();
  const remove = useAct('removeIdentityProvider');
  const submit = () => remove.mutate({ params: { providerId } }, { onSuccess: close, onError: askAgain });
  return (
    <AskDialog
      title={say('provider.removeTitle')}
      subject={name}
      body={say('provider.removeBody')}
      submit={say('provider.remove')}
      act={remove}
      perform={submit}
      close={close}
    />
  );
}
