import { makeStyles, tokens } from '@fluentui/react-components';
import type { UseOnWire } from '../../contract/relationships.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StandingBadge } from './StandingBadge.tsx';
import { ACT_TEXTS, STANDINGS } from './texts.ts';

const useStyles = makeStyles({
  until: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

/** Each act, the roles of which one is needed, and whether the privileges allow it. */
export function UseTable({ uses }: { uses: readonly UseOnWire[] }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const columns: readonly Column<UseOnWire>[] = [
    { id: 'act', header: say('rel.colAct'), cell: ({ row: { original } }) => say(ACT_TEXTS[original.act]) },
    {
      id: 'roles',
      header: say('rel.colRoles'),
      meta: { width: '36%' },
      cell: ({ row: { original } }) => original.roles.map(({ name }) => name).join(', '),
    },
    {
      id: 'standing',
      header: say('rel.colStanding'),
      meta: { width: '26%' },
      cell: ({ row: { original } }) => (
        <div>
          <StandingBadge shown={STANDINGS[original.standing]} />
          {original.until !== null && (
            <span className={styles.until}>{say('priv.expiring', { date: format.day(original.until) })}</span>
          )}
        </div>
      ),
    },
  ];
  return (
    <Panel>
      <ListTable
        label={say('rel.statusTitle')}
        columns={columns}
        rows={uses}
        idOf={({ act }) => act}
        nameOf={({ act }) => say(ACT_TEXTS[act])}
      />
    </Panel>
  );
}
