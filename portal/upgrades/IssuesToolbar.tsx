import { Button, makeStyles, Select, Toast, ToastTitle, Tooltip, useToastController } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { type ReactNode, useRef } from 'react';
import type { LicenseIssueOnWire, UpgradeOnWire } from '../../contract/upgrades.ts';
import { download } from '../api/download.ts';
import { TOASTER } from '../frame/toaster.ts';
import { type TextKey, useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useKeys } from '../ui/useKeys.ts';
import { isIn, type IssuesAddress, queryOf, STATES } from './filter-issues.ts';

const useStyles = makeStyles({
  toolbar: { margin: '10px 0' },
  select: { width: '160px', flexShrink: 0, [SCREEN.belowTable]: { width: '130px' } },
});

const STATE_TEXT: Readonly<Record<(typeof STATES)[number], TextKey>> = {
  all: 'common.all',
  open: 'result.filterOpen',
  done: 'result.filterDone',
};

type Props = {
  readonly upgrade: UpgradeOnWire;
  readonly items: readonly LicenseIssueOnWire[];
  readonly address: IssuesAddress;
  readonly children: ReactNode;
};

/** Search, states, problems and services of a worklist; at the end what can be done with it. */
export function IssuesToolbar({ items, address, upgrade, children }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const problems = new Map(items.flatMap((one) => one.faults.map((fault) => [fault.name, fault.title] as const)));
  const services = [...new Set(items.flatMap((one) => one.services))];
  const state = address.get('filter') ?? 'all';
  return (
    <div className={styles.toolbar}>
      <Toolbar
        end={
          <>
            {children}
            <CsvButton upgrade={upgrade} address={address} />
          </>
        }
      >
        <ListSearch
          label={say('result.searchAccounts')}
          value={address.get('q') ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
        {STATES.map((one) => (
          <FilterChip
            key={one}
            text={`${say(STATE_TEXT[one])} ${items.filter((issue) => isIn(issue, one)).length}`}
            on={state === one}
            change={() => address.set({ filter: one === 'all' ? undefined : one })}
          />
        ))}
        <Choice
          label={say('result.filterProblem')}
          value={address.get('problem')}
          choices={[...problems]}
          change={(problem) => address.set({ problem })}
        />
        <Choice
          label={say('result.filterService')}
          value={address.get('service')}
          choices={services.map((name) => [name, name])}
          change={(service) => address.set({ service })}
        />
      </Toolbar>
    </div>
  );
}

/** Saves what the list shows. */
function CsvButton({ upgrade: { customerId, upgradeId }, address }: Pick<Props, 'upgrade' | 'address'>) {
  const { say, language } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const save = async () => {
    const query = queryOf(address);
    const file = await download('csv', language, 'listIssues', { params: { customerId, upgradeId }, query });
    dispatchToast(
      <Toast>
        <ToastTitle>{say('toast.exported', { file })}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
  };
  return (
    <Tooltip content={say('common.exportCsv')} relationship="label">
      <Button appearance="subtle" icon={<ArrowDownload20Regular />} onClick={() => void save()} />
    </Tooltip>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [string, string])[];
  readonly change: (value: string | undefined) => void;
};

function Choice({ label, value, choices, change }: ChoiceProps) {
  const styles = useStyles();
  return (
    <Select
      className={styles.select}
      aria-label={label}
      value={value ?? ''}
      onChange={(_event, data) => change(data.value || undefined)}
    >
      <option value="">{label}</option>
      {choices.map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </Select>
  );
}
