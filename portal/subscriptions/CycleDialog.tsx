import { problemOf } from '../api/client.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { AskDialog } from '../frame/AskDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { ActLines } from './ActLines.tsx';
import { type ActProps, nameOf } from './acts.ts';
import { BILLED_TEXT } from './term-text.ts';

/** The other billing frequency of the legacy platform, for the whole order: what it costs today, and which terms begin. */
export function CycleDialog({ customerId, subscription, close }: ActProps) {
  const { say } = useText();
  const format = useFormat();
  const echo = useEcho();
  const { orderId, currency, billingCycle: before } = subscription;
  const billingCycle = before === 'annual' ? 'monthly' : 'annual';
  const call = { params: { customerId, orderId }, body: { billingCycle } } as const;
  const preview = useAnswer('previewBillingCycle', call);
  const act = useAct('changeBillingCycle');
  const perform = () =>
    act.mutate(call, {
      onSuccess: ({ net }) => {
        echo(say('act.netLater', { done: say('cycle.done'), amount: format.money(net) }));
        close();
      },
    });
  return (
    <AskDialog
      title={say(billingCycle === 'annual' ? 'cycle.titleAnnual' : 'cycle.titleMonthly')}
      subject={nameOf(subscription)}
      body={say('cycle.body')}
      submit={say('cycle.change')}
      ready={preview.isSuccess}
      act={act}
      perform={perform}
      close={close}
    >
      {preview.error && problemOf(preview.error)?.refusals ? (
        <ProblemBar error={preview.error} />
      ) : (
        <Answered query={preview} texts={TEXTS}>
          {(shown) => (
            <>
              <FactsList
                stacks
                facts={shown.subscriptions.map((one) => ({
                  key: one.offerName,
                  value: say('cycle.becomes', {
                    billed: say(BILLED_TEXT[billingCycle]),
                    price: format.money({ amount: one.unitPrice, currency }),
                    date: format.day(one.termEndsOn),
                  }),
                }))}
              />
              <ActLines {...shown} />
            </>
          )}
        </Answered>
      )}
    </AskDialog>
  );
}

const TEXTS = { loading: 'act.loading', error: 'act.errorTitle' } as const;
