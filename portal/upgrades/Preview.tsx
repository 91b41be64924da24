import { Button, makeStyles, mergeClasses, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import {
  Add16Regular,
  CheckmarkCircle16Regular,
  DismissCircle16Regular,
  People16Regular,
  Subtract16Regular,
} from '@fluentui/react-icons';
import { type ReactNode, useId, useState } from 'react';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { SoldLines } from '../frame/SoldLines.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { MoneyLine } from '../ui/MoneyLine.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Changed } from './Changed.tsx';
import { QuotedWay } from './QuotedWay.tsx';
import { shortNumber } from './short-number.ts';
import { EVERY_TEXT } from './ways.ts';

const useStyles = makeStyles({
  side: { position: 'sticky', top: '64px', alignSelf: 'start', [SCREEN.belowPreview]: { position: 'static' } },
  body: { padding: '14px 16px' },
  head: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  quiet: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  updating: { opacity: 0.55 },
  formula: {
    margin: '8px 0 0',
    padding: '8px 10px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: '4px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  how: { minWidth: 0, padding: 0, marginTop: '6px', fontSize: tokens.fontSizeBase200 },
  effects: {
    listStyleType: 'none',
    margin: 0,
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    rowGap: '5px',
  },
  effect: { display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr)', columnGap: '8px', alignItems: 'start' },
  lost: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
  foot: {
    padding: '12px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    [SCREEN.belowTable]: {
      position: 'fixed',
      left: 0,
      right: 0,
      bottom: 0,
      zIndex: 4,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) max-content',
      alignItems: 'center',
      columnGap: '16px',
      boxShadow: tokens.shadow16,
    },
  },
  submit: { width: '100%', minHeight: '40px', [SCREEN.belowTable]: { width: 'auto', minWidth: '150px' } },
  hint: { margin: '8px 0 0', textAlign: 'center', [SCREEN.belowTable]: { display: 'none' } },
  footNet: { display: 'none', [SCREEN.belowTable]: { display: 'block' } },
  strong: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
});

type Props = {
  readonly quote: QuoteOnWire | undefined;
  readonly updating: boolean;
  /** What to do so that there is one; absent where something else says why there is none. */
  readonly prompt: string | undefined;
  /** Why nothing can be submitted now; absent when it can. */
  readonly hindrance: string | undefined;
  readonly blockers: number;
  readonly submit: () => void;
  readonly children?: ReactNode;
};

/** Money, people, services and what stands in the way, in one panel; and the act. */
export function Preview({ quote, updating, prompt, hindrance, blockers, submit, children }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const id = useId();
  const opener = useRestoreFocusTarget();
  const asksSecond = (quote?.waiting.reasons.length ?? 0) > 0;
  return (
    <aside className={styles.side} aria-labelledby={id}>
      <Panel>
        <div className={styles.body}>
          <div className={styles.head}>
            <h2 id={id} className={styles.title}>
              {say('wizard.preview')}
            </h2>
            <span className={styles.quiet} role="status">
              {updating && say('wizard.previewUpdating')}
              {!updating && quote && <span className={styles.quiet}>{say('wizard.previewLive')}</span>}
            </span>
          </div>
          {quote ? (
            <div className={mergeClasses(updating && styles.updating)} aria-busy={updating}>
              <div className={styles.quiet}>
                {say('wizard.previewNo', { id: shortNumber(quote.quoteId) })} ·{' '}
                {say('wizard.previewValid', { time: format.time(quote.expiresAt) })}
              </div>
              <QuotedWay quote={quote} />
              <QuotedMoney quote={quote} />
            </div>
          ) : (
            prompt && <p className={styles.quiet}>{prompt}</p>
          )}
          {children}
        </div>
        {quote && <QuotedEffects quote={quote} blockers={blockers} />}
        <div className={styles.foot}>
          <div className={styles.footNet}>
            <div className={styles.quiet}>{say('wizard.net')}</div>
            <div className={styles.strong}>{quote ? format.money(quote.totals.net) : '–'}</div>
          </div>
          <Button
            {...opener}
            className={styles.submit}
            appearance="primary"
            size="large"
            disabledFocusable={hindrance !== undefined}
            aria-describedby={`${id}-hint`}
            onClick={submit}
          >
            {say(asksSecond ? 'wizard.sendForApproval' : 'wizard.submit')}
          </Button>
          <p id={`${id}-hint`} className={mergeClasses(styles.quiet, styles.hint)}>
            {hindrance ?? `${say('common.irreversible')} ${say('wizard.submitHint')}`}
          </p>
        </div>
      </Panel>
    </aside>
  );
}

type Line = QuoteOnWire['credits'][number];

/** Credit, charge and net of a quote, and how they are computed. */
export function QuotedMoney({ quote }: { quote: QuoteOnWire }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const { outlook, credits, charges, totals, source, target, term } = quote;
  const transition = quote.way !== 'replacement';
  const cycle = (transition && term?.billingCycle) || outlook.billingCycle;
  const period = (one: Line) => {
    const days = say('wizard.daysOf', { days: one.days, total: one.periodDays });
    const each = format.money({ amount: one.unitPrice, currency: one.amount.currency });
    return `${format.dayRange(one.periodStart, one.periodEnd)} · ${days} · ${format.number(one.quantity)} × ${each}`;
  };
  const due = [...quote.dueLines, ...quote.targetDueLines].map(
    (one) => `${format.money(one.amount)} (${format.dayRange(one.periodStart, one.periodEnd)})`,
  );
  return (
    <>
      {credits.map((one, index) => (
        <MoneyLine
          key={index}
          label={say('wizard.credit', { offer: source.offerName })}
          amount={<Changed what={['stale.whatCredit']}>{format.money(one.amount)}</Changed>}
          spoken={say('a11y.credit', { amount: format.money(one.amount).replace('−', '') })}
          hint={period(one)}
        />
      ))}
      {charges.map((one, index) => (
        <MoneyLine
          key={index}
          label={say('wizard.charge', { offer: target.offerName })}
          amount={<Changed what={['stale.whatPrice', 'stale.whatCharge']}>{format.money(one.amount)}</Changed>}
          hint={period(one)}
        />
      ))}
      <MoneyLine
        label={say('wizard.net')}
        amount={<Changed what={['stale.whatNet']}>{format.money(totals.net)}</Changed>}
        size="large"
        hint={say('wizard.exVat')}
      />
      <SoldLines sold={quote.sold} rates={quote.rates} />
      <MoneyLine
        label={say(EVERY_TEXT[cycle])}
        amount={format.money(outlook.periodAfter)}
        hint={cycle === outlook.billingCycle && say('wizard.wayNow', { amount: format.money(outlook.periodBefore) })}
      />
      <MoneyLine
        label={say('wizard.untilEnd', { date: format.day(outlook.until) })}
        amount={format.signedMoney(outlook.extra)}
        size="strong"
      />
      {due.length > 0 && <p className={styles.formula}>{say('wizard.dueLines', { amounts: due.join(', ') })}</p>}
      <Formula lines={[...credits, ...charges]} annual={!transition && cycle === 'annual'} cut={transition} />
    </>
  );
}

/** How each line came about, with its real figures. */
function Formula({ lines, annual, cut }: { lines: readonly Line[]; annual: boolean; cut: boolean }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const [shown, show] = useState(false);
  const textOf = (one: Line) =>
    say(annual ? 'wizard.formulaAnnual' : 'wizard.formulaLegacy', {
      price: format.money({ amount: one.unitPrice, currency: one.amount.currency }),
      total: one.periodDays,
      days: one.days,
      seats: one.quantity,
      amount: format.money(one.amount),
    });
  return (
    <>
      <Button
        className={styles.how}
        appearance="transparent"
        size="small"
        aria-expanded={shown}
        onClick={() => show(!shown)}
      >
        {say('wizard.howComputed')}
      </Button>
      {shown && (
        <p className={styles.formula}>
          {lines.map((one, index) => (
            <span key={index}>
              {textOf(one)}
              <br />
            </span>
          ))}
          {say(cut ? 'wizard.formulaCut' : 'wizard.formulaExact')}
        </p>
      )}
    </>
  );
}

/** People and services that a quote touches, in a line each. */
export function QuotedEffects({ quote, blockers }: { quote: QuoteOnWire; blockers?: number }) {
  const styles = useStyles();
  const { say } = useText();
  const { moving, staying, users, changes } = quote.transfer;
  const [change] = changes;
  return (
    <ul className={styles.effects}>
      <li className={styles.effect}>
        <People16Regular />
        <span>
          <Changed what={['stale.whatAccounts', 'stale.whatWork']}>
            {say('wizard.peopleAuto', { n: moving })}
            {staying > 0 && `, ${say('wizard.peopleWork', { n: staying })}`}
          </Changed>
          {quote.quantity > users.length && (
            <span className={styles.quiet}> · {say('wizard.peopleNone', { n: quote.quantity - users.length })}</span>
          )}
        </span>
      </li>
      {change && (
        <li className={styles.effect}>
          {change.loses.length > 0 ? <Subtract16Regular /> : <Add16Regular />}
          <span>
            {say('wizard.gainedN', { n: change.gains.length })},{' '}
            <span className={mergeClasses(change.loses.length > 0 && styles.lost)}>
              {say('wizard.lostN', { n: change.loses.length })}
            </span>
          </span>
        </li>
      )}
      {blockers !== undefined && (
        <li className={styles.effect}>
          {blockers === 0 ? <CheckmarkCircle16Regular /> : <DismissCircle16Regular />}
          <span>{blockers === 0 ? say('wizard.blockersNone') : say('wizard.blockersN', { n: blockers })}</span>
        </li>
      )}
    </ul>
  );
}
