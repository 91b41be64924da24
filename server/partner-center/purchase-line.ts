import { z } from 'zod';
import { day as dayOnly, type Language, termDuration as termDurations } from '../../contract/values.ts';
import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import type { Wording } from '../http/reason.presenter.ts';
import { Fault } from './fault.ts';
import type { Input } from './input.ts';

/** As the service numbers them. */
const CYCLES = ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial', 'biennial'] as const;
/** Those that are sold here. */
export const billingCycles = z.enum(['monthly', 'annual', 'triennial', 'none']);

/** @throws Fault 400/27007: the promotion whose conditions hold is applied by itself, so that none can be chosen. */
export function leaveOutPromotion(input: Input, { language }: Pick<Wording, 'language'>): void {
  if (input.text('promotionId')) throw new Fault(400, 27007, PROMOTION[language]);
}

const PROMOTION: Readonly<Record<Language, string>> = {
  en: 'A promotion is applied by itself where its conditions hold; leave promotionId out.',
  tr: 'Koşulları sağlanan promosyon kendiliğinden uygulanır; promotionId alanını boş bırakın.',
};

/** Where none is named it is monthly, as the service has it; a trial is never billed. @throws Fault 400/6001 for one that no offer here has. */
export function cycleOf(input: Input, otherwise: BillingCycle = 'monthly'): BillingCycle {
  const asked = input.choice('billingCycle', CYCLES) ?? 'unknown';
  if (asked === 'monthly' || asked === 'annual' || asked === 'triennial') return asked;
  if (asked === 'none' || asked === 'unknown') return otherwise;
  throw new Fault(400, 6001, `billingCycle ${asked} is not sold here; it must be monthly, annual or triennial.`);
}

/** For how long, and until when where the first term is to end with another one. @throws Fault 400: 800121, 3000. */
function termOf(line: Input): { readonly termDuration: TermDuration; readonly endsOn: Temporal.PlainDate | null } {
  const asked = termDurations.safeParse(line.text('termDuration')?.trim().toUpperCase() || 'P1Y');
  if (!asked.success) throw new Fault(400, 800121, 'termDuration must be P1M, P1Y or P3Y, or be left out.');
  const end = line.text('customTermEndDate')?.trim();
  const endsOn = end ? dayOnly.safeParse(end.slice(0, 10)) : undefined;
  if (endsOn && !endsOn.success) throw new Fault(400, 3000, 'customTermEndDate must be a day, such as 2027-01-31.');
  return { termDuration: asked.data, endsOn: endsOn ? Temporal.PlainDate.from(endsOn.data) : null };
}

/**
 * How many of what, under which name. What would be lost without a word is refused: partners on record are not kept here, and promotions are
 * applied by themselves. @throws Fault 400.
 */
export function itemOf(line: Input, idKey: 'offerId' | 'catalogItemId', wording: Wording) {
  const offerId = line.text(idKey)?.trim();
  if (!offerId) throw new Fault(400, 900142, `Each of lineItems needs ${idKey}.`);
  if (line.text('partnerIdOnRecord') || line.list('participants').length > 0) {
    throw new Fault(
      400,
      2071,
      'No other partner can be put on record here; leave partnerIdOnRecord and participants out.',
    );
  }
  leaveOutPromotion(line, wording);
  return { offerId, ...termOf(line), quantity: quantityOf(line), friendlyName: nameOf(line.text('friendlyName')) };
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
