import { makeStyles, MenuItem, mergeClasses, tokens } from '@fluentui/react-components';
import { Warning16Regular } from '@fluentui/react-icons';
import type { ApiClientOnWire } from '../../contract/api-clients.ts';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { MoreMenu } from '../ui/MoreMenu.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  idLine: { display: 'flex', alignItems: 'center' },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  end: { display: 'inline-flex', alignItems: 'center', justifyContent: 'space-between', width: '100%' },
});

/** What is to be done to a client, once that is confirmed. */
export type Change = { readonly act: 'rotate' | 'revoke'; readonly client: ApiClientOnWire };
type Ask = (change: Change) => void;

export function useClientColumns(ask: Ask): readonly Column<ApiClientOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  return [
    {
      id: 'name',
      header: say('common.name'),
      file: { [say('common.name')]: ({ name }) => name, [say('settings.deliveryId')]: ({ clientId }) => clientId },
      cell: ({ row: { original } }) => <NameCell client={original} />,
    },
    {
      id: 'roles',
      header: say('settings.roles'),
      meta: { width: '24%' },
      file: { [say('settings.roles')]: ({ roles }) => roles.map((role) => say(ROLE_TEXT[role])).join(', ') },
      cell: ({ row: { original } }) => <RolesCell client={original} />,
    },
    {
      id: 'created',
      header: say('settings.created'),
      meta: { width: '13%' },
      file: { [say('settings.created')]: ({ createdAt }) => createdAt },
      cell: ({ row: { original } }) => format.day(original.createdAt),
    },
    {
      id: 'used',
      header: say('settings.lastUsed'),
      meta: { width: '20%' },
      file: { [say('settings.lastUsed')]: ({ lastUsedAt }) => lastUsedAt ?? '' },
      cell: ({ row: { original } }) => <UseCell client={original} ask={ask} />,
    },
  ];
}

function NameCell({ client: { name, clientId, secretKnownTo } }: { client: ApiClientOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.idLine}>
        <span className={mergeClasses(styles.quiet, styles.id)}>{clientId}</span>
        <CopyButton compact text={say('settings.copyIdOf', { name })} copied={say('common.copied')} value={clientId} />
      </span>
      {secretKnownTo !== null && (
        <StatusBadge tone="warning" icon={<Warning16Regular />}>
          {say('settings.secretKnownTo', { name: secretKnownTo })}
        </StatusBadge>
      )}
    </>
  );
}

function RolesCell({ client: { roles, inNameOf } }: { client: ApiClientOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <>
      {roles.map((role) => say(ROLE_TEXT[role])).join(', ')}
      {inNameOf !== null && <span className={styles.quiet}>{say('settings.inNameOf', { name: inNameOf })}</span>}
    </>
  );
}

function UseCell({ client, ask }: { client: ApiClientOnWire; ask: Ask }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return (
    <span className={styles.end}>
      {client.lastUsedAt === null ? say('settings.neverUsed') : format.dayAndTime(client.lastUsedAt)}
      <MoreMenu label={say('common.moreFor', { name: client.name })}>
        <MenuItem onClick={() => ask({ act: 'rotate', client })}>{say('settings.rotate')}</MenuItem>
        <MenuItem onClick={() => ask({ act: 'revoke', client })}>{say('settings.revoke')}</MenuItem>
      </MoreMenu>
    </span>
  );
}
