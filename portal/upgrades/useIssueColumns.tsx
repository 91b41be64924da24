import { Button, makeStyles, MenuItem, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, SubtractCircle16Regular } from '@fluentui/react-icons';
import type { LicenseIssueOnWire } from '../../contract/upgrades.ts';
import { useMay } from '../frame/useSession.ts';
import { type Say, useText } from '../text.ts';
import { type Format, useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { useAccountColumns } from './useAccountColumns.tsx';
import { fittingAct, type Resolve } from './useResolve.ts';
import { MoreMenu } from '../ui/MoreMenu.tsx';

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  act: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', columnGap: '8px' },
});

/** Where it stands why an agent may not act. */
export const NO_ROLE_ID = 'issues-no-role';

type Given = { readonly country: string; readonly resolve: Resolve };

export function useIssueColumns({ country, resolve }: Given): readonly Column<LicenseIssueOnWire>[] {
  const { say } = useText();
  const accountColumns = useAccountColumns<LicenseIssueOnWire>({ account: '24%', service: '18%' });
  return [
    ...accountColumns,
    {
      id: 'act',
      header: say('result.colResolve'),
      meta: { width: '24%' },
      cell: ({ row: { original } }) =>
        original.status === 'open' ? (
          <OpenIssue issue={original} country={country} resolve={resolve} />
        ) : (
          <Settled issue={original} />
        ),
    },
  ];
}

function OpenIssue({ issue, country, resolve }: Given & { issue: LicenseIssueOnWire }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const opener = useRestoreFocusTarget();
  const may = useMay('resolveIssues');
  const also = issue.actions.filter((action) => action !== 'retry');
  return (
    <span className={styles.act}>
      <Button
        {...opener}
        size="small"
        disabledFocusable={!may || resolve.busy}
        aria-describedby={may ? undefined : NO_ROLE_ID}
        onClick={() => resolve.one(issue)}
      >
        {actText(issue, country, say, format)}
      </Button>
      <MoreMenu label={say('common.moreFor', { name: issue.displayName })} disabled={!may}>
        {also.includes('setUsageLocation') && (
          <MenuItem onClick={() => resolve.ask({ kind: 'location', issues: [issue] })}>
            {say('resolve.location')}
          </MenuItem>
        )}
        <MenuItem onClick={() => void resolve.act([issue], { action: 'retry' })}>{say('common.retry')}</MenuItem>
        <MenuItem onClick={() => void resolve.act([issue], { action: 'leave' })}>{say('problem.markDone')}</MenuItem>
      </MoreMenu>
    </span>
  );
}

/** Exactly one fitting act for each problem. */
function actText(issue: LicenseIssueOnWire, country: string, say: Say, format: Format): string {
  switch (fittingAct(issue)) {
    case 'setLocation':
      return say('problem.location.action', { country: format.country(country) });
    case 'location':
      return say('resolve.location');
    case 'conflict':
      return say('problem.exclusive.action');
    case 'retry':
      return say('problem.concurrency.action');
  }
}

function Settled({ issue: { status, settledAt, settledBy } }: { issue: LicenseIssueOnWire }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const time = settledAt === null ? '' : format.dayAndTime(settledAt);
  return (
    <span>
      <StatusBadge
        tone={status === 'moved' ? 'success' : 'neutral'}
        icon={status === 'moved' ? <CheckmarkCircle16Regular /> : <SubtractCircle16Regular />}
      >
        {say(status === 'moved' ? 'result.statusMoved' : 'result.statusLeft')}
      </StatusBadge>
      <span className={styles.quiet}>
        {settledBy ? say('result.resolvedBy', { name: settledBy, time }) : say('result.resolved', { time })}
      </span>
    </span>
  );
}
