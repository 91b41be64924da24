import { ReceiptRegular } from '@fluentui/react-icons';
import { useAnswer, usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useText } from '../text.ts';
import { Choices } from '../ui/Choices.tsx';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { BILLING_TEXTS, type BillingAddress, callForCharges } from './billing-address.ts';
import { actOf, joinActs } from './join-acts.ts';
import { Rounding } from './Rounding.tsx';
import { isSoldOn, useChargeColumns } from './useLineColumns.tsx';

type Props = { readonly customerId: string; readonly address: BillingAddress };

/** Credits and charges of all subscriptions, the newest first; those of one act stand together. */
export function ChargesView({ customerId, address }: Props) {
  const { say } = useText();
  const call = callForCharges(customerId, address.get);
  const pages = usePages('listCustomerCharges', (cursor) => ({
    ...call,
    query: { ...call.query, ...(cursor && { cursor }) },
  }));
  const lines = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const choice = useColumnChoice('charges', useChargeColumns(isSoldOn(lines)));
  const narrowed = address.get('sub') !== undefined || address.get('month') !== undefined;
  return (
    <>
      {pages.data && (
        <Toolbar
          end={
            <>
              <ColumnMenu label={say('common.columns')} choice={choice} />
              <SaveFile name="listCustomerCharges" call={call} compact />
            </>
          }
        >
          <Narrowing customerId={customerId} address={address} />
        </Toolbar>
      )}
      <Panel>
        <Answered query={pages} texts={BILLING_TEXTS}>
          {() =>
            lines.length === 0 ? (
              <Nothing clear={narrowed ? () => address.set({ sub: undefined, month: undefined }) : undefined} />
            ) : (
              <>
                <ListTable
                  label={say('billing.tabLines')}
                  columns={choice.shown}
                  rows={joinActs(customerId, lines)}
                  idOf={(row) => row.chargeId}
                  nameOf={(row) => row.explained.what}
                  joinOf={actOf}
                />
                <ListFoot rows={lines.length} pages={pages} />
                <Rounding lines={lines} />
              </>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

function Narrowing({ customerId, address }: Props) {
  const { say } = useText();
  const format = useFormat();
  const known = useAnswer('showCustomerBilling', { params: { customerId } }).data;
  return (
    <>
      <Choices
        label={say('billing.subscription')}
        value={address.get('sub') ?? ''}
        options={[
          { value: '', text: say('billing.allSubscriptions') },
          ...(known?.subscriptions ?? []).map(({ subscriptionId, name }) => ({ value: subscriptionId, text: name })),
        ]}
        change={(sub) => address.set({ sub })}
      />
      <Choices
        label={say('billing.month')}
        value={address.get('month') ?? ''}
        options={[
          { value: '', text: say('billing.allMonths') },
          ...(known?.months ?? []).map((month) => ({ value: month, text: format.month(month) })),
        ]}
        change={(month) => address.set({ month })}
      />
    </>
  );
}

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('billing.noMatchBody')}
      icon={<ReceiptRegular />}
      title={say('billing.emptyTitle')}
      body={say('billing.emptyBody')}
    />
  );
}
