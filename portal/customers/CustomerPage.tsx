import { AddRegular } from '@fluentui/react-icons';
import { Outlet, useMatch, useParams } from 'react-router';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { MarginFact } from './MarginFact.tsx';
import { PrivilegesBadge } from './PrivilegesBadge.tsx';

/** One customer: its head, and below the tab that is open. */
export function CustomerPage() {
  const { customerId = '' } = useParams();
  const customer = useAnswer('showCustomer', { params: { customerId } });
  return (
    <Answered page query={customer} texts={CUSTOMER_TEXTS}>
      {(shown) => (
        <>
          <Head customer={shown} />
          <Outlet context={shown} />
        </>
      )}
    </Answered>
  );
}

export const CUSTOMER_TEXTS = {
  loading: 'state.loading',
  error: 'customer.errorTitle',
  noPermission: 'customers.noPermTitle',
  notFound: 'customer.notFoundTitle',
  notFoundBody: 'customer.notFoundBody',
} as const;

function Head({ customer }: { customer: CustomerOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const { customerId, name, domain, country } = customer;
  const onSubscriptions = useMatch(paths.subscriptions(customerId));
  return (
    <>
      <PageHead
        crumbs={{
          label: say('app.breadcrumb'),
          way: [{ text: say('customers.title'), to: paths.customers }],
          here: name,
        }}
        title={name}
        facts={
          <>
            <span>{domain}</span>
            <span>{format.country(country)}</span>
            <span>
              {say('priv.short')}:
              <PrivilegesBadge privileges={customer.privileges} warning={customer.privilegesWarning} />
            </span>
            <MarginFact customer={customer} />
          </>
        }
        action={
          onSubscriptions && (
            <RouterButton appearance="primary" icon={<AddRegular />} to={paths.newSubscription(customerId)}>
              {say('purchase.new')}
            </RouterButton>
          )
        }
      />
      <Tabs
        label={name}
        tabs={[
          { to: paths.subscriptions(customerId), text: say('customer.tabSubscriptions') },
          { to: paths.users(customerId), text: say('customer.tabUsers') },
          { to: paths.customerBilling(customerId), text: say('customer.tabBilling') },
          { to: paths.relationship(customerId), text: say('customer.tabRelationship') },
          { to: paths.history(customerId), text: say('customer.tabHistory') },
        ]}
      />
    </>
  );
}
