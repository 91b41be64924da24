import { Button, Toast, ToastTitle, useToastController } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { RowSelectionState } from '@tanstack/react-table';
import type { DeadLetterOnWire } from '../../contract/dead-letters.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { AskDialog } from '../frame/AskDialog.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useLetterColumns } from './useLetterColumns.tsx';

const LOOKS_EVERY_MS = 10_000;

const keyOf = ({ kind, id, webhookId }: DeadLetterOnWire) => `${kind} ${id} ${webhookId ?? ''}`;

/** What could not be delivered for good, whatever kind it is: sent again, or taken off the list. */
export function DeadLettersPage() {
  const { say } = useText();
  const letters = useAnswer('listDeadLetters', {}, { every: LOOKS_EVERY_MS });
  const [selected, select] = useState<RowSelectionState>({});
  const [asked, ask] = useState<'retry' | 'discard'>();
  const choice = useColumnChoice('letters', useLetterColumns());
  const rows = letters.data?.items ?? [];
  const chosen = rows.filter((row) => selected[keyOf(row)]);
  const close = () => ask(undefined);
  const settled = () => {
    select({});
    close();
    void letters.refetch();
  };
  return (
    <>
      <TabHead
        lead={say('letters.lead')}
        tools={rows.length > 0 && <ListTools name="dead-letters" choice={choice} rows={rows} />}
        action={rows.length > 0 && <Acts chosen={chosen} ask={ask} />}
      />
      <Panel>
        <Answered query={letters} texts={TEXTS}>
          {({ items, found }) =>
            items.length === 0 ? (
              <StateBlock
                icon={<CheckmarkCircleRegular />}
                title={say('letters.emptyTitle')}
                body={say('letters.emptyBody')}
              />
            ) : (
              <>
                <ListTable
                  label={say('settings.tabLetters')}
                  columns={choice.shown}
                  rows={items}
                  idOf={keyOf}
                  nameOf={(row) => row.text}
                  selection={{
                    selected,
                    change: select,
                    selectAll: say('letters.selectAll'),
                    selectRow: (name) => say('letters.selectRow', { name }),
                    of: () => true,
                  }}
                />
                <TableFoot range={say('letters.shown', { n: items.length, found })} />
              </>
            )
          }
        </Answered>
      </Panel>
      {asked && <SettleDialog act={asked} letters={chosen} settled={settled} close={close} />}
    </>
  );
}

const TEXTS = {
  loading: 'letters.loading',
  error: 'letters.errorTitle',
  noPermission: 'letters.noPermTitle',
} as const;

function Acts({
  chosen,
  ask,
}: {
  readonly chosen: readonly DeadLetterOnWire[];
  readonly ask: (act: 'retry' | 'discard') => void;
}) {
  const { say } = useText();
  return (
    <>
      <Button disabledFocusable={chosen.length === 0} onClick={() => ask('discard')}>
        {say('letters.discard')}
      </Button>
      <Button
        appearance="primary"
        disabledFocusable={!chosen.some(({ canRetry }) => canRetry)}
        onClick={() => ask('retry')}
      >
        {say('letters.retry')}
      </Button>
    </>
  );
}

type DialogProps = {
  readonly act: 'retry' | 'discard';
  readonly letters: readonly DeadLetterOnWire[];
  readonly settled: () => void;
  readonly close: () => void;
};

/** Asks before letters are sent again or leave the list, and says what became of them. */
function SettleDialog({ act, letters, settled, close }: DialogProps) {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const retry = useAct('retryDeadLetters');
  const discard = useAct('discardDeadLetters');
  const isRetry = act === 'retry';
  const settle = isRetry ? retry : discard;
  const perform = () =>
    settle.mutate(
      { body: { letters: letters.map(({ kind, id, webhookId }) => ({ kind, id, webhookId })) } },
      {
        onSuccess: ({ items }) => {
          const n = items.filter(({ outcome }) => outcome === 'done').length;
          const left = items.length - n;
          dispatchToast(
            <Toast>
              <ToastTitle>
                {say(isRetry ? 'letters.retried' : 'letters.discarded', { n })}
                {left > 0 && ` ${say('letters.left', { n: left })}`}
              </ToastTitle>
            </Toast>,
            { intent: left > 0 ? 'warning' : 'success' },
          );
          settled();
        },
      },
    );
  return (
    <AskDialog
      title={say(isRetry ? 'letters.retryTitle' : 'letters.discardTitle')}
      subject={say('letters.chosen', { n: letters.length })}
      body={say(isRetry ? 'letters.retryBody' : 'letters.discardBody')}
      irreversible={!isRetry}
      submit={say(isRetry ? 'letters.retry' : 'letters.discard')}
      act={settle}
      perform={perform}
      close={close}
    />
  );
}
