import type { FaultsOnWire } from '../../contract/faults.ts';
import type { Say, TextKey } from '../text.ts';

export type CountedRule = FaultsOnWire['rules'][number];
/** A rule as it is set, without its counts. */
export type Rule = Omit<CountedRule, 'asked' | 'struck'>;
export type Kind = Rule['fault']['kind'];

export const KIND_TEXT: Readonly<Record<Kind, TextKey>> = {
  'too-many-requests': 'sandbox.kindTooMany',
  'server-error': 'sandbox.kindServerError',
  latency: 'sandbox.kindLatency',
  'cut-before-commit': 'sandbox.kindCutBefore',
  'cut-after-commit': 'sandbox.kindCutAfter',
  'webhook-late': 'sandbox.kindWebhookLate',
  'webhook-doubled': 'sandbox.kindWebhookDoubled',
};

export function isOfWebhooks(kind: Kind): boolean {
  return kind === 'webhook-late' || kind === 'webhook-doubled';
}

export function withoutCounts({ asked: _asked, struck: _struck, ...rule }: CountedRule): Rule {
  return rule;
}

/** What a rule is about, e.g. `POST /v1/customers`. */
export function targetOf({ on: { method, path, client, event }, fault }: Rule, say: Say): string {
  const parts = [method, path, client && say('sandbox.client', { client }), event].filter(Boolean);
  if (parts.length > 0) return parts.join(' ');
  return say(isOfWebhooks(fault.kind) ? 'sandbox.everyWebhook' : 'sandbox.everyRequest');
}

/** What of a fault its kind does not tell. */
export function detailOf({ fault }: Rule, say: Say): string {
  if (fault.kind === 'server-error') return String(fault.status);
  if (fault.kind === 'too-many-requests') return say('sandbox.seconds', { n: fault.retryAfterSeconds });
  return 'ms' in fault ? say('sandbox.ms', { n: fault.ms }) : '';
}
