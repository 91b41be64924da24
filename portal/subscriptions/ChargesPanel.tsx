import { makeStyles, tokens } from '@fluentui/react-components';
import { ReceiptRegular } from '@fluentui/react-icons';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { MoneyLine } from '../ui/MoneyLine.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { type ActProps, nameOf } from './acts.ts';

const useStyles = makeStyles({
  sentence: { display: 'block', color: tokens.colorNeutralForeground2 },
  lines: { paddingBottom: '16px' },
});

/** Every line that a subscription put on the bill, each with how it came about. */
export function ChargesPanel({ customerId, subscription, close }: ActProps) {
  const { say } = useText();
  const { subscriptionId } = subscription;
  const charges = useAnswer('listCharges', { params: { customerId, subscriptionId } });
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={say('charges.title')}
      hint={say('charges.lead', { name: nameOf(subscription) })}
    >
      <Answered query={charges} texts={TEXTS}>
        {(found) => <Lines {...found} />}
      </Answered>
    </SidePanel>
  );
}

const TEXTS = {
  loading: 'charges.loading',
  error: 'charges.errorTitle',
  noPermission: 'charges.noPermTitle',
} as const;

function Lines({ items, total }: Value<'listCharges'>) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  if (items.length === 0) {
    return <StateBlock icon={<ReceiptRegular />} title={say('charges.emptyTitle')} body={say('charges.emptyBody')} />;
  }
  return (
    <div className={styles.lines}>
      <MoneyLine label={say('charges.total')} amount={format.money(total)} size="large" hint={say('wizard.exVat')} />
      {items.toReversed().map((line) => (
        <MoneyLine
          key={line.chargeId}
          label={format.dayRange(line.periodStart, line.periodEnd)}
          amount={format.money(line.amount)}
          hint={<span className={styles.sentence}>{line.explained.sentence}</span>}
        />
      ))}
    </div>
  );
}
