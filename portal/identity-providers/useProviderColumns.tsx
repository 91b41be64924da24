import { Link, makeStyles, MenuItem, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';
import type { Column } from '../ui/ListTable.tsx';
import { MoreMenu } from '../ui/MoreMenu.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  domains: { display: 'block', overflowWrap: 'anywhere' },
  prove: { fontSize: tokens.fontSizeBase200, textAlign: 'start' },
  end: { display: 'inline-flex', alignItems: 'center', justifyContent: 'space-between', width: '100%' },
});

type Acts = Readonly<Record<'change' | 'remove' | 'domains', (provider: IdentityProviderOnWire) => void>>;

export function useProviderColumns(acts: Acts): readonly Column<IdentityProviderOnWire>[] {
  const { say } = useText();
  return [
    { id: 'name', header: say('common.name'), cell: ({ row: { original } }) => <NameCell provider={original} /> },
    {
      id: 'domains',
      header: say('provider.domains'),
      meta: { width: '22%' },
      cell: ({ row: { original } }) => <DomainsCell provider={original} acts={acts} />,
    },
    {
      id: 'roles',
      header: say('settings.roles'),
      meta: { width: '24%' },
      cell: ({ row: { original } }) => <RolesCell provider={original} />,
    },
    {
      id: 'unknown',
      header: say('provider.unknown'),
      meta: { width: '20%' },
      cell: ({ row: { original } }) => <UnknownCell provider={original} acts={acts} />,
    },
  ];
}

type CellProps = { readonly provider: IdentityProviderOnWire };

function NameCell({ provider: { name, issuer } }: CellProps) {
  const styles = useStyles();
  return (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.quiet}>{issuer}</span>
    </>
  );
}

function DomainsCell({ provider, acts }: CellProps & { acts: Acts }) {
  const { say } = useText();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const unproved = provider.domainProofs.filter(({ proof }) => proof === null).length;
  return (
    <>
      <span className={styles.domains}>{provider.domains.join(', ')}</span>
      {unproved > 0 && (
        <Link {...opener} as="button" className={styles.prove} onClick={() => acts.domains(provider)}>
          {say('provider.prove', { n: unproved })}
        </Link>
      )}
    </>
  );
}

function RolesCell({ provider: { roleClaim, roleMap } }: CellProps) {
  const { say } = useText();
  const styles = useStyles();
  if (roleClaim === null) return say('provider.rolesByHand');
  const roles = [...new Set(roleMap.map(({ role }) => say(ROLE_TEXT[role])))];
  return (
    <>
      {roles.join(', ') || say('provider.rolesNone')}
      <span className={styles.quiet}>{say('provider.fromClaim', { claim: roleClaim })}</span>
    </>
  );
}

function UnknownCell({ provider, acts }: CellProps & { acts: Acts }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <span className={styles.end}>
      {say(provider.createsAgents ? 'provider.unknownCreated' : 'provider.unknownRefused')}
      <MoreMenu label={say('common.moreFor', { name: provider.name })}>
        <MenuItem onClick={() => acts.change(provider)}>{say('provider.change')}</MenuItem>
        <MenuItem onClick={() => acts.domains(provider)}>{say('provider.domainsTitle')}</MenuItem>
        <MenuItem onClick={() => acts.remove(provider)}>{say('provider.remove')}</MenuItem>
      </MoreMenu>
    </span>
  );
}
