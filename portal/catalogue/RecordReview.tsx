import {
  Button,
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { ImportRowState, PriceImportOnWire } from '../../contract/imports.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { BilledComparison } from './BilledComparison.tsx';
import { HowRead } from './HowRead.tsx';
import { ImportRows } from './ImportRows.tsx';
import { useRecordColumns } from './useRecordColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', overflowWrap: 'anywhere' },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  progress: { display: 'flex', flexDirection: 'column', rowGap: '4px' },
});

type Props = { readonly shown: PriceImportOnWire; readonly leave: () => void; readonly back: string };

/** What a file of customers, subscriptions or users would bring, or how one that is compared alone stands to what is here. */
export function RecordReview({ shown, leave, back }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const columns = useRecordColumns();
  const { counts, importId, use } = shown;
  const isCompared = use === 'compared';
  // Of persons and companies nothing is kept but which lines were not used, and why.
  const isForgotten = shown.state === 'applied' && (shown.kind === 'customers' || shown.kind === 'users');
  const unused = counts ? counts['in-doubt'] + counts['left-out'] : 0;
  return (
    <>
      <Panel padded className={styles.content}>
        <div className={styles.head}>
          <h2 className={styles.title}>{shown.fileName}</h2>
          <Button size="small" onClick={leave}>
            {back}
          </Button>
        </div>
        <HowRead shown={shown} />
        {shown.totals && <BilledComparison shown={shown} />}
        {counts && (
          <strong role="status">
            {say(isCompared ? 'imp.compared' : 'imp.diff', {
              added: counts.new,
              changed: counts.changed,
              removed: counts.gone,
              same: counts.same,
              left: counts['left-out'],
            })}
          </strong>
        )}
        {isCompared && <span>{say('imp.comparedAlone')}</span>}
        {shown.state === 'applied' && (
          <MessageBar intent="success" politeness="polite">
            <MessageBarBody>
              {say('imp.applied', { n: shown.changes ?? 0 })} {isForgotten && say('imp.notKept')}
            </MessageBarBody>
          </MessageBar>
        )}
        <Acts shown={shown} leave={leave} />
      </Panel>
      {counts && (!isForgotten || unused > 0) && (
        <ImportRows
          key={shown.state}
          importId={importId}
          counts={counts}
          columns={columns}
          {...(isCompared && { texts: COMPARED_TEXT })}
        />
      )}
    </>
  );
}

const COMPARED_TEXT = {
  'in-doubt': 'cat.rowsInDoubt',
  new: 'imp.rowsMissingHere',
  changed: 'imp.rowsDiffering',
  gone: 'imp.rowsMissingThere',
  same: 'imp.rowsEqual',
  'left-out': 'cat.rowsLeftOut',
} as const satisfies Record<ImportRowState, TextKey>;

function Acts({ shown, leave }: Pick<Props, 'shown' | 'leave'>) {
  const { say } = useText();
  const styles = useStyles();
  const mayImport = useMay('importPrices');
  const [leaveOutDoubts, setLeaveOut] = useState(false);
  const [apply, remove] = [useAct('applyImport'), useAct('removeImport')];
  const { changes, counts, importId, state, use } = shown;
  const params = { importId };
  const doubts = counts?.['in-doubt'] ?? 0;
  const isOpen = state === 'checked' && use === 'records';
  const isBroken = state === 'applying' && !apply.isPending;
  const isHeld = isOpen && doubts > 0 && !leaveOutDoubts;
  const isBusy = apply.isPending || remove.isPending;
  const error = apply.error ?? remove.error;
  const isNothing = changes === 0 && doubts === 0 && isOpen;
  return (
    <>
      {isOpen && doubts > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {say('cat.importDoubts', { n: doubts })}{' '}
            <Checkbox
              label={say('imp.leaveOut')}
              checked={leaveOutDoubts}
              onChange={(_event, { checked }) => setLeaveOut(checked === true)}
            />
          </MessageBarBody>
        </MessageBar>
      )}
      {isNothing && <span>{say('imp.nothingNew')}</span>}
      {(apply.isPending || state === 'applying') && <Applying importId={importId} />}
      {error && <ProblemBar error={error} />}
      <div className={styles.acts}>
        {((isOpen && (changes ?? 0) > 0) || isBroken) && (
          <Button
            appearance="primary"
            disabledFocusable={!mayImport || isBusy || isHeld}
            onClick={() => mayImport && !isHeld && apply.mutate({ params, body: { leaveOutDoubts } })}
          >
            {isBroken ? say('imp.goOn') : say('imp.apply', { n: changes ?? 0 })}
          </Button>
        )}
        {counts && <SaveFile name="listImportRows" call={{ params, query: {} }} />}
        {state === 'checked' && (
          <Button
            disabledFocusable={!mayImport || isBusy}
            onClick={() => mayImport && remove.mutate({ params }, { onSuccess: leave })}
          >
            {say('cat.importDiscard')}
          </Button>
        )}
      </div>
    </>
  );
}

const ASKED_AGAIN_MS = 1000;

function Applying({ importId }: { readonly importId: string }) {
  const { say } = useText();
  const styles = useStyles();
  const shown = useAnswer('showImport', { params: { importId } }, { every: ASKED_AGAIN_MS });
  const { done = 0, of = 0 } = shown.data?.progress ?? {};
  const text = say('imp.applying', { done, of });
  return (
    <div className={styles.progress} role="status">
      {text}
      <ProgressBar aria-label={text} {...(of > 0 && { value: done / of })} />
    </div>
  );
}
