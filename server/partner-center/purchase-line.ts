import { z } from 'zod';
import type { BillingCycle } from '../../core/values/period.ts';
import { Fault } from './fault.ts';
import type { Input } from './input.ts';

/** As the service numbers them. */
const CYCLES = ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial', 'biennial'] as const;
export const billingCycles = z.enum(['monthly', 'annual']);

/** Where none is named it is monthly, as the service has it. @throws Fault 400/6001 for one that no offer here has. */
export function cycleOf(input: Input, otherwise: BillingCycle = 'monthly'): BillingCycle {
  const asked = input.choice('billingCycle', CYCLES) ?? 'none';
  if (asked === 'monthly' || asked === 'annual') return asked;
  if (asked === 'none' || asked === 'unknown') return otherwise;
  throw new Fault(400, 6001, `billingCycle ${asked} is not sold here; it must be monthly or annual.`);
}

/**
 * How many of what, under which name. What would be lost without a word is refused: partners on record, promotions and other terms
 * than a year are not kept here. @throws Fault 400.
 */
export function itemOf(line: Input, idKey: 'offerId' | 'catalogItemId') {
  const offerId = line.text(idKey)?.trim();
  if (!offerId) throw new Fault(400, 900142, `Each of lineItems needs ${idKey}.`);
  if (line.text('partnerIdOnRecord') || line.list('participants').length > 0) {
    throw new Fault(
      400,
      2071,
      'No other partner can be put on record here; leave partnerIdOnRecord and participants out.',
    );
  }
  if (line.text('promotionId')) throw new Fault(400, 27007, 'There are no promotions here; leave promotionId out.');
  const term = line.text('termDuration');
  if (term && term.toUpperCase() !== 'P1Y') throw new Fault(400, 800121, 'termDuration must be P1Y, or be left out.');
  return { offerId, quantity: quantityOf(line), friendlyName: nameOf(line.text('friendlyName')) };
}

function quantityOf(line: Input): number {
  const quantity = line.whole('quantity');
  if (quantity === undefined) throw new Fault(400, 3000, 'Each of lineItems needs a quantity.');
  return quantity;
}

function nameOf(text: string | undefined): string | null {
  const name = text?.trim() ?? '';
  if (name.length > 200) throw new Fault(400, 3000, 'friendlyName must have at most 200 characters.');
  return name || null;
}
