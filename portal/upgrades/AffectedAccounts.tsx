import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { useText } from '../text.ts';
import type { Column } from '../ui/ListTable.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';

const SHOWN_FIRST = 5;

type Account = QuoteOnWire['transfer']['users'][number];

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  none: { margin: 0, padding: '14px 16px', color: tokens.colorNeutralForeground2 },
});

/** The accounts that will need work, before the act; and whose switched-off services stay off. */
export function AffectedAccounts({ quote }: { quote: QuoteOnWire | undefined }) {
  const { say } = useText();
  const styles = useStyles();
  const [all, showAll] = useState(false);
  const columns = useAccountColumns();
  if (!quote) return <p className={styles.none}>{say('wizard.submitDisabledOffer')}</p>;
  const { users, changes } = quote.transfer;
  const affected = users.filter((user) => !user.moves);
  const off = changes.flatMap((change, index) => {
    const n = users.filter((user) => user.change === index).length;
    return change.staysOff.length > 0
      ? [say('wizard.staysOff', { n, services: [...new Set(change.staysOff.map((plan) => plan.name))].join(', ') })]
      : [];
  });
  return (
    <>
      {affected.length === 0 ? (
        <p className={styles.none}>{say('wizard.peopleWork', { n: 0 })}</p>
      ) : (
        <ListTable<Account>
          label={say('wizard.step3')}
          columns={columns}
          rows={all ? affected : affected.slice(0, SHOWN_FIRST)}
          idOf={(account) => account.userId}
          nameOf={(account) => account.displayName}
        />
      )}
      {(affected.length > SHOWN_FIRST || off.length > 0) && (
        <TableFoot range={off.join(' ')}>
          {affected.length > SHOWN_FIRST && (
            <Button size="small" appearance="transparent" onClick={() => showAll(!all)}>
              {all ? say('common.showLess') : say('common.showAll', { n: affected.length })}
            </Button>
          )}
        </TableFoot>
      )}
    </>
  );
}

function useAccountColumns(): readonly Column<Account>[] {
  const { say } = useText();
  const styles = useStyles();
  return [
    {
      id: 'account',
      header: say('result.colAccount'),
      meta: { width: '34%' },
      cell: ({ row: { original } }) => (
        <>
          <span className={styles.name}>{original.displayName}</span>
          <span className={styles.quiet}>{original.userPrincipalName}</span>
        </>
      ),
    },
    {
      id: 'service',
      header: say('result.colService'),
      meta: { width: '22%' },
      cell: ({ row: { original } }) => original.services.join(', '),
    },
    {
      id: 'problem',
      header: say('result.colProblem'),
      cell: ({ row: { original } }) => (
        <span>
          {original.faults.map((fault) => (
            <span key={fault.name}>
              {fault.title}
              <span className={styles.quiet}>{fault.message}</span>
            </span>
          ))}
        </span>
      ),
    },
  ];
}
