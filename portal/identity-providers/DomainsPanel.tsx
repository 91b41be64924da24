import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import { useAct } from '../api/query.ts';
import { TakenAlong } from '../frame/OnceDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { Section } from '../ui/Section.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', rowGap: '24px', paddingBottom: '16px' },
  lead: { margin: 0, color: tokens.colorNeutralForeground2 },
  act: { alignSelf: 'flex-start' },
});

type Proof = IdentityProviderOnWire['domainProofs'][number];

const PROOF_TEXTS: Readonly<Record<NonNullable<Proof['proof']>, TextKey>> = {
  dns: 'provider.provedByDns',
  operator: 'provider.provedByOperator',
  earlier: 'provider.provedEarlier',
};

/** Of each domain of a provider whether it is proved, or what to publish so that it can be. */
export function DomainsPanel({ provider, close }: { provider: IdentityProviderOnWire; close: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={say('provider.domainsTitle')}
      hint={provider.name}
    >
      <div className={styles.list}>
        <p className={styles.lead}>{say('provider.domainsLead')}</p>
        {provider.domainProofs.map((one) => (
          <Domain key={one.domain} providerId={provider.providerId} domain={one} />
        ))}
      </div>
    </SidePanel>
  );
}

function Domain({ providerId, domain: { domain, record, proof } }: { providerId: string; domain: Proof }) {
  const { say } = useText();
  const styles = useStyles();
  const check = useAct('checkIdentityProviderDomain');
  const finding = check.data?.finding;
  const fact = (key: string, text: string) => ({ key, value: <TakenAlong text={text} name={key} /> });
  return (
    <Section title={domain} hint={<ProofBadge proof={proof} />}>
      {proof !== null && <p className={styles.lead}>{say(PROOF_TEXTS[proof])}</p>}
      {(proof === null || proof === 'earlier') && (
        <>
          <FactsList
            stacks
            facts={[
              { key: say('provider.recordType'), value: 'TXT' },
              fact(say('provider.recordName'), domain),
              fact(say('provider.recordValue'), record),
            ]}
          />
          {check.error && <ProblemBar error={check.error} />}
          {finding && (
            <MessageBar intent="warning" layout="multiline" politeness="polite">
              <MessageBarBody>{finding.message}</MessageBarBody>
            </MessageBar>
          )}
          <Button
            className={styles.act}
            aria-label={say('provider.checkNamed', { domain })}
            disabledFocusable={check.isPending}
            icon={check.isPending ? <Spinner size="tiny" /> : undefined}
            onClick={() => check.mutate({ params: { providerId }, body: { domain } })}
          >
            {say('provider.check')}
          </Button>
        </>
      )}
    </Section>
  );
}

function ProofBadge({ proof }: Pick<Proof, 'proof'>) {
  const { say } = useText();
  return proof === null ? (
    <StatusBadge tone="warning" icon={<Warning16Regular />}>
      {say('provider.unproved')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
      {say('provider.proved')}
    </StatusBadge>
  );
}
