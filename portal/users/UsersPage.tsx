import { Button, makeStyles, mergeClasses } from '@fluentui/react-components';
import { LockClosedRegular, PeopleRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useOutletContext } from 'react-router';
import type { CustomerOnWire } from '../../contract/customers.ts';
import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';
import { problemOf } from '../api/client.ts';
import { useAnswer, usePages, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import type { Column } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { callForUsers, type UsersKey } from './call-for-users.ts';
import { keyOf } from './held.ts';
import { Legend, LicenseTable } from './LicenseTable.tsx';
import { UserPanel } from './UserPanel.tsx';
import { SelectionBar, type UsersAddress, UsersToolbar } from './UsersToolbar.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: '12px', minWidth: 0 },
  old: { opacity: 0.6 },
});

const NOBODY: ReadonlySet<string> = new Set();

/** A customer's users and the licenses that they hold. */
export function UsersPage() {
  const customer = useOutletContext<CustomerOnWire>();
  const styles = useStyles();
  const address = useAddress<UsersKey>();
  const { customerId } = customer;
  const products = useAnswer('listLicenseProducts', { params: { customerId } });
  const choice = useColumnChoice('users', useProductColumns(products.data?.items ?? []));
  const shown = new Set(choice.shown.map(({ id }) => id));
  const problem = problemOf(products.error);
  if (problem?.code === 'refused') return <NotGranted customerId={customerId} detail={problem.detail} />;
  return (
    <div className={styles.page}>
      <UsersToolbar customerId={customerId} address={address} choice={choice} />
      <Answered query={products} texts={TEXTS}>
        {({ items }) => (
          <Users
            customer={customer}
            address={address}
            products={items}
            columns={items.filter((one) => shown.has(keyOf(one)))}
          />
        )}
      </Answered>
    </div>
  );
}

/** The columns of the table, to choose among; the user stays. */
function useProductColumns(products: readonly LicenseProductOnWire[]): readonly Column<UserOnWire>[] {
  const { say } = useText();
  return [
    { id: 'user', header: say('licenses.colUser') },
    ...products.map((product) => ({
      id: keyOf(product),
      header: product.ours ? product.name : `${product.name} (${say('licenses.elsewhere')})`,
    })),
  ];
}

/** The customer granted nothing that lets its directory be read. */
function NotGranted({ customerId, detail }: { customerId: string; detail: string }) {
  const { say } = useText();
  return (
    <StateBlock icon={<LockClosedRegular />} tone="neutral" title={say('licenses.noPermTitle')} body={detail}>
      <RouterButton to={paths.relationship(customerId)}>{say('licenses.toRelationship')}</RouterButton>
    </StateBlock>
  );
}

const TEXTS = {
  loading: 'licenses.loading',
  error: 'licenses.errorTitle',
  noPermission: 'licenses.noPermTitle',
} as const;

type Props = {
  readonly customer: CustomerOnWire;
  readonly address: UsersAddress;
  readonly products: Value<'listLicenseProducts'>['items'];
  /** Those that are shown. */
  readonly columns: Value<'listLicenseProducts'>['items'];
};

function Users({ customer: { customerId, country }, address, products, columns }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const [chosen, choose] = useState(NOBODY);
  const pages = usePages('listUsers', callForUsers(customerId, address.get));
  const filtered = address.get('q') !== undefined || address.get('filter') !== undefined;
  const clear = () => address.set({ q: undefined, filter: undefined });
  const table = useRef<HTMLDivElement>(null);
  /** Back to the cell from which the user was opened. */
  const close = () => {
    address.set({ user: undefined });
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>('[data-cell][tabindex="0"]')?.focus());
  };
  return (
    <>
      <SelectionBar customerId={customerId} chosen={chosen} clear={() => choose(NOBODY)} products={products} />
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {({ pages: loaded }) => {
            const users = loaded.flatMap((page) => page.items);
            if (users.length === 0) return <Nothing clear={filtered ? clear : undefined} />;
            const open = users.find(({ userId }) => userId === address.get('user'));
            return (
              <>
                <div ref={table}>
                  <LicenseTable
                    users={users}
                    products={columns}
                    chosen={chosen}
                    choose={choose}
                    open={({ userId }) => address.set({ user: userId })}
                  />
                </div>
                <TableFoot
                  range={say('licenses.ofTotal', { shown: users.length, total: loaded[0]?.total ?? users.length })}
                >
                  {pages.hasNextPage && (
                    <Button size="small" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                      {say('common.showMore')}
                    </Button>
                  )}
                  <Legend />
                </TableFoot>
                {open && (
                  <UserPanel customerId={customerId} country={country} user={open} products={products} close={close} />
                )}
              </>
            );
          }}
        </Answered>
      </Panel>
    </>
  );
}

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('licenses.noMatchBody')}
      icon={<PeopleRegular />}
      title={say('licenses.emptyTitle')}
      body={say('licenses.emptyBody')}
    />
  );
}
