import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { nameOf } from '../subscriptions/acts.ts';
import { messageAt } from '../subscriptions/field-of-refusal.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { keyOf, type PurchaseState } from './usePurchase.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    gap: '16px',
    alignItems: 'start',
  },
  // The longest choice must not make the form wider than the screen.
  choice: { minWidth: 0, width: '100%', '& > select': { minWidth: 0 } },
});

type Props = { readonly purchase: PurchaseState; readonly subscriptions: readonly SubscriptionOnWire[] };

/** For how long, how many, until when, on what, and under which name; what stands against a choice is said at it. */
export function TermFields({ purchase, subscriptions }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const { offer, typed, seatsWrong, error, friendlyName } = purchase;
  return (
    <div className={styles.fields}>
      <TermChoice purchase={purchase} />
      <Field
        label={say('subs.colLicenses')}
        hint={offer && !offer.trial ? say('seats.limitsOf', offer.seats) : undefined}
        validationMessage={seatsWrong && offer ? say('error.numberWithin', offer.seats) : messageAt(error, 'quantity')}
      >
        <Input
          type="number"
          min={offer?.seats.min ?? 1}
          {...(offer && { max: offer.seats.max })}
          value={typed.trim()}
          disabled={!offer}
          onChange={(_event, { value }) => purchase.type(value)}
        />
      </Field>
      <EndChoice purchase={purchase} subscriptions={subscriptions} />
      {offer?.addOn && <BaseChoice purchase={purchase} subscriptions={subscriptions} />}
      <Field label={say('purchase.name')} hint={say('purchase.nameHint')}>
        <Input
          value={friendlyName}
          maxLength={200}
          disabled={!offer}
          onChange={(_event, { value }) => purchase.setFriendlyName(value)}
        />
      </Field>
    </div>
  );
}

function TermChoice({ purchase: { offer, term, chooseTerm, error } }: Pick<Props, 'purchase'>) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Field label={say('wizard.term')} validationMessage={messageAt(error, 'term')}>
      <Select
        root={{ className: styles.choice }}
        disabled={!offer || offer.trial}
        value={term ? keyOf(term) : ''}
        onChange={(_event, { value }) => chooseTerm(value)}
      >
        {offer?.trial && term && <option value={keyOf(term)}>{say('purchase.trialTerm')}</option>}
        {!offer?.trial &&
          (offer?.terms ?? []).map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {`${say(TERM_TEXT[one.termDuration])}, ${say(BILLED_TEXT[one.billingCycle])}`}
            </option>
          ))}
      </Select>
    </Field>
  );
}

/** The days that the API offers, with a subscription of the customer or with a month. */
function EndChoice({ purchase: { offer, end, ends, chooseEnd, error }, subscriptions }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const nameById = (id: string) => {
    const found = subscriptions.find(({ subscriptionId }) => subscriptionId === id);
    return found ? nameOf(found) : id;
  };
  return (
    <Field label={say('purchase.end')} validationMessage={messageAt(error, 'end')}>
      <Select
        root={{ className: styles.choice }}
        disabled={!offer || ends.length === 0}
        value={end ?? ''}
        onChange={(_event, { value }) => chooseEnd(value)}
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
  );
}

/** What an add-on hangs on. */
function BaseChoice({ purchase: { offer, base, chooseBase, error }, subscriptions }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const bases = subscriptions.filter(
    ({ platform, status, addOnOf }) => platform === offer?.platform && status === 'active' && addOnOf === null,
  );
  return (
    <Field label={say('purchase.base')} required validationMessage={messageAt(error, 'base')}>
      <Select
        root={{ className: styles.choice }}
        value={base ?? ''}
        onChange={(_event, { value }) => chooseBase(value)}
      >
        <option value="">{say('purchase.chooseBase')}</option>
        {bases.map((one) => (
          <option key={one.subscriptionId} value={one.subscriptionId}>
            {nameOf(one)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
