import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useSession } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN, SPOKEN_ONLY } from '../ui/screen.ts';
import { Spoken } from '../ui/Spoken.tsx';
import { TabHead } from '../ui/TabHead.tsx';

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', [SCREEN.belowTable]: { display: 'block' } },
  caption: SPOKEN_ONLY,
  head: { [SCREEN.belowTable]: SPOKEN_ONLY },
  headCell: {
    padding: '8px',
    width: '11%',
    verticalAlign: 'bottom',
    textAlign: 'center',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':first-child': { width: 'auto', textAlign: 'start', paddingLeft: '16px' },
  },
  body: { [SCREEN.belowTable]: { display: 'block' } },
  row: {
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomStyle: 'none' },
    [SCREEN.belowTable]: { display: 'block', padding: '10px 16px' },
  },
  action: {
    padding: '8px 8px 8px 16px',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    [SCREEN.belowTable]: { display: 'block', padding: 0 },
  },
  cell: { padding: '8px', textAlign: 'center', [SCREEN.belowTable]: { display: 'none' } },
  own: { backgroundColor: tokens.colorBrandBackground2 },
  yours: { display: 'block', fontWeight: tokens.fontWeightRegular, color: tokens.colorBrandForeground2 },
  tick: { display: 'inline-flex', color: tokens.colorStatusSuccessForeground1 },
  none: { color: tokens.colorNeutralForeground3 },
  names: {
    display: 'none',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    [SCREEN.belowTable]: { display: 'block' },
  },
});

/** Who may do what, as the server has it; for every agent, with its own roles marked. */
export function RolesPage() {
  const { say } = useText();
  const roles = useAnswer('listRoles', {});
  return (
    <>
      <TabHead lead={say('roles.lead')} />
      <Panel>
        <Answered query={roles} texts={TEXTS}>
          {(table) => <RoleTable {...table} />}
        </Answered>
      </Panel>
    </>
  );
}

function RoleTable({ roles, actions }: Value<'listRoles'>) {
  const { say } = useText();
  const styles = useStyles();
  const own = useSession().data?.agent.roles ?? [];
  const ownStyle = (role: (typeof own)[number]) => own.includes(role) && styles.own;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{say('roles.table')}</caption>
      <thead className={styles.head}>
        <tr>
          <th scope="col" className={styles.headCell}>
            {say('roles.action')}
          </th>
          {roles.map(({ role, name }) => (
            <th key={role} scope="col" className={mergeClasses(styles.headCell, ownStyle(role))}>
              {name}
              {own.includes(role) && <span className={styles.yours}>{say('roles.yours')}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={styles.body}>
        {actions.map(({ action, name, roles: allowed }) => {
          const names = roles.filter(({ role }) => allowed.includes(role)).map((one) => one.name);
          return (
            <tr key={action} className={styles.row}>
              <th scope="row" className={styles.action}>
                {name}
                <span className={styles.names}>{say('roles.whoMay', { roles: names.join(', ') })}</span>
              </th>
              {roles.map(({ role }) => (
                <td key={role} className={mergeClasses(styles.cell, ownStyle(role))}>
                  {allowed.includes(role) ? (
                    <span className={styles.tick}>
                      <CheckmarkCircle20Filled aria-hidden />
                      <Spoken>{say('roles.may')}</Spoken>
                    </span>
                  ) : (
                    <span className={styles.none}>
                      <span aria-hidden>{DASH}</span>
                      <Spoken>{say('roles.mayNot')}</Spoken>
                    </span>
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const DASH = '–';
const TEXTS = { loading: 'roles.loading', error: 'roles.errorTitle' } as const;
