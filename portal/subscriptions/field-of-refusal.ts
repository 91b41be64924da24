import type { RefusalOnWire } from '../../contract/refusals.ts';
import { problemOf } from '../api/client.ts';

/** A field of a form about terms and seats. */
export type TermField = 'offer' | 'quantity' | 'term' | 'end' | 'base';

const FIELD_OF: Readonly<Partial<Record<RefusalOnWire['action'], TermField>>> = {
  'change-quantity': 'quantity',
  'remove-licenses': 'quantity',
  'choose-other-offer': 'offer',
  'choose-other-target': 'offer',
  'choose-listed-target': 'offer',
  'choose-term': 'term',
  'choose-other-term': 'term',
  'change-billing-cycle': 'term',
  'choose-other-end': 'end',
  'choose-base': 'base',
};
const FIELD_ON_WIRE: Readonly<Record<string, TermField>> = {
  offerId: 'offer',
  quantity: 'quantity',
  termDuration: 'term',
  billingCycle: 'term',
  endsOn: 'end',
  termEndsOn: 'end',
  addOnOf: 'base',
};

/** What stands against each field, by what clears it or by its name on the wire. */
export function messageAt(error: Error | null, field: TermField): string | undefined {
  const problem = problemOf(error);
  const refusal = problem?.refusals?.find(({ action }) => FIELD_OF[action] === field);
  if (refusal) return refusal.title;
  return problem?.fields?.find((one) => FIELD_ON_WIRE[one.field.split('.').at(-1) ?? ''] === field)?.message;
}
