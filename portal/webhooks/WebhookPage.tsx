import { Button, MessageBar, MessageBarBody, Toast, ToastTitle, useToastController } from '@fluentui/react-components';
import { FlowRegular, SendRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { DeliveryOnWire, WebhookOnWire } from '../../contract/webhooks.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer, usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { FilterChip, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { type ColumnChoice, useColumnChoice } from '../ui/useColumnChoice.ts';
import { DeliveryPanel } from './DeliveryPanel.tsx';
import { useDeliveryColumns } from './useDeliveryColumns.tsx';
import { LastAnswer, WebhookBadge } from './WebhookBadge.tsx';

const PAGE = 50;
const LOOKS_EVERY_MS = 5_000;
const STATES = [
  { state: 'failed', text: 'settings.deliveryFailed' },
  { state: 'pending', text: 'settings.deliveryPending' },
] as const;

function TestButton({ webhook: { webhookId, enabled } }: { webhook: WebhookOnWire }) {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const test = useAct('testWebhook');
  const tell = (text: string, intent: 'success' | 'error') =>
    dispatchToast(
      <Toast>
        <ToastTitle>{text}</ToastTitle>
      </Toast>,
      { intent },
    );
  const send = () =>
    test.mutate(
      { params: { webhookId } },
      {
        onSuccess: () => tell(say('settings.hookTestSent'), 'success'),
        onError: (error) => {
          const problem = problemOf(error);
          tell(problem ? `${problem.detail} ${problem.remedy}` : say('error.network'), 'error');
        },
      },
    );
  return (
    <Button
      appearance="primary"
      icon={<SendRegular />}
      disabled={!enabled}
      disabledFocusable={test.isPending}
      onClick={send}
    >
      {say('settings.hookTest')}
    </Button>
  );
}

/** What one webhook was told: each event with what came of it. */
export function WebhookPage() {
  const { say } = useText();
  const { webhookId = '' } = useParams();
  const webhook = useAnswer('showWebhook', { params: { webhookId } }, { every: LOOKS_EVERY_MS });
  return (
    <Answered query={webhook} texts={TEXTS} page>
      {(found) => (
        <>
          <PageHead
            crumbs={{
              label: say('app.breadcrumb'),
              way: [
                { text: say('settings.title'), to: paths.settings },
                { text: say('settings.tabHooks'), to: paths.webhooks },
              ],
              here: found.url,
            }}
            title={say('settings.hookDeliveries')}
            facts={<Facts webhook={found} />}
            action={<TestButton webhook={found} />}
          />
          {found.disabledAt !== null && (
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>{say('settings.hookDisabledBody')}</MessageBarBody>
            </MessageBar>
          )}
          <Deliveries webhook={found} />
        </>
      )}
    </Answered>
  );
}

function Facts({ webhook }: { webhook: WebhookOnWire }) {
  return (
    <span>
      <WebhookBadge webhook={webhook} /> {webhook.description} {webhook.description !== '' && '·'}{' '}
      <LastAnswer webhook={webhook} />
    </span>
  );
}

type ToolbarProps = {
  readonly webhookId: string;
  readonly address: ReturnType<typeof useAddress>;
  readonly chosen: (typeof STATES)[number]['state'] | undefined;
  readonly choice: ColumnChoice<DeliveryOnWire>;
};

function DeliveriesToolbar({ webhookId, address, chosen, choice }: ToolbarProps) {
  const { say } = useText();
  return (
    <Toolbar
      end={
        <>
          <ColumnMenu label={say('common.columns')} choice={choice} />
          <SaveFile
            name="listDeliveries"
            call={{ params: { webhookId }, query: chosen ? { state: chosen } : {} }}
            compact
          />
        </>
      }
    >
      {STATES.map(({ state, text }) => (
        <FilterChip
          key={state}
          text={say(text)}
          on={chosen === state}
          change={(on) => address.set({ state: on ? state : undefined })}
        />
      ))}
    </Toolbar>
  );
}

function Deliveries({ webhook: { webhookId, enabled } }: { webhook: WebhookOnWire }) {
  const { say } = useText();
  const address = useAddress();
  const chosen = STATES.find(({ state }) => state === address.get('state'))?.state;
  const deliveries = usePages(
    'listDeliveries',
    (cursor) => ({
      params: { webhookId },
      query: { limit: PAGE, ...(chosen && { state: chosen }), ...(cursor !== undefined && { cursor }) },
    }),
    { every: LOOKS_EVERY_MS },
  );
  const [opened, open] = useState<string>();
  const choice = useColumnChoice(
    'deliveries',
    useDeliveryColumns((row) => open(row.eventId)),
  );
  return (
    <>
      <DeliveriesToolbar webhookId={webhookId} address={address} chosen={chosen} choice={choice} />
      <Panel>
        <Answered query={deliveries} texts={LIST_TEXTS}>
          {({ pages }) => {
            const rows: readonly DeliveryOnWire[] = pages.flatMap((page) => page.items);
            if (rows.length === 0) return <NoDeliveries />;
            const row = rows.find(({ eventId }) => eventId === opened);
            return (
              <>
                <ListTable
                  label={say('settings.hookDeliveries')}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(one) => one.eventId}
                  nameOf={(one) => one.text}
                  open={(one) => open(one.eventId)}
                />
                <TableFoot range={say('a11y.filtered', { n: rows.length })}>
                  {deliveries.hasNextPage && (
                    <Button
                      size="small"
                      disabled={deliveries.isFetchingNextPage}
                      onClick={() => void deliveries.fetchNextPage()}
                    >
                      {say('common.showMore')}
                    </Button>
                  )}
                </TableFoot>
                {row && (
                  <DeliveryPanel webhookId={webhookId} delivery={row} enabled={enabled} close={() => open(undefined)} />
                )}
              </>
            );
          }}
        </Answered>
      </Panel>
    </>
  );
}

function NoDeliveries() {
  const { say } = useText();
  return (
    <StateBlock
      icon={<FlowRegular />}
      title={say('settings.emptyDeliveries')}
      body={say('settings.emptyDeliveriesBody')}
    />
  );
}

const TEXTS = {
  loading: 'settings.loadingHooks',
  error: 'settings.hooksErrorTitle',
  noPermission: 'settings.noHooksPermTitle',
  notFound: 'settings.hookGone',
} as const;
const LIST_TEXTS = { loading: 'settings.loadingDeliveries', error: 'settings.deliveriesErrorTitle' } as const;
