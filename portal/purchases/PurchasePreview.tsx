import { Button, makeStyles, mergeClasses, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { problemOf } from '../api/client.ts';
import type { Value } from '../api/query.ts';
import { Failed } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { ActLines } from '../subscriptions/ActLines.tsx';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { PER_TEXT } from '../upgrades/ways.ts';
import type { PurchaseState } from './usePurchase.ts';

const useStyles = makeStyles({
  side: { position: 'sticky', top: '64px', alignSelf: 'start', [SCREEN.belowPreview]: { position: 'static' } },
  body: { display: 'flex', flexDirection: 'column', rowGap: '12px', padding: '14px 16px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  shown: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  updating: { opacity: 0.55 },
});

/** What it costs today, its term and until when it can be taken back; or every reason why it cannot be had. */
export function PurchasePreview({ purchase, retry }: { purchase: PurchaseState; retry: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const { shown, error, offer, ready, updating, act } = purchase;
  const isAnswered = error !== null && problemOf(error)?.code === 'refused';
  return (
    <aside className={styles.side} aria-label={say('wizard.preview')}>
      <Panel>
        <div className={styles.body}>
          <h2 className={styles.title}>{say('wizard.preview')}</h2>
          <div role="status" className={mergeClasses(styles.shown, updating && styles.updating)}>
            {!offer && <p className={styles.quiet}>{say('purchase.previewNone')}</p>}
            {shown && <Shown shown={shown} />}
          </div>
          {isAnswered && <ProblemBar error={error} />}
          {error && !isAnswered && (
            <Failed title={say('purchase.errorTitle')} problem={problemOf(error)} retry={retry} />
          )}
          <Button
            {...opener}
            appearance="primary"
            disabledFocusable={!ready || act.isPending}
            onClick={() => purchase.confirm(true)}
          >
            {say('purchase.act')}
          </Button>
        </div>
      </Panel>
    </aside>
  );
}

function Shown({ shown: { items, net, sold, rates } }: { shown: Value<'previewPurchase'> }) {
  const { say } = useText();
  const format = useFormat();
  const [item] = items;
  if (!item) return null;
  const { billingCycle, termDuration, unitPrice, promotionId, cancellableUntil, platform } = item;
  const per = PER_TEXT[platform === 'legacy' ? 'monthly' : billingCycle];
  const term = `${say(TERM_TEXT[termDuration])}, ${say(BILLED_TEXT[billingCycle])}`;
  const isTrial = billingCycle === 'none';
  const takeBack = cancellableUntil
    ? say('purchase.takeBackUntil', { date: format.dayAndTime(cancellableUntil) })
    : say('purchase.takeBackAnyTime');
  return (
    <>
      <FactsList
        facts={[
          { key: say('record.offer'), value: item.offerName },
          { key: say('subs.colLicenses'), value: format.number(item.quantity) },
          {
            key: say('purchase.price'),
            value: isTrial
              ? say('term.trialPlan')
              : `${format.money({ amount: unitPrice, currency: net.currency })} ${say(per)}`,
          },
          ...(promotionId ? [{ key: say('purchase.promotion'), value: promotionId }] : []),
          {
            key: say('wizard.term'),
            value: say('purchase.termUntil', {
              term: isTrial ? say('term.trialPlan') : term,
              date: format.day(item.termEndsOn),
            }),
          },
          ...(isTrial ? [] : [{ key: say('purchase.takeBack'), value: takeBack }]),
        ]}
      />
      <ActLines lines={item.lines} net={net} sold={{ sold, rates }} />
    </>
  );
}
