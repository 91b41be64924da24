import { Toast, ToastTitle, useToastController } from '@fluentui/react-components';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useAct, type Value } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

type Props = {
  readonly customerId: string;
  readonly subscription: SubscriptionOnWire;
  readonly targetOfferId: string;
  readonly way: Value<'compareUpgrade'>['ways'][number];
  readonly close: () => void;
};

/** Asks before the change is scheduled for the renewal. Until then nothing changes, and it can be taken back. */
export function PlanRenewalDialog({ customerId, subscription, targetOfferId, way: { outcome }, close }: Props) {
  const { say } = useText();
  const format = useFormat();
  const schedule = useAct('scheduleChange');
  const { dispatchToast } = useToastController(TOASTER);
  if (!outcome) return null;
  const { subscriptionId, version, offerName, friendlyName } = subscription;
  const { termDuration, billingCycle, startsOn } = outcome;
  const date = format.day(startsOn);
  const perform = () =>
    schedule.mutate(
      {
        params: { customerId, subscriptionId },
        body: { offerId: targetOfferId, termDuration, billingCycle, version },
      },
      {
        onSuccess: () => {
          dispatchToast(
            <Toast>
              <ToastTitle>{say('compare.planned', { date })}</ToastTitle>
            </Toast>,
            { intent: 'success' },
          );
          close();
        },
      },
    );
  return (
    <AskDialog
      title={say('compare.planTitle', { date })}
      subject={friendlyName ?? offerName}
      body={say('compare.planBody')}
      submit={say('compare.plan')}
      act={schedule}
      perform={perform}
      close={close}
    />
  );
}
