import type { SecretOnWire } from '../../contract/api-clients.ts';
import { OnceDialog, TakenAlong } from '../frame/OnceDialog.tsx';
import { useText } from '../text.ts';

/** What a program needs to get a token. */
export function SecretDialog({ made, close }: { made: SecretOnWire; close: () => void }) {
  const { say } = useText();
  const fact = (key: string, text: string) => ({ key, value: <TakenAlong text={text} name={key} /> });
  return (
    <OnceDialog
      title={say('settings.secretTitle', { name: made.name })}
      warning={say('settings.secretOnce')}
      facts={[
        fact(say('settings.secret'), made.secret),
        fact(say('settings.clientId'), made.clientId),
        fact(say('settings.tenant'), made.tenantId),
      ]}
      close={close}
    />
  );
}
