import { makeStyles, tokens } from '@fluentui/react-components';
import type { CampaignRowOnWire } from '../../contract/campaign-rows.ts';
import { paths } from '../paths.ts';
import { ReasonBlock } from '../subscriptions/ReasonBlock.tsx';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { Differences } from '../upgrades/Differences.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px', paddingBottom: '16px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0 },
});

/** Why a row is not upgraded: each reason with its evidence, who clears it and how, or what changed since the plan. */
export function RowPanel({ row, close }: { row: CampaignRowOnWire; close: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const { customerId, customerName, subscriptionId, friendlyName, source, target, outcome } = row;
  const refusals = outcome ? outcome.refusals : row.refusals;
  const differences = outcome?.differences ?? [];
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={customerName}
      hint={`${friendlyName ?? source.name} → ${target.name}`}
      foot={<RouterButton to={paths.subscriptions(customerId)}>{say('bulk.openCustomer')}</RouterButton>}
    >
      <div className={styles.content}>
        {outcome && (
          <div>
            <h3 className={styles.title}>{outcome.title}</h3>
            <p className={styles.line}>{outcome.remedy}</p>
          </div>
        )}
        {differences.length > 0 && (
          <Panel>
            <Differences differences={differences} currency={row.money?.net.currency ?? ''} />
          </Panel>
        )}
        {refusals.map((reason, index) => (
          <ReasonBlock
            key={reason.name + String(index)}
            number={index + 1}
            reason={reason}
            customerId={customerId}
            subscriptionId={subscriptionId}
            evidenceAt={paths.evidence(customerId, subscriptionId, target.offerId)}
          />
        ))}
      </div>
    </SidePanel>
  );
}
