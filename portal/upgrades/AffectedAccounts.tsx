import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useAccountColumns } from './useAccountColumns.tsx';

const SHOWN_FIRST = 5;

type Account = QuoteOnWire['transfer']['users'][number];

const useStyles = makeStyles({
  none: { margin: 0, padding: '14px 16px', color: tokens.colorNeutralForeground2 },
});

/** The accounts that will need work, before the act; and whose switched-off services stay off. */
export function AffectedAccounts({ quote }: { quote: QuoteOnWire | undefined }) {
  const { say } = useText();
  const styles = useStyles();
  const [all, showAll] = useState(false);
  const columns = useAccountColumns<Account>({ account: '34%', service: '22%' });
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
