import { Button, makeStyles, MessageBar, MessageBarBody, Select, tokens } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons';
import { useParams } from 'react-router';
import { useAnswer, type Value } from '../api/query.ts';
import { CUSTOMER_TEXTS } from '../customers/CustomerPage.tsx';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { StatusOf } from '../subscriptions/StatusOf.tsx';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { LetterSection } from './LetterSection.tsx';
import { WatchSection } from './WatchSection.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '20px', maxWidth: '860px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center' },
  blocks: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  block: { display: 'flex', flexDirection: 'column', rowGap: '6px' },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  follows: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', rowGap: '6px' },
  at: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

/** Why a target is refused because of what the customer holds elsewhere, what follows, the letter, and the watch. */
export function EvidencePage() {
  const { customerId = '', subscriptionId = '' } = useParams();
  const { say } = useText();
  const address = useAddress<'to'>();
  const targetOfferId = address.get('to') ?? '';
  const params = { customerId, subscriptionId };
  const customer = useAnswer('showCustomer', { params: { customerId } });
  const evidence = useAnswer('showEvidence', { params, query: { to: targetOfferId } });
  return (
    <Answered page query={customer} texts={CUSTOMER_TEXTS}>
      {({ name }) => (
        <Answered page query={evidence} texts={TEXTS}>
          {(shown) => (
            <>
              <PageHead
                crumbs={{
                  label: say('app.breadcrumb'),
                  way: [
                    { text: say('customers.title'), to: paths.customers },
                    { text: name, to: paths.subscriptions(customerId) },
                  ],
                  here: say('why.evidence'),
                }}
                title={say('evidence.title', { target: shown.targetName })}
                facts={<span>{say('evidence.from', { name: shown.offerName })}</span>}
              />
              <Evidence
                key={targetOfferId}
                customerId={customerId}
                evidence={shown}
                isAsking={evidence.isFetching}
                checkAgain={() => void evidence.refetch()}
                choose={(to) => address.set({ to })}
              />
            </>
          )}
        </Answered>
      )}
    </Answered>
  );
}

const TEXTS = {
  loading: 'evidence.loading',
  error: 'evidence.errorTitle',
  notFound: 'subs.notFoundTitle',
} as const;

type Props = {
  readonly customerId: string;
  readonly evidence: Value<'showEvidence'>;
  readonly isAsking: boolean;
  readonly checkAgain: () => void;
  readonly choose: (targetOfferId: string) => void;
};

function Evidence({ customerId, evidence, isAsking, checkAgain, choose }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { subscriptionId, targetOfferId, blocking, consequences, others, clear, letter } = evidence;
  return (
    <div className={styles.content}>
      <div className={styles.row}>
        <TargetChoice customerId={customerId} evidence={evidence} choose={choose} />
        <Button icon={<ArrowClockwise20Regular />} disabledFocusable={isAsking} onClick={checkAgain}>
          {say('common.recheck')}
        </Button>
        <span className={styles.at} role="status">
          {say('why.checkedAt', { time: format.dayAndTime(evidence.checkedAt) })}
        </span>
      </div>
      {clear && (
        <MessageBar intent="success">
          <MessageBarBody>{consequences.join(' ')}</MessageBarBody>
        </MessageBar>
      )}
      {clear && (
        <div>
          <RouterButton appearance="primary" to={`${paths.upgrade(customerId, subscriptionId)}?to=${targetOfferId}`}>
            {say('card.upgradeNow')}
          </RouterButton>
        </div>
      )}
      {blocking.length > 0 && (
        <Section title={say('evidence.overlaps')}>
          <div className={styles.blocks}>
            {blocking.map((one, index) => (
              <Blocking key={index} blocking={one} />
            ))}
          </div>
        </Section>
      )}
      {!clear && (
        <Section title={say('evidence.follows')}>
          <Panel padded>
            <ul className={styles.follows}>
              {consequences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
              {others.map(({ name, message, remedy }) => (
                <li key={name}>{`${message} ${remedy}`}</li>
              ))}
            </ul>
          </Panel>
        </Section>
      )}
      {letter && (
        <LetterSection customerId={customerId} subscriptionId={subscriptionId} targetOfferId={targetOfferId} />
      )}
      {!clear && <WatchSection customerId={customerId} evidence={evidence} />}
    </div>
  );
}

function TargetChoice({ customerId, evidence, choose }: Pick<Props, 'customerId' | 'evidence' | 'choose'>) {
  const { say } = useText();
  const { subscriptionId, targetOfferId, targetName } = evidence;
  const eligibility = useAnswer('showEligibility', { params: { customerId, subscriptionId } });
  const targets = eligibility.data?.targets ?? [{ offerId: targetOfferId, name: targetName }];
  return (
    <Select aria-label={say('evidence.target')} value={targetOfferId} onChange={(_event, { value }) => choose(value)}>
      {targets.map(({ offerId, name }) => (
        <option key={offerId} value={offerId}>
          {name}
        </option>
      ))}
    </Select>
  );
}

function Blocking({ blocking }: { blocking: Value<'showEvidence'>['blocking'][number] }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { offerName, channelName, status, endsOn, services, isTarget, recordedSubscriptionId } = blocking;
  return (
    <Panel padded>
      <section className={styles.block} aria-label={offerName}>
        <h3 className={styles.name}>{offerName}</h3>
        <FactsList
          facts={[
            { key: say('evidence.soldBy'), value: channelName },
            { key: say('evidence.status'), value: <StatusOf status={status} /> },
            { key: say('evidence.until'), value: endsOn ? format.day(endsOn) : say('evidence.unknownEnd') },
            ...(services.length > 0 ? [{ key: say('evidence.overlap'), value: services.join(', ') }] : []),
            ...(isTarget ? [{ key: say('evidence.condition4'), value: say('evidence.isTarget') }] : []),
            ...(recordedSubscriptionId ? [{ key: say('evidence.source'), value: say('record.mine') }] : []),
          ]}
        />
      </section>
    </Panel>
  );
}
