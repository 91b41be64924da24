import { useParams } from 'react-router';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { type BillingAddress, type BillingKey, type View, viewOf, VIEWS } from './billing-address.ts';
import { ChargesView } from './ChargesView.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { NextInvoiceView } from './NextInvoiceView.tsx';

const VIEW_TEXT: Readonly<Record<View, TextKey>> = {
  lines: 'billing.tabLines',
  next: 'billing.tabPreview',
  check: 'billing.tabCheck',
};

/** What a customer is billed: what was written, what comes next, and whether it is what was approved. */
export function CustomerBillingPage() {
  const { customerId = '' } = useParams();
  const { say } = useText();
  const address = useAddress<BillingKey>();
  const view = viewOf(address.get('tab'));
  const to = (one: View) =>
    one === 'lines' ? paths.customerBilling(customerId) : `${paths.customerBilling(customerId)}?tab=${one}`;
  return (
    <>
      <Tabs
        label={say('billing.title')}
        tabs={VIEWS.map((one) => ({ to: to(one), text: say(VIEW_TEXT[one]), current: one === view }))}
      />
      <Shown view={view} customerId={customerId} address={address} />
    </>
  );
}

function Shown({
  view,
  ...of
}: {
  readonly view: View;
  readonly customerId: string;
  readonly address: BillingAddress;
}) {
  switch (view) {
    case 'next':
      return <NextInvoiceView {...of} />;
    case 'check':
      return <ComparisonView {...of} />;
    default:
      return <ChargesView {...of} />;
  }
}
