import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';

type Column = Pick<LicenseProductOnWire, 'skuId' | 'ours'>;

/** What tells a column of the table from the others: a product can be ours and somebody else's as well. */
export const keyOf = ({ skuId, ours }: Column) => `${skuId} ${ours ? 'ours' : 'elsewhere'}`;

/** The licenses that a user has of a column. */
export function heldOf({ licenses }: UserOnWire, { skuId, ours }: Column): UserOnWire['licenses'] {
  return licenses.filter((one) => one.skuId === skuId && (one.subscriptionId !== null) === ours);
}

/** The set with one more in it, or without it where it was in. */
export function toggled(among: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const after = new Set(among);
  if (!after.delete(one)) after.add(one);
  return after;
}
