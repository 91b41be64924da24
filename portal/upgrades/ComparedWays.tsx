import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { Checkmark16Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { Value } from '../api/query.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { PlanRenewalDialog } from './PlanRenewalDialog.tsx';
import { isChosen, type TransitionState } from './useTransition.ts';
import { PER_TEXT, WAY_TEXT } from './ways.ts';

type Compared = Value<'compareUpgrade'>;
type Way = Compared['ways'][number];

const SENSE_TEXT: Readonly<Record<Compared['cheapest'][number]['sense'], TextKey>> = {
  allSeatsNow: 'compare.allSeatsNow',
  untilTermEnd: 'compare.untilTermEnd',
};

const useStyles = makeStyles({
  way: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '4px', padding: '4px 0' },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'normal',
  },
  number: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
});

type Props = {
  readonly customerId: string;
  readonly subscription: SubscriptionOnWire;
  readonly compared: Compared;
  readonly transition: TransitionState;
};

/** The ways to the chosen offer side by side: what each costs, whom it moves, or why it is closed. A way that is chosen here is previewed. */
export function ComparedWays({ customerId, subscription, compared, transition }: Props) {
  const { say } = useText();
  const format = useFormat();
  const opener = useRestoreFocusTarget();
  const [planning, plan] = useState<Way>();
  const chooserOf = (one: Way) => {
    const chosen = isChosen(one, transition);
    const text = one.way === 'renewal' ? 'compare.plan' : chosen ? 'compare.chosen' : 'compare.choose';
    return (
      <Button
        {...opener}
        size="small"
        appearance={chosen ? 'primary' : 'secondary'}
        aria-pressed={one.way === 'renewal' ? undefined : chosen}
        aria-label={`${say(text)}: ${nameOf(one)}`}
        disabled={!one.eligible}
        onClick={() => (one.way === 'renewal' ? plan(one) : transition.take(one))}
      >
        {say(text)}
      </Button>
    );
  };
  const columns = useColumns(compared, chooserOf);
  const nameOf = (one: Way) =>
    [say(WAY_TEXT[one.way]), one.targetName, say('common.licenses', { n: one.quantity })].filter(Boolean).join(', ');
  return (
    <>
      <ListTable<Way>
        label={say('compare.title')}
        columns={columns}
        rows={compared.ways}
        idOf={(one) => [one.way, one.targetSubscriptionId, one.quantity].join(' ')}
        nameOf={nameOf}
      />
      <TableFoot range={say('compare.foot', { invoice: format.day(compared.invoiceUntil) })} />
      {planning && (
        <PlanRenewalDialog
          customerId={customerId}
          subscription={subscription}
          targetOfferId={compared.targetOfferId}
          way={planning}
          close={() => plan(undefined)}
        />
      )}
    </>
  );
}

function useColumns(
  { ways, cheapest, termEndsOn }: Compared,
  chooserOf: (way: Way) => ReactNode,
): readonly Column<Way>[] {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const money = (id: 'today' | 'nextInvoice', header: string): Column<Way> => ({
    id,
    header,
    meta: { width: '14%', align: 'end' },
    cell: ({ row: { original } }) => (
      <span className={styles.number}>{original.outcome ? format.money(original.outcome[id]) : '–'}</span>
    ),
  });
  return [
    {
      id: 'way',
      header: say('compare.colWay'),
      cell: ({ row: { original } }) => (
        <WayCell
          way={original}
          senses={cheapest.flatMap(({ sense, way }) => (ways[way] === original ? [sense] : []))}
          until={termEndsOn}
        >
          {chooserOf(original)}
        </WayCell>
      ),
    },
    money('today', say('compare.colToday')),
    money('nextInvoice', say('compare.colNextInvoice')),
    {
      id: 'rest',
      header: say('compare.colRest', { date: format.day(termEndsOn) }),
      meta: { width: '16%', align: 'end' },
      cell: ({ row: { original } }) => <Rest way={original} />,
    },
    {
      id: 'users',
      header: say('compare.colUsers'),
      meta: { width: '16%' },
      cell: ({
        row: {
          original: { outcome },
        },
      }) => (outcome ? say('compare.users', { moving: outcome.moving, staying: outcome.staying }) : '–'),
    },
  ];
}

function Rest({ way: { outcome } }: { way: Way }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  if (!outcome) return '–';
  return (
    <span className={styles.number}>
      {format.money(outcome.restOfTerm)}
      <span className={styles.quiet}>
        {say('compare.difference', { amount: format.signedMoney(outcome.difference) })}
      </span>
    </span>
  );
}

type WayProps = {
  readonly way: Way;
  readonly senses: readonly Compared['cheapest'][number]['sense'][];
  readonly until: string;
  readonly children: ReactNode;
};

/** Which way it is, from when and at which price, and in what sense it is the cheapest; a closed one has its reasons. */
function WayCell({ way: { way, targetName, quantity, outcome, refusals }, senses, until, children }: WayProps) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const title = targetName ? `${say(WAY_TEXT[way])}: ${targetName}` : say(WAY_TEXT[way]);
  return (
    <span className={styles.way}>
      <span className={styles.name}>{title}</span>
      <span className={styles.quiet}>
        {say('common.licenses', { n: quantity })}
        {outcome &&
          ` · ${say('compare.from', { date: format.day(outcome.startsOn) })} · ${format.money({
            amount: outcome.unitPrice,
            currency: outcome.today.currency,
          })} ${say(PER_TEXT[outcome.billingCycle])} · ${say(TERM_TEXT[outcome.termDuration])}, ${say(BILLED_TEXT[outcome.billingCycle])}`}
      </span>
      {senses.map((sense) => (
        <StatusBadge key={sense} tone="success" icon={<Checkmark16Regular />}>
          {say(SENSE_TEXT[sense], { date: format.day(until) })}
        </StatusBadge>
      ))}
      {refusals.map((reason) => (
        <span key={reason.name} className={styles.quiet}>
          <strong>{reason.title}.</strong> {reason.message}
        </span>
      ))}
      {children}
    </span>
  );
}
