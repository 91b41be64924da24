import { LICENSE_TEXTS } from '../../contract/license-texts.ts';
import type { DecidedUserOnWire, LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';
import { fill } from '../../contract/words.ts';
import { getOffer, type Offer } from '../../core/catalog/offer.ts';
import type { LicenseFault } from '../../core/licenses/license.ts';
import type { DecidedUser, UserRefusal } from '../../core/licenses/update-many.ts';
import { offerName, planName, presentFault, type Wording } from '../http/reason.presenter.ts';
import type { LicensedUserRow } from './licensed-user.store.ts';
import type { LicenseProduct } from './list-products.ts';

export function presentProduct(
  { offer, ours, used, total, free, active }: LicenseProduct,
  wording: Wording,
): LicenseProductOnWire {
  return {
    skuId: offer.skuId,
    name: offer.name[wording.language],
    ours,
    used,
    total,
    free,
    active,
    services: servicesOf(offer, wording),
  };
}

/** Services that are sold against others stand first. */
function servicesOf(offer: Offer, wording: Wording): LicenseProductOnWire['services'] {
  return offer.servicePlans
    .toSorted((one, other) => Number(other.role === 'principal') - Number(one.role === 'principal'))
    .map((plan) => ({ planId: plan.planId, name: planName(plan.planName, wording), planName: plan.planName }));
}

export function presentUser(row: LicensedUserRow, wording: Wording): UserOnWire {
  const { issue } = row;
  return {
    userId: row.user_id,
    displayName: row.display_name,
    userPrincipalName: row.user_principal_name,
    usageLocation: row.usage_location,
    licenses: row.licenses.map(({ subscriptionId, offerId, switchedOff, ours }) => {
      const { skuId, servicePlans } = getOffer(wording.catalog, offerId);
      return {
        skuId,
        offerName: offerName(offerId, wording),
        subscriptionId: ours ? subscriptionId : null,
        switchedOff: servicePlans.filter((plan) => switchedOff.includes(plan.planName)).map((plan) => plan.planId),
        hasIssue: issue !== null && issue.sourceId === subscriptionId,
      };
    }),
    openIssue: issue && { upgradeId: issue.upgradeId, title: titlesOf(issue, wording) },
  };
}

function titlesOf({ faults, offerId }: NonNullable<LicensedUserRow['issue']>, wording: Wording): string {
  return [...new Set(faults.map((fault) => presentFault(fault, offerId, wording).title))].join(', ');
}

export function presentDecided({ holder, outcome }: DecidedUser, wording: Wording): DecidedUserOnWire {
  const { userId, displayName, userPrincipalName } = holder;
  const named = { userId, displayName, userPrincipalName };
  if (!outcome.ok) {
    const reasons = outcome.refused.map((one) => presentUserRefusal(one, wording));
    const once = new Map(reasons.map((one) => [`${one.name} ${one.message}`, one]));
    return { ...named, outcome: 'refused', reasons: [...once.values()] };
  }
  const { removed, given } = outcome.value;
  return { ...named, outcome: removed.length + given.length > 0 ? 'changes' : 'same', reasons: [] };
}

function presentUserRefusal(refusal: UserRefusal, wording: Wording): DecidedUserOnWire['reasons'][number] {
  const words = LICENSE_TEXTS[wording.language].refusals;
  const say = (name: keyof typeof words, values: Readonly<Record<string, string>>) => ({
    name,
    title: words[name].title,
    message: fill(words[name].message, values),
    remedy: fill(words[name].remedy, values),
  });
  if (refusal.name !== 'license-fault') return say(refusal.name, { product: skuName(refusal.skuId, wording) });
  const { fault, offerId } = refusal;
  if (fault.name === 'no-free-license') return say(fault.name, { product: offerName(offerId, wording) });
  if (fault.name === 'dependent-product') {
    return say(fault.name, {
      heldOffer: offerName(fault.offerId, wording),
      dependsOn: planName(fault.dependsOn, wording),
    });
  }
  return wordsOf(fault, offerId, wording);
}

function wordsOf(fault: LicenseFault, offerId: string, wording: Wording) {
  const { name, title, message, remedy } = presentFault(fault, offerId, wording);
  return { name, title, message, remedy };
}

/** A SKU that nobody sells goes by its id. */
export function skuName(skuId: string, { catalog, language }: Wording): string {
  const offer = [...catalog.offers.values()].find((one) => one.skuId === skuId);
  return offer?.name[language] ?? skuId;
}

/** The table as it is shown: a row for each user, a column for each product. */
export function toTable(
  { users, products }: { readonly users: readonly LicensedUserRow[]; readonly products: readonly LicenseProduct[] },
  wording: Wording,
): { readonly header: string[]; readonly rows: string[][] } {
  const texts = LICENSE_TEXTS[wording.language];
  const columns = products.map((product) => presentProduct(product, wording));
  const header = [
    ...texts.columns,
    ...columns.map(({ name, ours }) => (ours ? name : fill(texts.elsewhere, { product: name }))),
  ];
  const rows = users.map((row) => {
    const user = presentUser(row, wording);
    const { userPrincipalName, displayName, userId, usageLocation, openIssue } = user;
    return [
      userPrincipalName,
      displayName,
      userId,
      usageLocation ?? '',
      openIssue?.title ?? '',
      ...columns.map((column) => cellOf(user, column, texts)),
    ];
  });
  return { header, rows };
}

function cellOf(
  { licenses }: UserOnWire,
  { skuId, ours, services }: LicenseProductOnWire,
  texts: (typeof LICENSE_TEXTS)['en'],
): string {
  const held = licenses.filter((one) => one.skuId === skuId && (one.subscriptionId !== null) === ours);
  const off = services.filter(({ planId }) => held.some((one) => one.switchedOff.includes(planId)));
  if (held.length === 0) return '';
  if (off.length === 0) return texts.assigned;
  return fill(texts.switchedOff, { services: off.map(({ name }) => name).join(', ') });
}
