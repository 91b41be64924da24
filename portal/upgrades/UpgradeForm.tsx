import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { problemOf } from '../api/client.ts';
import { Failed } from '../frame/Answered.tsx';
import { ReasonBlock } from '../subscriptions/ReasonBlock.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { SidePanel } from '../ui/SidePanel.tsx';
import { useKeys } from '../ui/useKeys.ts';
import { AffectedAccounts } from './AffectedAccounts.tsx';
import { Changed, ChangedLines } from './Changed.tsx';
import { ComparedWays } from './ComparedWays.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { fewestRefusals, OfferRow, TodayRow } from './OfferRow.tsx';
import { Preview } from './Preview.tsx';
import { Section } from '../ui/Section.tsx';
import { StaleDialog } from './StaleDialog.tsx';
import { Transfer } from './Transfer.tsx';
import { TransitionChoices } from './TransitionChoices.tsx';
import { useCompared } from './useCompared.ts';
import { WaitingNote } from './WaitingNote.tsx';
import { type FormGiven, isEligible, type UpgradeFormState, useUpgradeForm } from './useUpgradeForm.ts';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 336px',
    columnGap: '20px',
    rowGap: '16px',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    [SCREEN.belowTable]: { paddingBottom: '80px' },
  },
  form: { display: 'flex', flexDirection: 'column', rowGap: '20px' },
  offers: { display: 'flex', flexDirection: 'column', rowGap: '8px', margin: 0, padding: 0, border: 'none' },
  choices: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: '16px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  label: { fontWeight: tokens.fontWeightSemibold, marginBottom: '4px' },
  number: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  reasons: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
});

/** The choices of an upgrade beside its live preview. */
export function UpgradeForm(given: FormGiven) {
  const styles = useStyles();
  const { say } = useText();
  const form = useUpgradeForm(given);
  const compared = useCompared(given, form);
  const { quote, quoted, chosen } = form;
  useKeys({ 'ctrl+enter': () => !form.confirming && form.ask() });
  return (
    <ChangedLines value={form.freshness.changed}>
      <div className={styles.columns}>
        <div className={styles.form}>
          <Offers given={given} form={form} />
          {form.isTransition ? (
            <Section number={2} title={say('wizard.step2')}>
              <Panel padded>
                <TransitionChoices subscription={given.subscription} form={form} compared={compared} />
              </Panel>
              {compared && compared.ways.length > 0 && (
                <Panel>
                  <ComparedWays
                    customerId={given.customerId}
                    subscription={given.subscription}
                    compared={compared}
                    transition={form.transition}
                  />
                </Panel>
              )}
            </Section>
          ) : (
            <Licenses given={given} form={form} />
          )}
          <Section
            number={3}
            title={say('wizard.step3')}
            hint={
              quote &&
              `${say('wizard.peopleAuto', { n: quote.transfer.moving })} · ${say('wizard.peopleWork', { n: quote.transfer.staying })}`
            }
          >
            <Panel>
              <AffectedAccounts quote={quote} />
            </Panel>
          </Section>
          <Blockers given={given} form={form} />
        </div>
        <Preview
          quote={quote}
          updating={quoted.isFetching}
          prompt={chosen ? undefined : say('wizard.previewNone')}
          hindrance={form.hindrance}
          blockers={form.blockers.length}
          submit={form.ask}
        >
          <Notes form={form} subscription={given.subscription} />
        </Preview>
        <Dialogs given={given} form={form} />
      </div>
    </ChangedLines>
  );
}

function Offers({ given: { subscription, eligibility }, form }: { given: FormGiven; form: UpgradeFormState }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const { currency, unitPrice } = subscription;
  return (
    <Section
      number={1}
      title={say('wizard.step1')}
      hint={eligibility.pricesFrom && say('wizard.step1Hint', { date: format.day(eligibility.pricesFrom) })}
    >
      <fieldset className={styles.offers} aria-label={say('wizard.step1')}>
        <TodayRow name={subscription.offerName} unitPrice={format.money({ amount: unitPrice, currency })} />
        {form.targets.map((target) => (
          <OfferRow
            key={target.offerId}
            target={target}
            currency={currency}
            chosen={target === form.chosen}
            choosable={form.isTransition}
            choose={() => form.choose(target.offerId)}
            showReasons={() => form.explain(target.offerId)}
          />
        ))}
      </fieldset>
      {!form.targets.some(isEligible) && (
        <MessageBar intent="warning">
          <MessageBarBody>{say('wizard.noTargets')}</MessageBarBody>
        </MessageBar>
      )}
    </Section>
  );
}

/** The number of licenses, which the legacy platform moves as a whole, and whether the users’ licenses move along. */
function Licenses({ given: { subscription }, form }: { given: FormGiven; form: UpgradeFormState }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  return (
    <Section number={2} title={say('wizard.step2')}>
      <Panel padded>
        <div className={styles.choices}>
          <div>
            <div className={styles.label}>{say('wizard.quantity')}</div>
            <div className={styles.number}>
              <Changed what={['stale.whatLicenses']}>{format.number(subscription.quantity)}</Changed>
            </div>
            <span className={styles.quiet}>{say('wizard.fullLegacy')}</span>
          </div>
          <Transfer form={form} />
        </div>
      </Panel>
    </Section>
  );
}

function Blockers({ given: { eligibility }, form }: { given: FormGiven; form: UpgradeFormState }) {
  const styles = useStyles();
  const { say } = useText();
  const reasons = [...eligibility.refusals, ...form.blockers];
  return (
    <Section number={4} title={say('wizard.step4')}>
      {reasons.length > 0 ? (
        <div className={styles.reasons}>
          {reasons.map((reason, index) => (
            <ReasonBlock key={reason.name} number={index + 1} reason={reason} />
          ))}
        </div>
      ) : (
        <MessageBar intent={form.chosen ? 'success' : 'info'}>
          <MessageBarBody>{say(form.chosen ? 'wizard.blockersNone' : 'wizard.submitDisabledOffer')}</MessageBarBody>
        </MessageBar>
      )}
    </Section>
  );
}

/** What there is to know about the preview and about what was sent. */
function Notes({
  form,
  subscription: { scheduledChange },
}: { form: UpgradeFormState } & Pick<FormGiven, 'subscription'>) {
  const { say } = useText();
  const { state, freshness, quoted, chosen, quote } = form;
  return (
    <>
      {quote && scheduledChange && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {say('wizard.scheduledLost', { offer: scheduledChange.offerName, n: scheduledChange.quantity })}
          </MessageBarBody>
        </MessageBar>
      )}
      {state.step === 'unknown' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <strong>{say('result.unknownTitle')}</strong> {say('result.unknownBodyOwn')}
          </MessageBarBody>
        </MessageBar>
      )}
      {state.step === 'notSent' && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{say('error.network')}</MessageBarBody>
        </MessageBar>
      )}
      {freshness.note && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{freshness.note}</MessageBarBody>
        </MessageBar>
      )}
      {quote && <WaitingNote waiting={quote.waiting} />}
      {quoted.error && chosen && !quote && form.blockers.length === 0 && (
        <Failed
          title={say('wizard.errorTitle')}
          problem={problemOf(quoted.error)}
          retry={() => void quoted.refetch()}
        />
      )}
    </>
  );
}

function Dialogs({ given, form }: { given: FormGiven; form: UpgradeFormState }) {
  const styles = useStyles();
  const { say } = useText();
  const { quote, state, freshness, explained } = form;
  const { customerId, subscription } = given;
  return (
    <>
      {form.confirming && quote && <ConfirmDialog quote={quote} state={state} submit={form.send} close={form.stop} />}
      {freshness.stale && <StaleDialog stale={freshness.stale} take={freshness.take} stop={freshness.stop} />}
      <SidePanel
        open={explained !== undefined}
        close={() => form.explain(undefined)}
        closeText={say('common.close')}
        title={say('why.title')}
        hint={explained?.name ?? ''}
      >
        <div className={styles.reasons}>
          {explained &&
            fewestRefusals(explained).map((reason, index) => (
              <ReasonBlock
                key={reason.name}
                number={index + 1}
                reason={reason}
                evidenceAt={paths.evidence(customerId, subscription.subscriptionId, explained.offerId)}
              />
            ))}
        </div>
      </SidePanel>
      <LeaveDialog asks={form.chosen !== undefined && state.step !== 'sending' && state.step !== 'unknown'} />
    </>
  );
}
