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
import type { ImportRowState, PriceImportOnWire } from '../../contract/imports.ts';
import { problemOf } from '../api/client.ts';
import { useAct, usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay, useToday } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { FilterChip } from '../ui/Toolbar.tsx';
import { useScopeText } from './scope-text.ts';
import { useImportRowColumns } from './useImportRowColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', overflowWrap: 'anywhere' },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  chips: { display: 'flex', flexWrap: 'wrap', gap: '8px', padding: '12px 16px' },
  empty: { margin: 0, padding: '0 16px 16px', color: tokens.colorNeutralForeground3 },
});

/** What an import would change, row by row, and the way to apply it or to throw it away. */
export function ImportReview({ shown, leave }: { readonly shown: PriceImportOnWire; readonly leave: () => void }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { counts } = shown;
  return (
    <>
      <Panel padded className={styles.content}>
        <div className={styles.head}>
          <h2 className={styles.title}>{shown.fileName}</h2>
          <Button size="small" onClick={leave}>
            {say('cat.importBack')}
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
      {counts && <Rows importId={shown.importId} counts={counts} isPaths={shown.subject === 'paths'} />}
    </>
  );
}

const SEPARATOR_TEXT = { ',': 'cat.comma', ';': 'cat.semicolon', '\t': 'cat.tab' } as const satisfies Record<
  string,
  TextKey
>;

function HowRead({ shown }: { readonly shown: PriceImportOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const scopeText = useScopeText();
  const { read } = shown;
  if (!read) return null;
  const sign = read.decimalSign === null ? '–' : say(read.decimalSign === '.' ? 'cat.point' : 'cat.comma');
  const facts = [
    { key: say('cat.importKind'), value: shown.kindName ?? '–' },
    { key: say('cat.importScope'), value: shown.subject && shown.scope ? scopeText(shown.subject, shown.scope) : '–' },
    { key: say('cat.importLines'), value: format.number(shown.rows) },
    {
      key: say('cat.importForm'),
      value: say('cat.importFormIs', { separator: say(SEPARATOR_TEXT[read.separator]), sign, encoding: read.encoding }),
    },
    ...(read.zippedAs ? [{ key: say('cat.importZipped'), value: read.zippedAs }] : []),
    ...(read.unknownColumns.length > 0
      ? [{ key: say('cat.importUnknown'), value: read.unknownColumns.join(', ') }]
      : []),
  ];
  return <FactsList facts={facts} stacks />;
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

const STATES: readonly ImportRowState[] = ['in-doubt', 'new', 'changed', 'gone', 'same', 'left-out'];
const CHIP_TEXT = {
  'in-doubt': 'cat.rowsInDoubt',
  new: 'cat.rowsNew',
  changed: 'cat.rowsChanged',
  gone: 'cat.rowsGone',
  same: 'cat.rowsSame',
  'left-out': 'cat.rowsLeftOut',
} as const satisfies Record<ImportRowState, TextKey>;

type RowsProps = {
  readonly importId: string;
  readonly counts: NonNullable<PriceImportOnWire['counts']>;
  readonly isPaths: boolean;
};

/** The rows of one state at a time: first what needs a look. */
function Rows({ importId, counts, isPaths }: RowsProps) {
  const { say } = useText();
  const styles = useStyles();
  const [chosen, setChosen] = useState<ImportRowState>();
  const state = chosen ?? STATES.find((one) => counts[one] > 0) ?? 'same';
  const columns = useImportRowColumns({ isPaths });
  const pages = usePages('listImportRows', (cursor) => ({
    params: { importId },
    query: { state, ...(cursor && { cursor }) },
  }));
  return (
    <Panel>
      <div className={styles.chips} role="group" aria-label={say('cat.importRows')}>
        {STATES.map((one) => (
          <FilterChip
            key={one}
            text={say(CHIP_TEXT[one], { n: counts[one] })}
            on={one === state}
            change={() => setChosen(one)}
          />
        ))}
      </div>
      <Answered query={pages} texts={{ loading: 'cat.loadingRows', error: 'cat.errorRows' }}>
        {({ pages: loaded }) => {
          const rows = loaded.flatMap((page) => page.items);
          if (rows.length === 0) return <p className={styles.empty}>{say('cat.noRows')}</p>;
          return (
            <>
              <ListTable
                label={say('cat.importRows')}
                columns={columns}
                rows={rows}
                idOf={({ place }) => String(place)}
                nameOf={({ name }) => name}
              />
              <ListFoot rows={rows.length} pages={pages} />
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}
