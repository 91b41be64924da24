import { Field, Input, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { Value } from '../api/query.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { SCREEN } from '../ui/screen.ts';
import { ChosenUsers } from './ChosenUsers.tsx';
import type { UpgradeFormState } from './useUpgradeForm.ts';
import { Transfer } from './Transfer.tsx';
import { keyOf } from './useTransition.ts';
import { PER_TEXT, WAY_HINT } from './ways.ts';

const useStyles = makeStyles({
  choices: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: '16px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  seats: { maxWidth: '140px' },
  wide: { gridColumn: '1 / -1', minWidth: 0 },
  term: { minWidth: 0 },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

type Props = {
  readonly subscription: SubscriptionOnWire;
  readonly form: UpgradeFormState;
  readonly compared: Value<'compareUpgrade'> | undefined;
};

/** On new commerce: how many seats, into what, with which term, and who moves where not all do. */
export function TransitionChoices({ subscription, form, compared }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const { transition, chosen } = form;
  const { typed, quantity, min, max, isPart, into } = transition;
  const all = subscription.quantity;
  const way = into ? 'existing' : isPart ? 'partial' : 'inPlace';
  const wrong = typed !== undefined && quantity === null;
  return (
    <div className={styles.choices}>
      <div>
        <Field label={say('wizard.quantity')}>
          <RadioGroup
            value={typed === undefined ? 'all' : 'some'}
            onChange={(_event, { value }) => transition.type(value === 'all' ? undefined : String(all))}
          >
            <Radio value="all" label={say('wizard.quantityAll', { n: all })} />
            <Radio value="some" label={say(subscription.trial ? 'wizard.quantityMore' : 'wizard.quantitySome')} />
          </RadioGroup>
        </Field>
        {typed !== undefined && (
          <Field
            className={styles.seats}
            label={say('wizard.quantitySeats')}
            hint={say('wizard.quantityHint', { min, max })}
            validationMessage={wrong ? say('wizard.submitDisabledSeats', { min, max }) : undefined}
          >
            <Input
              type="number"
              min={min}
              max={max}
              value={typed.trim()}
              // Emptied, it is still a number that is being typed.
              onChange={(_event, { value }) => transition.type(value || ' ')}
            />
          </Field>
        )}
        <span className={styles.quiet}>
          {say(WAY_HINT[way], { moved: quantity ?? 0, left: all - (quantity ?? 0) })}
        </span>
      </div>
      <div>
        <Transfer form={form} />
      </div>
      <div className={styles.wide}>
        <Term subscription={subscription} form={form} />
      </div>
      {chosen && chosen.destinations.length > 0 && (
        <div className={styles.wide}>
          <Destinations subscription={subscription} form={form} compared={compared} />
        </div>
      )}
      {isPart && compared && compared.users.length > 0 && (
        <div className={styles.wide}>
          <ChosenUsers
            users={compared.users}
            seats={quantity ?? 0}
            chosen={transition.userIds}
            choose={transition.chooseUsers}
          />
        </div>
      )}
    </div>
  );
}

/** With which term and billing plan, each with its price; a subscription that takes the seats has its own. */
function Term({ subscription: { currency, termDuration, billingCycle }, form }: Omit<Props, 'compared'>) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const { transition, chosen, quote } = form;
  const now = keyOf({ termDuration, billingCycle });
  const shown = transition.term ?? quote?.term;
  const terms = chosen?.terms ?? [];
  // A trial has no term of its own to keep; which one it becomes paid for, the quote says.
  const keeps = terms.some((one) => keyOf(one) === now);
  return (
    <Field label={say('wizard.term')} hint={transition.into && say('wizard.termOfDestination')}>
      <Select
        className={styles.term}
        disabled={!chosen || transition.into !== undefined}
        value={shown ? keyOf(shown) : keeps ? now : ''}
        onChange={(_event, { value }) => transition.chooseTerm(value === now ? undefined : value || undefined)}
      >
        {!shown && !keeps && <option value="">{say('plan.termUsual')}</option>}
        {terms.map((one) => {
          const price = `${format.money({ amount: one.unitPrice, currency })} ${say(PER_TEXT[one.billingCycle])}`;
          const term = `${say(TERM_TEXT[one.termDuration])}, ${say(BILLED_TEXT[one.billingCycle])}`;
          const said = keyOf(one) === now ? say('wizard.termSame', { term }) : term;
          return <option key={keyOf(one)} value={keyOf(one)}>{`${said} · ${price}`}</option>;
        })}
      </Select>
    </Field>
  );
}

/** Into what the seats go; a subscription that cannot take them stays, with its reasons. */
function Destinations({ subscription, form, compared }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const { transition, chosen } = form;
  const { isPart, quantity, into } = transition;
  return (
    <Field label={say('wizard.destination')}>
      <RadioGroup
        value={into?.subscriptionId ?? 'none'}
        onChange={(_event, { value }) => transition.aim(value === 'none' ? undefined : value)}
      >
        <Radio value="none" label={say(isPart ? 'wizard.destNew' : 'wizard.destSame')} />
        {chosen?.destinations.map((one) => {
          const way = compared?.ways.find(
            (other) => other.targetSubscriptionId === one.subscriptionId && other.quantity === quantity,
          );
          const { refusals, eligible } = way ?? one;
          const facts = [
            say('common.licenses', { n: one.quantity }),
            `${say(TERM_TEXT[one.termDuration])}, ${say(BILLED_TEXT[one.billingCycle])}`,
            say('term.endsOn', { date: format.day(one.termEndsOn) }),
            `${format.money({ amount: one.unitPrice, currency: subscription.currency })} ${say(PER_TEXT[one.billingCycle])}`,
          ];
          return (
            <Radio
              key={one.subscriptionId}
              value={one.subscriptionId}
              disabled={!eligible && into !== one}
              label={
                <>
                  {say('wizard.destExisting', { name: one.friendlyName ?? chosen.name })}
                  <span className={styles.quiet}>{facts.join(' · ')}</span>
                  {refusals.map((reason) => (
                    <span key={reason.name} className={styles.quiet}>
                      <strong>{reason.title}.</strong> {reason.message}
                    </span>
                  ))}
                </>
              }
            />
          );
        })}
      </RadioGroup>
    </Field>
  );
}
