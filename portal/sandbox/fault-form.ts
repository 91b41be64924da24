import { isOfWebhooks, type Kind, type Rule } from './fault-rule.ts';

/** The members of a rule that are typed or chosen; each by its name on the wire. */
export type FieldName = 'retryAfterSeconds' | 'status' | 'ms' | 'path' | 'method' | 'event' | 'probability' | 'times';
export type Form = Readonly<Record<FieldName, string>> & { readonly kind: Kind };

export const FIRST: Form = {
  kind: 'too-many-requests',
  retryAfterSeconds: '5',
  status: '503',
  ms: '2000',
  path: '',
  method: '',
  event: '',
  probability: '1',
  times: '',
};

/** The rule as it was typed; what is no number goes as none, and the server says so. */
export function ruleOf(form: Form): Rule {
  const { kind, path, method, event, probability, times } = form;
  const on = isOfWebhooks(kind)
    ? { ...(event && { event: event.trim() }) }
    : { ...(path && { path: path.trim() }), ...(method && { method: method as NonNullable<Rule['on']['method']> }) };
  return { on, fault: faultOf(form), probability: numberOf(probability), ...(times && { times: numberOf(times) }) };
}

function faultOf({ kind, retryAfterSeconds, status, ms }: Form): Rule['fault'] {
  switch (kind) {
    case 'too-many-requests':
      return { kind, retryAfterSeconds: numberOf(retryAfterSeconds) };
    case 'server-error':
      return { kind, status: numberOf(status) as 500 };
    case 'latency':
    case 'webhook-late':
      return { kind, ms: numberOf(ms) };
    default:
      return { kind };
  }
}

/** A comma is as good as a point; JSON writes NaN as null. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text.trim().replace(',', '.'));
}
