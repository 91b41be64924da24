import { CheckmarkCircle16Regular, ErrorCircle16Regular, SubtractCircle16Regular } from '@fluentui/react-icons';
import type { WebhookOnWire } from '../../contract/webhooks.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

type State = 'settings.hookOff' | 'settings.hookOn' | 'settings.hookFails';
const LOOKS: Readonly<Record<State, { readonly tone: Tone; readonly icon: React.ReactNode }>> = {
  'settings.hookOff': { tone: 'neutral', icon: <SubtractCircle16Regular /> },
  'settings.hookOn': { tone: 'success', icon: <CheckmarkCircle16Regular /> },
  'settings.hookFails': { tone: 'danger', icon: <ErrorCircle16Regular /> },
};

/** What it is called whether a webhook is on, off, or on and failing. */
export function stateText({ enabled, failingSince }: WebhookOnWire): State {
  if (!enabled) return 'settings.hookOff';
  return failingSince === null ? 'settings.hookOn' : 'settings.hookFails';
}

/** Whether a webhook is on, off, or on and failing. */
export function WebhookBadge({ webhook }: { webhook: WebhookOnWire }) {
  const { say } = useText();
  const text = stateText(webhook);
  return <StatusBadge {...LOOKS[text]}>{say(text)}</StatusBadge>;
}

type Attempt = NonNullable<WebhookOnWire['lastAttempt']>;

/** What came of the last attempt, or since when there is nothing good to tell. */
export function LastAnswer({ webhook }: { webhook: WebhookOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const { enabled, disabledAt, failingSince, nextTryAt, lastAttempt } = webhook;
  if (!enabled && disabledAt !== null) return say('settings.hookDisabled', { time: format.dayAndTime(disabledAt) });
  if (enabled && failingSince !== null) {
    const time = format.dayAndTime(failingSince);
    const since =
      nextTryAt === null
        ? say('settings.hookFailingSince', { time })
        : say('settings.hookFailing', { time, next: format.dayAndTime(nextTryAt) });
    return (
      <span>
        {lastAttempt && <AttemptText attempt={lastAttempt} />}
        {lastAttempt && ' · '}
        {since}
      </span>
    );
  }
  return lastAttempt ? <AttemptText attempt={lastAttempt} /> : say('settings.hookNothing');
}

const CAUSES: Readonly<Record<NonNullable<Attempt['cause']>, TextKey>> = {
  refused: 'settings.hookRefused',
  name: 'settings.hookNoName',
  timeout: 'settings.hookTimeout',
  'broken-off': 'settings.hookBrokenOff',
  unreachable: 'settings.hookUnreachable',
  certificate: 'settings.hookCertificate',
  address: 'settings.hookAddress',
  other: 'settings.hookNoAnswer',
};

/** The answer to an attempt with its time, or why there was none; `withDetail`: with what the system said, too. */
export function AttemptText({ attempt, withDetail = false }: { attempt: Attempt; withDetail?: boolean }) {
  const { say } = useText();
  const { code, ms, error, cause } = attempt;
  if (code !== null) {
    const answered = { code: String(code), ms };
    return say(code >= 200 && code < 300 ? 'settings.hookOk' : 'settings.hookStatus', answered);
  }
  const words = say(CAUSES[cause ?? 'other']);
  if (withDetail) return `${words} (${error})`;
  return <span title={error ?? undefined}>{words}</span>;
}
