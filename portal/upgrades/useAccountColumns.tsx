import { makeStyles, tokens } from '@fluentui/react-components';
import type { LicenseIssueOnWire } from '../../contract/upgrades.ts';
import { useText } from '../text.ts';
import type { Column } from '../ui/ListTable.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

type Account = Pick<LicenseIssueOnWire, 'displayName' | 'userPrincipalName' | 'services'> & {
  readonly faults: readonly Pick<LicenseIssueOnWire['faults'][number], 'name' | 'title' | 'message'>[];
};

/** Who it is, in which services, and what is wrong: the same before an upgrade and on its worklist. */
export function useAccountColumns<Row extends Account>(width: {
  readonly account: string;
  readonly service: string;
}): readonly Column<Row>[] {
  const { say } = useText();
  const styles = useStyles();
  return [
    {
      id: 'account',
      header: say('result.colAccount'),
      meta: { width: width.account },
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
      meta: { width: width.service },
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
