import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { DeliveryOnWire } from '../../contract/webhooks.ts';
import { askAgain, useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { DeliveryBadge } from './useDeliveryColumns.tsx';
import { AttemptText } from './WebhookBadge.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '20px', paddingBottom: '20px' },
  attempts: { margin: 0, paddingLeft: '20px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  body: {
    margin: 0,
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

type Props = {
  readonly webhookId: string;
  readonly delivery: DeliveryOnWire;
  /** Whether the webhook is on. */
  readonly enabled: boolean;
  readonly close: () => void;
};

/** One delivery: every attempt, what was sent, and sending it again. */
export function DeliveryPanel({ webhookId, delivery, enabled, close }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const redeliver = useAct('redeliverEvent');
  const { eventId, text, event, happenedAt, state, nextTryAt, attempts, body } = delivery;
  const again = () => redeliver.mutate({ params: { webhookId, eventId } }, { onError: askAgain });
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={text}
      hint={event}
      foot={
        <Button
          appearance="primary"
          disabled={!enabled || state === 'pending'}
          disabledFocusable={redeliver.isPending}
          onClick={again}
        >
          {say('settings.redeliver')}
        </Button>
      }
    >
      <div className={styles.content}>
        {redeliver.error && <ProblemBar error={redeliver.error} />}
        <FactsList
          facts={[
            { key: say('settings.hookState'), value: <DeliveryBadge state={state} /> },
            { key: say('settings.deliveryTime'), value: format.dayAndTime(happenedAt) },
            ...(nextTryAt === null ? [] : [{ key: say('settings.deliveryNext'), value: format.dayAndTime(nextTryAt) }]),
            { key: say('settings.deliveryId'), value: eventId },
          ]}
        />
        <Section title={say('settings.deliveryAttemptsTitle')}>
          {attempts.length === 0 ? (
            <span className={styles.quiet}>{say('settings.hookNothing')}</span>
          ) : (
            <ol className={styles.attempts}>
              {attempts.map((attempt, index) => (
                <li key={index}>
                  <span>
                    <AttemptText attempt={attempt} withDetail />
                  </span>{' '}
                  <span className={styles.quiet}>{format.dayAndTime(attempt.at)}</span>
                </li>
              ))}
            </ol>
          )}
        </Section>
        <Section
          title={say('settings.deliveryBody')}
          hint={
            <CopyButton
              compact
              text={say('common.copyOf', { what: say('settings.deliveryBody') })}
              copied={say('common.copied')}
              value={body}
            />
          }
        >
          <pre className={styles.body}>{JSON.stringify(JSON.parse(body), null, 2)}</pre>
        </Section>
      </div>
    </SidePanel>
  );
}
