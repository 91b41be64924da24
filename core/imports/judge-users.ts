import type { Catalog } from '../catalog/offer.ts';
import { getOffer } from '../catalog/offer.ts';
import type { License } from '../licenses/license.ts';
import {
  decideLicenseUpdate,
  type LicenseHolder,
  type LicenseUpdateRefusal,
  type Supply,
} from '../licenses/update-licenses.ts';
import type { Judged } from './judge-subscriptions.ts';
import type { RecordDoubt, UserFact } from './record.ts';

/** A living user of the customer, with every license held. */
export type KnownUser = LicenseHolder & { readonly firstName: string | null; readonly lastName: string | null };

export type UserFacts = {
  readonly catalog: Catalog;
  /** In lower case. */
  readonly domain: string;
  readonly known: readonly KnownUser[];
  readonly supply: readonly Supply[];
  /** Why licenses cannot be given at all; null: they can. */
  readonly noLicenses: Extract<RecordDoubt, 'no-privileges' | 'no-person'> | null;
};

/** What becomes of a row, and how it is written. */
export type JudgedUser = Judged<UserFact> & {
  readonly known: KnownUser | undefined;
  readonly given: readonly License[];
};

/**
 * What becomes of each row of one customer, in the order of the file: a license that one user takes is not there for the next. Fields that are empty and
 * licenses that are not named stay as they are.
 */
export function judgeUsers(rows: readonly UserFact[], facts: UserFacts): JudgedUser[] {
  const free = new Map(facts.supply.map((one) => [one.subscriptionId, one.free]));
  const [names, ids] = [new Map<string, KnownUser>(), new Map<string, KnownUser>()];
  for (const user of facts.known) {
    names.set(user.userPrincipalName.toLowerCase(), user);
    ids.set(user.userId, user);
  }
  return rows.map((row) => {
    const byName = names.get(row.signInName.toLowerCase());
    const byId = ids.get(row.userId ?? '');
    const judged = (state: Judged<UserFact>, given: readonly License[] = []): JudgedUser => ({
      ...state,
      known: byId ?? byName,
      given,
    });
    if (row.signInName.split('@')[1]?.toLowerCase() !== facts.domain)
      return judged({ state: 'in-doubt', reason: 'other-domain', found: row.signInName });
    if (byId && byId !== byName) return judged({ state: 'in-doubt', reason: 'user-ambiguous', found: row.signInName });
    const licenses = licensesFor(row, byId ?? byName, facts, free);
    if ('state' in licenses) return judged(licenses);
    for (const { subscriptionId } of licenses.given) free.set(subscriptionId, (free.get(subscriptionId) ?? 0) - 1);
    return judged(compare(row, byId ?? byName, licenses), licenses.given);
  });
}

type Licenses = { readonly given: readonly License[]; readonly heldSkuIds: readonly string[] };

function licensesFor(
  { skuIds, ...row }: UserFact,
  known: KnownUser | undefined,
  { catalog, supply, noLicenses }: UserFacts,
  free: ReadonlyMap<string, number>,
): Licenses | Judged<UserFact> {
  const heldSkuIds = (known?.licenses ?? []).map(({ offerId }) => getOffer(catalog, offerId).skuId);
  const missing = skuIds.filter((skuId) => !heldSkuIds.includes(skuId));
  if (missing.length === 0) return { given: [], heldSkuIds };
  if (noLicenses) return { state: 'in-doubt', reason: noLicenses };
  const holder: LicenseHolder = {
    userId: known?.userId ?? '',
    displayName: row.displayName,
    userPrincipalName: row.signInName,
    usageLocation: row.usageLocation ?? known?.usageLocation ?? null,
    licenses: known?.licenses ?? [],
    sharedAddresses: known?.sharedAddresses ?? [],
  };
  const left = supply.map((one) => ({ ...one, free: free.get(one.subscriptionId) ?? 0 }));
  const assign = missing.map((skuId) => ({ skuId, excludedPlanIds: [] }));
  const decided = decideLicenseUpdate(catalog, holder, left, { assign, remove: [] });
  if (decided.ok) return { given: decided.value.given, heldSkuIds };
  const [first] = decided.refused;
  return { state: 'in-doubt', ...(first ? doubtOf(first) : { reason: 'license-refused' as const }) };
}

function doubtOf(refusal: LicenseUpdateRefusal): { readonly reason: RecordDoubt; readonly found: string } {
  if (refusal.name !== 'license-fault') return { reason: 'not-subscribed', found: refusal.skuId };
  const reason = refusal.fault.name === 'no-free-license' ? 'no-free-license' : 'license-refused';
  return { reason, found: refusal.offerId };
}

const COMPARED = ['displayName', 'firstName', 'lastName', 'usageLocation'] as const;

function compare(row: UserFact, known: KnownUser | undefined, { given, heldSkuIds }: Licenses): Judged<UserFact> {
  if (!known) return { state: 'new' };
  const differing = COMPARED.filter((name) => row[name] !== undefined && row[name] !== (known[name] ?? undefined));
  if (differing.length === 0 && given.length === 0) return { state: 'same' };
  const fields = Object.fromEntries(differing.map((name) => [name, known[name] ?? '']));
  return { state: 'changed', before: { ...fields, ...(given.length > 0 && { skuIds: heldSkuIds }) } };
}
