import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { PriceImportOnWire } from '../../contract/imports.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay, useToday } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { HowRead } from './HowRead.tsx';
import { ImportRows } from './ImportRows.tsx';
import { useImportRowColumns } from './useImportRowColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', overflowWrap: 'anywhere' },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
});

type Props = { readonly shown: PriceImportOnWire; readonly leave: () => void; readonly back: string };

/** What an import would change, row by row, and the way to apply it or to throw it away. */
export function ImportReview({ shown, leave, back }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { counts } = shown;
  const columns = useImportRowColumns({ isPaths: shown.subject === 'paths' });
  return (
    <>
      <Panel padded className={styles.content}>
        <div className={styles.head}>
          <h2 className={styles.title}>{shown.fileName}</h2>
          <Button size="small" onClick={leave}>
            {back}
          </Button>
        </div>
        {counts ? <HowRead shown={shown} /> : <span>{say('cat.importBroken', { n: shown.rows })}</span>}
        {shown.read && shown.read.restoredIds > 0 && (
          <span>{say('cat.importPadded', { n: shown.read.restoredIds })}</span>
        )}
        {counts && (
          <strong role="status">
            {say('cat.importDiff', {
              added: counts.new,
              changed: counts.changed,
              removed: counts.gone,
              same: counts.same,
            })}
          </strong>
        )}
        {shown.state === 'applied' ? (
          <MessageBar intent="success" politeness="polite">
            <MessageBarBody>
              {say('cat.importApplied', { version: shown.version ?? 0, date: format.day(shown.effectiveOn ?? '') })}
            </MessageBarBody>
          </MessageBar>
        ) : (
          <Acts shown={shown} leave={leave} />
        )}
      </Panel>
      {counts && <ImportRows importId={shown.importId} counts={counts} columns={columns} />}
    </>
  );
}

function Acts({ shown, leave }: { readonly shown: PriceImportOnWire; readonly leave: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const mayImport = useMay('importPrices');
  const [leaveOutDoubts, setLeaveOut] = useState(false);
  const [check, apply, remove] = [useAct('checkImport'), useAct('applyImport'), useAct('removeImport')];
  const { changes, counts, importId, subject } = shown;
  const params = { importId };
  const doubts = counts?.['in-doubt'] ?? 0;
  const error = apply.error ?? check.error ?? remove.error;
  const checkFrom = (effectiveOn: string) => check.mutate({ params, body: { effectiveOn } });
  const isHeld = doubts > 0 && !leaveOutDoubts;
  const isBusy = check.isPending || apply.isPending || remove.isPending;
  return (
    <>
      {doubts > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {say('cat.importDoubts', { n: doubts })}{' '}
            <Checkbox
              label={say('cat.importLeaveOut')}
              checked={leaveOutDoubts}
              onChange={(_event, { checked }) => setLeaveOut(checked === true)}
            />
          </MessageBarBody>
        </MessageBar>
      )}
      {changes === 0 && (
        <span>
          {shown.comparedWith === null
            ? say('cat.importSame')
            : say('cat.importSameAs', { version: shown.comparedWith })}
        </span>
      )}
      {error && !problemOf(error)?.fields && <ProblemBar error={error} />}
      <div className={styles.acts}>
        {subject === 'prices' && shown.effectiveOn && (
          <EffectiveDay shown={shown.effectiveOn} act={check} check={checkFrom} disabled={!mayImport || isBusy} />
        )}
        {changes !== null && changes > 0 && (
          <Button
            appearance="primary"
            disabledFocusable={!mayImport || isBusy || isHeld}
            onClick={() => mayImport && !isHeld && apply.mutate({ params, body: { leaveOutDoubts } })}
          >
            {say(subject === 'paths' ? 'cat.importApplyPaths' : 'cat.importApply', { n: changes })}
          </Button>
        )}
        <Button
          disabledFocusable={!mayImport || isBusy}
          onClick={() => mayImport && remove.mutate({ params }, { onSuccess: leave })}
        >
          {say('cat.importDiscard')}
        </Button>
      </div>
    </>
  );
}

type DayProps = {
  readonly shown: string;
  readonly act: { readonly error: Error | null };
  readonly check: (day: string) => void;
  readonly disabled: boolean;
};

/** The day from which prices shall hold; what the import changes is asked again once it is a day to come. */
function EffectiveDay({ shown, act, check, disabled }: DayProps) {
  const { say } = useText();
  const today = useToday() ?? shown;
  const [day, setDay] = useState(shown);
  const wrong = act.error && problemOf(act.error)?.fields?.[0]?.message;
  const change = (value: string) => {
    setDay(value);
    // While a year is typed it is one long past.
    if (value >= today) check(value);
  };
  return (
    <Field label={say('cat.importFrom')} {...(wrong && { validationMessage: wrong })}>
      <Input
        type="date"
        value={day}
        min={today}
        disabled={disabled}
        onChange={(_event, { value }) => change(value)}
        onBlur={() => day !== '' && day !== shown && check(day)}
      />
    </Field>
  );
}
