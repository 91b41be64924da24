import { MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useParams } from 'react-router';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useAnswer } from '../api/query.ts';
import { CUSTOMER_TEXTS } from '../customers/CustomerPage.tsx';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { AlsoHere } from './AlsoHere.tsx';
import { STATE_TEXT } from './UpgradeState.tsx';
import { UpgradeForm } from './UpgradeForm.tsx';

/** What a colleague did to the subscription is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

/** One subscription’s upgrade: the offers, the preview, and the act. */
export function UpgradePage() {
  const { customerId = '', subscriptionId = '' } = useParams();
  const { say } = useText();
  const format = useFormat();
  const customer = useAnswer('showCustomer', { params: { customerId } });
  const shown = useAnswer('showSubscription', { params: { customerId, subscriptionId } }, { every: ASKED_AGAIN_MS });
  const eligibility = useAnswer('showEligibility', { params: { customerId, subscriptionId } });
  return (
    <Answered page query={customer} texts={CUSTOMER_TEXTS}>
      {({ name }) => (
        <Answered
          page
          query={shown}
          texts={{ loading: 'wizard.loading', error: 'subs.errorTitle', notFound: 'subs.notFoundTitle' }}
        >
          {(subscription) => (
            <>
              <PageHead
                crumbs={{
                  label: say('app.breadcrumb'),
                  way: [
                    { text: say('customers.title'), to: paths.customers },
                    { text: name, to: paths.subscriptions(customerId) },
                  ],
                  here: say('card.upgradeNow'),
                }}
                title={say('wizard.title', { name: subscription.friendlyName ?? subscription.offerName })}
                facts={
                  <>
                    <span>
                      {say('wizard.facts', {
                        licenses: say('common.licenses', { n: subscription.quantity }),
                        assigned: subscription.assigned,
                      })}
                    </span>
                    <span>{`${say(TERM_TEXT[subscription.termDuration])}, ${say(BILLED_TEXT[subscription.billingCycle])}`}</span>
                    <span>{say('term.endsOn', { date: format.day(subscription.termEndsOn) })}</span>
                  </>
                }
              />
              {subscription.status !== 'deleted' && (
                <AlsoHere key={subscriptionId} customerId={customerId} subscriptionId={subscriptionId} />
              )}
              {subscription.endedReason === 'upgraded' ? (
                <UpgradedMeanwhile customerId={customerId} subscriptionId={subscriptionId} />
              ) : subscription.waitingUpgrade ? (
                <WaitingAlready customerId={customerId} waiting={subscription.waitingUpgrade} />
              ) : (
                <Answered query={eligibility} texts={{ loading: 'wizard.loading', error: 'wizard.errorTitle' }}>
                  {(found) => (
                    <UpgradeForm
                      key={subscriptionId}
                      customerId={customerId}
                      subscription={subscription}
                      eligibility={found}
                    />
                  )}
                </Answered>
              )}
            </>
          )}
        </Answered>
      )}
    </Answered>
  );
}

type Waiting = NonNullable<SubscriptionOnWire['waitingUpgrade']>;

/** One waits at a time: here it is. */
function WaitingAlready({ customerId, waiting }: { customerId: string; waiting: Waiting }) {
  const { say } = useText();
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{say('wizard.waitingAlready', { state: say(STATE_TEXT[waiting.state]) })}</MessageBarBody>
      <MessageBarActions>
        <RouterLink to={paths.result(customerId, waiting.upgradeId)}>{say('wizard.showResult')}</RouterLink>
      </MessageBarActions>
    </MessageBar>
  );
}

/** Somebody, perhaps oneself a moment ago, has upgraded it already: here is what came of it. */
function UpgradedMeanwhile({ customerId, subscriptionId }: { customerId: string; subscriptionId: string }) {
  const { say } = useText();
  const format = useFormat();
  const upgrades = useAnswer('listUpgrades', { params: { customerId } });
  const done = upgrades.data?.items.find(
    ({ source, state }) => source.subscriptionId === subscriptionId && state === 'applied',
  );
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {done?.submittedBy
          ? say('wizard.upgradedBy', {
              name: done.submittedBy,
              time: format.dayAndTime(done.appliedAt ?? done.submittedAt),
              offer: done.target.offerName,
            })
          : say('status.upgraded')}
      </MessageBarBody>
      {done && (
        <MessageBarActions>
          <RouterLink to={paths.result(customerId, done.upgradeId)}>{say('wizard.showResult')}</RouterLink>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
