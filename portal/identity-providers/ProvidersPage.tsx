import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { AddRegular, ShieldKeyholeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FactsList } from '../ui/FactsList.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { DomainsPanel } from './DomainsPanel.tsx';
import { ProviderPanel } from './ProviderPanel.tsx';
import { RemoveProviderDialog } from './RemoveProviderDialog.tsx';
import { useProviderColumns } from './useProviderColumns.tsx';

const useStyles = makeStyles({
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  value: { display: 'flex', alignItems: 'center', columnGap: '4px' },
  text: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

/** What is open over the list. */
type Shown =
  | { readonly over: 'form'; readonly provider: IdentityProviderOnWire | undefined }
  | { readonly over: 'remove'; readonly provider: IdentityProviderOnWire }
  | { readonly over: 'domains'; readonly providerId: string };

function AddButton({ add }: { add: () => void }) {
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  return (
    <Button {...opener} appearance="primary" icon={<AddRegular />} onClick={add}>
      {say('provider.add')}
    </Button>
  );
}

/** Where the partner’s agents sign in with their work accounts. */
export function ProvidersPage() {
  const { say } = useText();
  const mayChange = useMay('changeSettings');
  const providers = useAnswer('listIdentityProviders', {});
  const [shown, show] = useState<Shown>();
  const columns = useProviderColumns({
    change: (provider) => show({ over: 'form', provider }),
    remove: (provider) => show({ over: 'remove', provider }),
    domains: ({ providerId }) => show({ over: 'domains', providerId }),
  });
  const add = () => show({ over: 'form', provider: undefined });
  const close = () => show(undefined);
  const saved = (provider: IdentityProviderOnWire) => {
    const isProved = provider.domainProofs.every(({ proof }) => proof !== null);
    show(isProved ? undefined : { over: 'domains', providerId: provider.providerId });
  };
  const ofDomains =
    shown?.over === 'domains'
      ? providers.data?.items.find(({ providerId }) => providerId === shown.providerId)
      : undefined;
  const isEmpty = providers.data?.items.length === 0;
  return (
    <>
      <TabHead lead={say('provider.lead')} action={mayChange && !isEmpty && <AddButton add={add} />} />
      <Panel>
        <Answered query={providers} texts={TEXTS}>
          {({ items }) =>
            items.length === 0 ? (
              <StateBlock
                icon={<ShieldKeyholeRegular />}
                title={say('provider.empty')}
                body={say('provider.emptyBody')}
              >
                <AddButton add={add} />
              </StateBlock>
            ) : (
              <ListTable
                label={say('settings.tabSignIn')}
                columns={columns}
                rows={items}
                idOf={(row) => row.providerId}
                nameOf={(row) => row.name}
              />
            )
          }
        </Answered>
      </Panel>
      {providers.data && <ToRegister addresses={providers.data} />}
      {shown?.over === 'form' && <ProviderPanel provider={shown.provider} saved={saved} close={close} />}
      {ofDomains && <DomainsPanel provider={ofDomains} close={close} />}
      {shown?.over === 'remove' && <RemoveProviderDialog provider={shown.provider} close={close} />}
    </>
  );
}

/** What the other side must know of this one. */
function ToRegister({ addresses }: { addresses: Value<'listIdentityProviders'> }) {
  const { say } = useText();
  const styles = useStyles();
  const fact = (key: string, value: string) => ({
    key,
    value: (
      <span className={styles.value}>
        <span className={styles.text}>{value}</span>
        <CopyButton compact text={say('common.copyOf', { what: key })} copied={say('common.copied')} value={value} />
      </span>
    ),
  });
  return (
    <Panel padded>
      <Section title={say('provider.toRegister')}>
        <p className={styles.hint}>{say('provider.toRegisterHint')}</p>
        <FactsList
          stacks
          facts={[
            fact(say('provider.redirectUri'), addresses.redirectUri),
            fact(say('provider.signedOutUri'), addresses.signedOutUri),
            fact(say('provider.backChannelUri'), addresses.backChannelLogoutUri),
          ]}
        />
      </Section>
    </Panel>
  );
}

const TEXTS = {
  loading: 'provider.loading',
  error: 'provider.errorTitle',
  noPermission: 'settings.noPermTitle',
} as const;
