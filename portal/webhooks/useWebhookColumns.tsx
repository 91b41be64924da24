import { makeStyles, MenuItem, tokens } from '@fluentui/react-components';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { WebhookOnWire } from '../../contract/webhooks.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { LastAnswer, stateText, WebhookBadge } from './WebhookBadge.tsx';
import { MoreMenu } from '../ui/MoreMenu.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  end: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', columnGap: '8px', width: '100%' },
});

/** What is to be done to a webhook. */
export type Act = 'edit' | 'switch' | 'rotate' | 'remove';
export type Ask = { readonly act: Act; readonly webhook: WebhookOnWire };
export type Events = AnswerOf<Endpoints['listWebhooks']>['events'];

/** Of more events than this the number is told, not each. */
const NAMED = 2;

export function useWebhookColumns(events: Events, ask: (ask: Ask) => void): readonly Column<WebhookOnWire>[] {
  const { say } = useText();
  const eventsOf = ({ events: chosen }: WebhookOnWire) =>
    chosen.map((name) => events.find((one) => one.event === name)?.text ?? name).join(', ');
  return [
    {
      id: 'url',
      header: say('settings.hookAddress'),
      file: {
        [say('settings.hookAddress')]: ({ url }) => url,
        [say('settings.hookDescription')]: ({ description }) => description,
      },
      cell: ({ row: { original } }) => <AddressCell webhook={original} />,
    },
    {
      id: 'events',
      header: say('settings.hookEvents'),
      meta: { width: '26%' },
      file: { [say('settings.hookEvents')]: eventsOf },
      cell: ({ row: { original } }) =>
        original.events.length > NAMED
          ? say('settings.hookEventCount', { n: original.events.length })
          : eventsOf(original),
    },
    {
      id: 'state',
      header: say('settings.hookState'),
      meta: { width: '14%' },
      file: { [say('settings.hookState')]: (webhook) => say(stateText(webhook)) },
      cell: ({ row: { original } }) => <WebhookBadge webhook={original} />,
    },
    {
      id: 'last',
      header: say('settings.hookLast'),
      meta: { width: '25%' },
      file: { [say('settings.hookLast')]: ({ lastAttempt }) => lastAttempt?.at ?? '' },
      cell: ({ row: { original } }) => <LastCell webhook={original} ask={ask} />,
    },
  ];
}

function AddressCell({ webhook: { webhookId, url, description } }: { webhook: WebhookOnWire }) {
  const styles = useStyles();
  return (
    <>
      <RouterLink className={styles.name} to={paths.webhook(webhookId)}>
        {url}
      </RouterLink>
      {description !== '' && <span className={styles.quiet}>{description}</span>}
    </>
  );
}

function LastCell({ webhook, ask }: { webhook: WebhookOnWire; ask: (ask: Ask) => void }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <span className={styles.end}>
      <span>
        <LastAnswer webhook={webhook} />
      </span>
      <MoreMenu label={say('common.moreFor', { name: webhook.url })}>
        <MenuItem onClick={() => ask({ act: 'edit', webhook })}>{say('settings.hookEdit')}</MenuItem>
        <MenuItem onClick={() => ask({ act: 'switch', webhook })}>
          {say(webhook.enabled ? 'settings.hookSwitchOff' : 'settings.hookSwitchOn')}
        </MenuItem>
        <MenuItem onClick={() => ask({ act: 'rotate', webhook })}>{say('settings.rotate')}</MenuItem>
        <MenuItem onClick={() => ask({ act: 'remove', webhook })}>{say('settings.hookRemove')}</MenuItem>
      </MoreMenu>
    </span>
  );
}
