import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { problemOf } from '../api/client.ts';
import { type Name, useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { AskDialog } from '../frame/AskDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { ActLines } from './ActLines.tsx';
import { type ActProps, nameOf, type SubscriptionAct } from './acts.ts';

type Act = Extract<SubscriptionAct, 'suspend' | 'reactivate' | 'renew' | 'lapse' | 'unplan'>;

type Words = Readonly<Record<'title' | 'submit' | 'done', TextKey>> & {
  readonly body: Readonly<Record<SubscriptionOnWire['platform'], TextKey>>;
};
const alike = (body: TextKey) => ({ legacy: body, newCommerce: body });

const WORDS: Readonly<Record<Act, Words>> = {
  suspend: {
    title: 'life.suspendTitle',
    body: { legacy: 'life.suspendBodyLegacy', newCommerce: 'life.suspendBodyNce' },
    submit: 'life.suspend',
    done: 'life.suspendDone',
  },
  reactivate: {
    title: 'life.reactivateTitle',
    body: { legacy: 'life.reactivateBodyLegacy', newCommerce: 'life.reactivateBodyNce' },
    submit: 'life.reactivate',
    done: 'life.reactivateDone',
  },
  renew: {
    title: 'life.renewTitle',
    body: alike('life.renewBody'),
    submit: 'life.renew',
    done: 'life.renewDone',
  },
  lapse: {
    title: 'life.lapseTitle',
    body: alike('life.lapseBody'),
    submit: 'life.lapse',
    done: 'life.lapseDone',
  },
  unplan: {
    title: 'life.unplanTitle',
    body: alike('life.unplanBody'),
    submit: 'life.unplan',
    done: 'life.unplanDone',
  },
};

/** Asks before a subscription is suspended, taken back into use, renewed by itself or not, or renewed as it is. */
export function StatusDialog({ act, customerId, subscription, close }: ActProps & { readonly act: Act }) {
  const { say } = useText();
  const format = useFormat();
  const words = WORDS[act];
  const done = useDone(words.done, close);
  const suspend = useAct('suspendSubscription');
  const reactivate = useAct('reactivateSubscription');
  const setAutoRenew = useAct('setAutoRenew');
  const unschedule = useAct('unscheduleChange');
  const { subscriptionId, version, platform, termEndsOn } = subscription;
  const params = { customerId, subscriptionId };
  const renewing = (autoRenew: boolean) => ({
    doing: setAutoRenew,
    perform: () => setAutoRenew.mutate({ params, body: { autoRenew, version } }, done),
  });
  const ways = {
    suspend: { doing: suspend, perform: () => suspend.mutate({ params, body: { version } }, done) },
    reactivate: { doing: reactivate, perform: () => reactivate.mutate({ params, body: { version } }, done) },
    renew: renewing(true),
    lapse: renewing(false),
    unplan: { doing: unschedule, perform: () => unschedule.mutate({ params }, done) },
  };
  const { doing, perform } = ways[act];
  const preview = usePreview(act, params);
  return (
    <AskDialog
      title={say(words.title)}
      subject={nameOf(subscription)}
      body={say(words.body[platform], { date: format.day(termEndsOn) })}
      submit={say(words.submit)}
      act={doing}
      ready={preview === undefined || preview.isSuccess}
      perform={perform}
      close={close}
    >
      {preview && <OnTheBill preview={preview} />}
    </AskDialog>
  );
}

/** What suspending or reactivating puts on the bill; the other acts put nothing there. */
function usePreview(act: Act, params: { readonly customerId: string; readonly subscriptionId: string }) {
  const suspending = useAnswer('previewSuspension', { params }, { enabled: act === 'suspend' });
  const reactivating = useAnswer('previewReactivation', { params }, { enabled: act === 'reactivate' });
  if (act === 'suspend') return suspending;
  return act === 'reactivate' ? reactivating : undefined;
}

function OnTheBill({ preview }: { preview: NonNullable<ReturnType<typeof usePreview>> }) {
  if (preview.error && problemOf(preview.error)?.refusals) return <ProblemBar error={preview.error} />;
  return (
    <Answered query={preview} texts={TEXTS}>
      {(shown) => (shown.lines.length + shown.dueLines.length > 0 ? <ActLines {...shown} /> : null)}
    </Answered>
  );
}

const TEXTS = { loading: 'act.loading', error: 'act.errorTitle' } as const;

type Changed = Value<Extract<Name, 'suspendSubscription'>>;

/** Closes, and says what was done and what that puts on the bill. */
function useDone(text: TextKey, close: () => void) {
  const { say } = useText();
  const format = useFormat();
  const echo = useEcho();
  return {
    onSuccess: ({ net, lines }: Changed) => {
      const done = say(text);
      echo(lines.length > 0 ? say('act.netLater', { done, amount: format.money(net) }) : done);
      close();
    },
  };
}
