import type { WebhookSecretOnWire } from '../../contract/webhooks.ts';
import { OnceDialog, TakenAlong } from '../frame/OnceDialog.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

/** What a receiver verifies signatures with. */
export function SecretDialog({ made, close }: { made: WebhookSecretOnWire; close: () => void }) {
  const { say } = useText();
  const format = useFormat();
  const secret = say('settings.hookSecret');
  return (
    <OnceDialog
      title={say('settings.hookSecretTitle')}
      warning={say('settings.secretOnce')}
      facts={[
        { key: say('settings.hookAddress'), value: made.url },
        { key: secret, value: <TakenAlong text={made.secret} name={secret} /> },
      ]}
      note={
        made.previousSecretUntil === null
          ? say('settings.hookSecretUse')
          : say('settings.hookSecretUntil', { time: format.dayAndTime(made.previousSecretUntil) })
      }
      close={close}
    />
  );
}
