import { country } from '../../contract/values.ts';
import type { Given } from './dialect.ts';
import { Fault } from './fault.ts';

/** The country that is asked about; the partner's own where none is named. @throws Fault 400/800070. */
export function countryOf({ call, query }: Given): string {
  const asked = query.text('country') || call.actor.partner.market;
  const known = country.safeParse(asked.toUpperCase());
  if (!known.success) throw new Fault(400, 800070, 'country must be the ISO 3166 code of a country, as in country=TR.');
  return known.data;
}
