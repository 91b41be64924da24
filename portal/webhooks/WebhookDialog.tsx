import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { WebhookOnWire, WebhookSecretOnWire } from '../../contract/webhooks.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useText } from '../text.ts';
import { useKept } from '../ui/useKept.ts';
import { EventChoice } from './EventChoice.tsx';
import type { Events } from './useWebhookColumns.tsx';

type Props = {
  readonly events: Events;
  readonly close: () => void;
  /** The one that is changed; absent: a new one. */
  readonly webhook?: WebhookOnWire;
  /** Is given a new one. */
  readonly made?: (made: WebhookSecretOnWire) => void;
};

/** Address, events and a note; what the server finds wrong stands at the field that it names. */
export function WebhookDialog({ events, webhook, made, close }: Props) {
  const { say } = useText();
  const { save, isPending, error } = useSave({ close, ...(webhook && { webhook }), ...(made && { made }) });
  const [url, setUrl] = useKept(`url ${webhook?.webhookId}`, webhook?.url ?? '');
  const [description, setDescription] = useKept(`description ${webhook?.webhookId}`, webhook?.description ?? '');
  const [chosen, choose] = useKept(`events ${webhook?.webhookId}`, webhook?.events ?? []);
  const [tried, setTried] = useState(false);
  const found = problemOf(error)?.fields ?? [];
  const wrong = (name: string, label: string, isMissing = false) =>
    tried && isMissing
      ? say('error.required', { field: label })
      : found.find((one) => one.field.split('.')[0] === name)?.message;
  const perform = () => {
    setTried(true);
    if (url.trim() === '' || chosen.length === 0) return;
    save({ url, description, events: chosen });
  };
  return (
    <FormDialog
      title={say(webhook ? 'settings.hookEdit' : 'settings.newHook')}
      submit={say(webhook ? 'common.save' : 'settings.create')}
      act={{ isPending, error }}
      perform={perform}
      close={close}
      wide
    >
      <Field
        label={say('settings.hookUrl')}
        hint={say('settings.hookUrlHint')}
        validationMessage={wrong('url', say('settings.hookUrl'), url.trim() === '')}
      >
        <Input type="url" value={url} autoComplete="off" onChange={(_event, { value }) => setUrl(value)} />
      </Field>
      <Field
        label={say('settings.hookDescription')}
        hint={say('settings.hookDescriptionHint')}
        validationMessage={wrong('description', say('settings.hookDescription'))}
      >
        <Input value={description} autoComplete="off" onChange={(_event, { value }) => setDescription(value)} />
      </Field>
      <EventChoice
        events={events}
        chosen={chosen}
        choose={choose}
        wrong={wrong('events', say('settings.hookEvents'), chosen.length === 0)}
      />
    </FormDialog>
  );
}

/** Adds a webhook, or changes the one that there is. */
function useSave({ webhook, made, close }: Pick<Props, 'webhook' | 'made' | 'close'>) {
  const create = useAct('registerWebhook');
  const change = useAct('changeWebhook');
  const { isPending, error } = webhook ? change : create;
  const save = (body: Pick<WebhookOnWire, 'url' | 'description' | 'events'>) => {
    if (webhook) change.mutate({ params: { webhookId: webhook.webhookId }, body }, { onSuccess: close });
    else create.mutate({ body: { ...body, enabled: true } }, { onSuccess: (created) => made?.(created) });
  };
  return { save, isPending, error };
}
