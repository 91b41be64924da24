import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { FormDialog } from '../frame/FormDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { useKept } from '../ui/useKept.ts';
import { type ActProps, nameOf } from './acts.ts';
import { messageAt } from './field-of-refusal.ts';
import { BILLED_TEXT, TERM_TEXT } from './term-text.ts';

const useStyles = makeStyles({
  lead: { margin: 0, color: tokens.colorNeutralForeground2 },
  // The longest offer must not make the dialog wider than the screen.
  choice: { minWidth: 0, width: '100%', '& > select': { minWidth: 0 } },
  seats: { maxWidth: '140px' },
});

type Props = ActProps & { readonly subscriptions: readonly SubscriptionOnWire[] };
type Scheduled = Value<'showScheduledChange'>;

/** What a subscription becomes when it renews: another offer, number, term, billing plan or last day. */
export function RenewalDialog(given: Props) {
  const { say } = useText();
  const { subscription, close, customerId } = given;
  const params = { customerId, subscriptionId: subscription.subscriptionId };
  const scheduled = useAnswer('showScheduledChange', { params });
  const plan = usePlan(given, scheduled.data);
  return (
    <FormDialog
      title={say('plan.title', { name: nameOf(subscription) })}
      submit={say('compare.plan')}
      act={plan.act}
      perform={plan.perform}
      close={close}
      problem={plan.act.error && <ProblemBar error={plan.act.error} />}
    >
      <Answered query={scheduled} texts={TEXTS}>
        {(shown) => <Fields given={given} scheduled={shown} plan={plan} />}
      </Answered>
    </FormDialog>
  );
}

const TEXTS = { loading: 'plan.loading', error: 'plan.errorTitle' } as const;

type Said = {
  readonly offerId: string;
  readonly quantity: string;
  readonly term: string;
  readonly end: string;
};
type Plan = ReturnType<typeof usePlan>;

/** What is chosen, beginning with what is scheduled already; an empty choice: as it is now. */
function usePlan({ customerId, subscription, close }: Props, scheduled: Scheduled | undefined) {
  const { say } = useText();
  const format = useFormat();
  const echo = useEcho();
  const act = useAct('scheduleChange');
  const { subscriptionId, version, offerId, quantity, scheduledChange: before } = subscription;
  const [said, setSaid] = useKept<Said>(`renewal ${subscriptionId}`, {
    offerId: before && before.offerId !== offerId ? before.offerId : '',
    quantity: String(before?.quantity ?? quantity),
    term: before && keyOf(before) !== keyOf(subscription) ? keyOf(before) : '',
    end: before?.customTermEndsOn ?? '',
  });
  const offer = useAnswer('listOffers', {}).data?.items.find((one) => one.offerId === (said.offerId || offerId));
  const seats = /^\d{1,8}$/.test(said.quantity.trim()) ? Number(said.quantity) : 0;
  const perform = () => {
    if (!scheduled?.renewsOn || seats < 1) return;
    const date = format.day(scheduled.renewsOn);
    const body = {
      ...(said.offerId && { offerId: said.offerId }),
      ...termOf(said.term),
      quantity: seats,
      termEndsOn: said.end || null,
      version,
    };
    const onSuccess = () => {
      echo(say('plan.saved', { date }));
      close();
    };
    act.mutate({ params: { customerId, subscriptionId }, body }, { onSuccess });
  };
  const wrongNumber = offer ? say('error.numberWithin', offer.seats) : say('error.number');
  return {
    said,
    change: (changes: Partial<Said>) => setSaid((now) => ({ ...now, ...changes })),
    act,
    perform,
    seatsWrong: seats < 1 ? wrongNumber : messageAt(act.error, 'quantity'),
    offer,
  };
}

function Fields({ given, scheduled, plan }: { given: Props; scheduled: Scheduled; plan: Plan }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { said, change, act, seatsWrong } = plan;
  const { subscription, subscriptions } = given;
  const term = termOf(said.term)?.termDuration ?? subscription.termDuration;
  const targets = scheduled.targets.filter(({ eligible }) => eligible);
  const ends = scheduled.ends.filter(({ termDuration }) => termDuration === term);
  // With another number of another offer, nobody is moved by the renewal itself.
  const byHand = said.offerId !== '' && said.quantity.trim() !== String(subscription.quantity);
  const nameById = (id: string) => {
    const found = subscriptions.find(({ subscriptionId }) => subscriptionId === id);
    return found ? nameOf(found) : id;
  };
  if (!scheduled.renewsOn) return <p className={styles.lead}>{say('plan.none')}</p>;
  return (
    <>
      <p className={styles.lead}>{say('plan.lead', { date: format.day(scheduled.renewsOn) })}</p>
      <Field label={say('record.offer')} validationMessage={messageAt(act.error, 'offer')}>
        <Select
          root={{ className: styles.choice }}
          value={said.offerId}
          onChange={(_event, { value }) => change({ offerId: value, term: '' })}
        >
          <option value="">{say('plan.usualOffer', { name: subscription.offerName })}</option>
          {targets.map(({ offerId, name }) => (
            <option key={offerId} value={offerId}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say('subs.colLicenses')} validationMessage={seatsWrong} hint={byHand ? say('plan.byHand') : null}>
        <Input
          className={styles.seats}
          type="number"
          min={1}
          value={said.quantity}
          onChange={(_event, { value }) => change({ quantity: value })}
        />
      </Field>
      <TermField given={given} plan={plan} />
      <Field label={say('plan.end')} validationMessage={messageAt(act.error, 'end')}>
        <Select
          root={{ className: styles.choice }}
          value={said.end}
          onChange={(_event, { value }) => change({ end: value })}
        >
          <option value="">{say('plan.endWhole')}</option>
          {ends.map(({ endsOn, alignsWith }) => (
            <option key={`${endsOn}${alignsWith}`} value={endsOn}>
              {alignsWith
                ? say('plan.endWith', { date: format.day(endsOn), name: nameById(alignsWith) })
                : say('plan.endMonth', { date: format.day(endsOn) })}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

/** The terms that the chosen offer is sold for; a trial has none of its own to keep. */
function TermField({ given: { subscription }, plan: { said, change, act, offer } }: { given: Props; plan: Plan }) {
  const { say } = useText();
  const styles = useStyles();
  const write = ({ termDuration, billingCycle }: TermChoice) =>
    `${say(TERM_TEXT[termDuration])}, ${say(BILLED_TEXT[billingCycle])}`;
  const usual = subscription.trial ? say('plan.termUsual') : say('wizard.termSame', { term: write(subscription) });
  const now = keyOf(subscription);
  return (
    <Field label={say('wizard.term')} validationMessage={messageAt(act.error, 'term')}>
      <Select
        root={{ className: styles.choice }}
        value={said.term}
        onChange={(_event, { value }) => change({ term: value === now ? '' : value, end: '' })}
      >
        <option value="">{usual}</option>
        {(offer?.terms ?? [])
          .filter((one) => keyOf(one) !== now)
          .map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {write(one)}
            </option>
          ))}
      </Select>
    </Field>
  );
}

type TermChoice = Pick<SubscriptionOnWire, 'termDuration' | 'billingCycle'>;

function keyOf({ termDuration, billingCycle }: TermChoice): string {
  return `${termDuration}.${billingCycle}`;
}

function termOf(key: string): TermChoice | undefined {
  const [termDuration, billingCycle] = key.split('.');
  return key ? ({ termDuration, billingCycle } as TermChoice) : undefined;
}
