import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { AddRegular, DeleteRegular, ShieldCheckmarkRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { FaultsOnWire } from '../../contract/faults.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { type CountedRule, detailOf, KIND_TEXT, targetOf, withoutCounts } from './fault-rule.ts';
import { FaultDialog } from './FaultDialog.tsx';
import { SeedForm } from './SeedForm.tsx';

type Row = CountedRule & { readonly place: number };

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  target: { overflowWrap: 'anywhere' },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', justifyContent: 'space-between', gap: '12px' },
});

function useColumns(remove: (place: number) => void, busy: boolean): readonly Column<Row>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'fault',
      header: say('sandbox.colFault'),
      cell: ({ row: { original } }) => (
        <span>
          <span className={styles.name}>{original.name ?? say(KIND_TEXT[original.fault.kind])}</span>
          <span className={styles.quiet}>
            {[original.name && say(KIND_TEXT[original.fault.kind]), detailOf(original, say)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'on',
      header: say('sandbox.colOn'),
      meta: { width: '32%' },
      cell: ({ row: { original } }) => <span className={styles.target}>{targetOf(original, say)}</span>,
    },
    {
      id: 'probability',
      header: say('sandbox.colProbability'),
      meta: { width: '12%', align: 'end' },
      cell: ({ row: { original } }) => format.number(original.probability),
    },
    {
      id: 'struck',
      header: say('sandbox.colStruck'),
      meta: { width: '17%', align: 'end' },
      cell: ({ row: { original } }) => (
        <span>
          {say('sandbox.struckOf', { struck: original.struck, asked: original.asked })}
          {original.times !== undefined && (
            <span className={styles.quiet}>{say('sandbox.atMost', { n: original.times })}</span>
          )}
        </span>
      ),
    },
    {
      id: 'remove',
      header: '',
      meta: { width: '56px', align: 'end' },
      cell: ({ row: { original } }) => (
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={say('sandbox.removeFault', { name: nameOf(original, say) })}
          disabledFocusable={busy}
          onClick={() => remove(original.place)}
        />
      ),
    },
  ];
}

/** The rules by which requests and webhooks fail, with how often each struck. */
export function FaultsSection({ faults: { seed, rules } }: { faults: FaultsOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const [adding, add] = useState(false);
  const set = useAct('setFaults');
  const kept = rules.map(withoutCounts);
  const remove = (place: number) =>
    set.mutate({ body: { seed, rules: kept.filter((_rule, index) => index !== place) } });
  const columns = useColumns(remove, set.isPending);
  return (
    <Section title={say('sandbox.faults')} hint={say('sandbox.faultsHint')}>
      <div className={styles.bar}>
        <SeedForm key={seed} seed={seed} rules={kept} />
        <Button {...opener} icon={<AddRegular />} onClick={() => add(true)}>
          {say('sandbox.addFault')}
        </Button>
      </div>
      {set.error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{set.error.message}</MessageBarBody>
        </MessageBar>
      )}
      <Panel>
        {rules.length === 0 ? (
          <StateBlock
            icon={<ShieldCheckmarkRegular />}
            tone="neutral"
            title={say('sandbox.noFaultsTitle')}
            body={say('sandbox.noFaultsBody')}
          />
        ) : (
          <>
            <ListTable
              label={say('sandbox.faults')}
              columns={columns}
              rows={rules.map((rule, place) => ({ ...rule, place }))}
              idOf={({ place }) => String(place)}
              nameOf={(row) => nameOf(row, say)}
            />
            <TableFoot range={say('a11y.filtered', { n: rules.length })}>
              <Button
                size="small"
                disabledFocusable={set.isPending}
                onClick={() => set.mutate({ body: { seed, rules: [] } })}
              >
                {say('sandbox.clearFaults')}
              </Button>
            </TableFoot>
          </>
        )}
      </Panel>
      {adding && <FaultDialog seed={seed} rules={kept} close={() => add(false)} />}
    </Section>
  );
}

function nameOf(rule: CountedRule, say: ReturnType<typeof useText>['say']): string {
  return rule.name ?? `${say(KIND_TEXT[rule.fault.kind])}, ${targetOf(rule, say)}`;
}
