import { makeStyles, tokens } from '@fluentui/react-components';
import {
  AddCircle16Regular,
  CheckmarkCircle16Regular,
  Edit16Regular,
  QuestionCircle16Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ImportOnWire } from '../../contract/recorded-subscriptions.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

type Row = ImportOnWire['rows'][number];

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 } });

const STATE: Readonly<Record<Row['state'], { readonly tone: Tone; readonly text: TextKey; readonly icon: ReactNode }>> =
  {
    new: { tone: 'success', text: 'recordImport.new', icon: <AddCircle16Regular /> },
    changed: { tone: 'warning', text: 'recordImport.changed', icon: <Edit16Regular /> },
    same: { tone: 'neutral', text: 'recordImport.same', icon: <CheckmarkCircle16Regular /> },
    'in-doubt': { tone: 'danger', text: 'recordImport.inDoubt', icon: <QuestionCircle16Regular /> },
  };

/** A line of a file: what it means, and what is to be done with it. */
export function useImportColumns(): readonly Column<Row>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const before = (now: string, was: string | undefined) => (was !== undefined && was !== now ? `${was} → ${now}` : now);
  const dayOr = (day: string | null) => (day ? format.day(day) : '–');
  return [
    {
      id: 'customer',
      header: say('customers.colCustomer'),
      cell: ({ row: { original } }) => (
        <>
          {original.customerName ?? (original.customer || '–')}
          <span className={styles.quiet}> {say('recordImport.line', { n: original.line })}</span>
        </>
      ),
    },
    { id: 'offer', header: say('record.offer'), cell: ({ row: { original } }) => original.offerName || '–' },
    {
      id: 'channel',
      header: say('record.channel'),
      meta: { width: '14%' },
      cell: ({ row: { original } }) => original.channelName || '–',
    },
    {
      id: 'seats',
      header: say('record.seats'),
      meta: { width: '10%', align: 'end' },
      cell: ({ row: { original } }) => {
        const { quantity, before: was } = original;
        return quantity === null ? '–' : before(format.number(quantity), was ? format.number(was.quantity) : undefined);
      },
    },
    {
      id: 'endsOn',
      header: say('evidence.until'),
      meta: { width: '14%' },
      cell: ({ row: { original } }) =>
        before(dayOr(original.endsOn), original.before ? dayOr(original.before.endsOn) : undefined),
    },
    {
      id: 'state',
      header: say('recordImport.state'),
      meta: { width: '24%' },
      cell: ({ row: { original } }) => (
        <>
          <StatusBadge tone={STATE[original.state].tone} icon={STATE[original.state].icon}>
            {say(STATE[original.state].text)}
          </StatusBadge>
          {original.reason && <div className={styles.quiet}>{original.reason}</div>}
        </>
      ),
    },
  ];
}
