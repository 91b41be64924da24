import { makeStyles } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons';
import { useParams } from 'react-router';
import type { OfferOnWire } from '../../contract/catalog.ts';
import { askAgain, useAnswer } from '../api/query.ts';
import { CUSTOMER_TEXTS } from '../customers/CustomerPage.tsx';
import { Answered } from '../frame/Answered.tsx';
import { AskDialog } from '../frame/AskDialog.tsx';
import { useWhyNot } from '../frame/useWhyNot.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Section } from '../ui/Section.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { OfferChoice } from './OfferChoice.tsx';
import { PurchasePreview } from './PurchasePreview.tsx';
import { TermFields } from './TermFields.tsx';
import { type PurchaseState, usePurchase } from './usePurchase.ts';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 336px',
    columnGap: '20px',
    rowGap: '16px',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  form: { display: 'flex', flexDirection: 'column', rowGap: '20px' },
});

/** A new subscription for a customer: the offer, its terms, what that costs today, and the act. */
export function PurchasePage() {
  const { customerId = '' } = useParams();
  const { say } = useText();
  const customer = useAnswer('showCustomer', { params: { customerId } });
  const offers = useAnswer('listOffers', {});
  const whyNot = useWhyNot('purchase');
  return (
    <Answered page query={customer} texts={CUSTOMER_TEXTS}>
      {({ name }) => (
        <>
          <PageHead
            crumbs={{
              label: say('app.breadcrumb'),
              way: [
                { text: say('customers.title'), to: paths.customers },
                { text: name, to: paths.subscriptions(customerId) },
              ],
              here: say('purchase.new'),
            }}
            title={say('purchase.new')}
          />
          {whyNot ? (
            <StateBlock icon={<LockClosedRegular />} tone="neutral" title={say('purchase.noPermTitle')} body={whyNot} />
          ) : (
            <Answered query={offers} texts={TEXTS}>
              {({ items }) => <PurchaseForm customerId={customerId} offers={items} />}
            </Answered>
          )}
        </>
      )}
    </Answered>
  );
}

const TEXTS = { loading: 'purchase.loading', error: 'purchase.loadError' } as const;

function PurchaseForm({ customerId, offers }: { customerId: string; offers: readonly OfferOnWire[] }) {
  const { say } = useText();
  const styles = useStyles();
  const purchase = usePurchase(customerId, offers);
  const listed = useAnswer('listSubscriptions', { params: { customerId } });
  return (
    <div className={styles.columns}>
      <div className={styles.form}>
        <Section number={1} title={say('purchase.step1')}>
          <Panel padded>
            <OfferChoice offers={offers} chosen={purchase.offer?.offerId} choose={purchase.choose} />
          </Panel>
        </Section>
        <Section number={2} title={say('purchase.step2')}>
          <Panel padded>
            <TermFields purchase={purchase} subscriptions={listed.data?.items ?? []} />
          </Panel>
        </Section>
      </div>
      <PurchasePreview purchase={purchase} retry={askAgain} />
      {purchase.confirming && <Confirm purchase={purchase} />}
    </div>
  );
}

/** The last look: how many of what, what it costs and until when it runs. */
function Confirm({ purchase: { shown, act, buy, confirm } }: { purchase: PurchaseState }) {
  const { say } = useText();
  const format = useFormat();
  const item = shown?.items[0];
  if (!shown || !item) return null;
  return (
    <AskDialog
      title={say('purchase.confirmTitle')}
      subject={`${say('common.licenses', { n: item.quantity })} · ${item.offerName}`}
      body={say('purchase.confirmBody', { net: format.money(shown.net), date: format.day(item.termEndsOn) })}
      submit={say('purchase.act')}
      act={act}
      perform={buy}
      close={() => confirm(false)}
    />
  );
}
