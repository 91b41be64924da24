import { makeStyles, tokens } from '@fluentui/react-components';
import type { CampaignRowOnWire } from '../../contract/campaign-rows.ts';
import { paths } from '../paths.ts';
import { ReasonBlock } from '../subscriptions/ReasonBlock.tsx';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px', paddingBottom: '16px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0 },
});

type Point = NonNullable<CampaignRowOnWire['outcome']>['differences'][number]['point'];

const POINT_TEXT: Readonly<Record<Point, TextKey>> = {
  quantity: 'stale.whatLicenses',
  unitPrice: 'stale.whatPrice',
  credit: 'stale.whatCredit',
  charge: 'stale.whatCharge',
  lines: 'stale.whatCharge',
  net: 'stale.whatNet',
  users: 'stale.whatAccounts',
  usersNotMoving: 'stale.whatWork',
};

/** Why a row is not upgraded: each reason with its evidence, who clears it and how, or what changed since the plan. */
export function RowPanel({ row, close }: { row: CampaignRowOnWire; close: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const { customerId, customerName, subscriptionId, friendlyName, source, target, outcome } = row;
  const refusals = outcome ? outcome.refusals : row.refusals;
  const changed = [...new Set(outcome?.differences.map(({ point }) => say(POINT_TEXT[point])))];
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
        {changed.length > 0 && <FactsList facts={[{ key: say('bulk.whatChanged'), value: changed.join(', ') }]} />}
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
