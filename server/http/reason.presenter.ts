import type { LicenseFaultOnWire, RefusalName as NameOnWire, RefusalOnWire } from '../../contract/refusals.ts';
import { REASON_TEXTS, REFUSALS } from '../../contract/refusals.ts';
import type { ServiceComparisonOnWire } from '../../contract/services.ts';
import { dayText } from './day-text.ts';
import { describeTransition, isOfTransition } from './transition-reason.ts';
import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import type { Catalog } from '../../core/catalog/offer.ts';
import type { ServiceComparison, ServicePlan } from '../../core/catalog/service-plan.ts';
import type { DirectoryRole } from '../../core/customers/relationship.ts';
import type { LicenseFault } from '../../core/licenses/license.ts';
import type { TenantHolding } from '../../core/subscriptions/subscription.ts';
import type { Refusal, RefusalName, ServiceOverlap } from '../../core/upgrades/refusal.ts';
import { describeCommerce } from './commerce-reason.presenter.ts';

/** Names things in the caller's language. */
export type Wording = { readonly catalog: Catalog; readonly language: Language };

/** Fails to compile when core knows a refusal that the contract does not. */
const ENTRIES: Record<RefusalName, (typeof REFUSALS)[NameOnWire]> = REFUSALS;

/** A refusal with its words, its evidence and what clears it. */
export function presentRefusal(refusal: Refusal, wording: Wording): RefusalOnWire {
  const { evidence, values } = describe(refusal, wording);
  const words = REASON_TEXTS[wording.language].refusals[refusal.name];
  return {
    name: refusal.name,
    ...ENTRIES[refusal.name],
    title: words.title,
    message: fill(words.message, values),
    remedy: fill(words.remedy, values),
    evidence,
  } as RefusalOnWire;
}

/** A license fault with its words. */
export function presentFault(fault: LicenseFault, targetOfferId: string, wording: Wording): LicenseFaultOnWire {
  const words = REASON_TEXTS[wording.language].faults[fault.name];
  const { name, ...all } = fault;
  // Whose subscription the other license comes from is not told, only its offer.
  const { subscriptionId: _hidden, ...evidence } = { subscriptionId: '', ...all };
  const heldOffer = 'offerId' in fault ? offerName(fault.offerId, wording) : '';
  const plans = Object.fromEntries(
    Object.entries(evidence).map(([key, value]) => [
      key,
      /plan|dependsOn/i.test(key) ? planName(String(value), wording) : value,
    ]),
  );
  const values = { ...plans, heldOffer, offer: offerName(targetOfferId, wording) };
  return {
    name,
    title: words.title,
    message: fill(words.message, values),
    remedy: fill(words.remedy, values),
    evidence: 'offerId' in fault ? { ...evidence, offerName: heldOffer } : evidence,
  } as LicenseFaultOnWire;
}

/** Names of the services that faults are about; the new offer where one is about all of it. */
export function servicesOf(faults: readonly LicenseFault[], targetOfferId: string, wording: Wording): string[] {
  return [...new Set(faults.map((fault) => serviceOf(fault, targetOfferId, wording)))];
}

function serviceOf(fault: LicenseFault, targetOfferId: string, wording: Wording): string {
  switch (fault.name) {
    case 'plans-exclude-each-other':
      return planName(fault.addedPlan, wording);
    case 'dependent-product':
      return planName(fault.dependsOn, wording);
    case 'duplicate-address':
      return familyName('exchange', wording);
    default:
      return offerName(targetOfferId, wording);
  }
}

export function offerName(offerId: string, { catalog, language }: Wording): string {
  return catalog.offers.get(offerId)?.name[language] ?? offerId;
}

export function familyName(family: string, { language }: Wording): string {
  const names: Readonly<Record<string, string>> = REASON_TEXTS[language].families;
  return names[family] ?? family;
}

/** Services by name, those that are sold against others first. */
export function presentComparison(compared: ServiceComparison, wording: Wording): ServiceComparisonOnWire {
  const services = (families: readonly string[]) =>
    families
      .map((family) => ({ family, name: familyName(family, wording), role: roleOfFamily(family, wording) }))
      .toSorted((one, other) => Number(other.role === 'principal') - Number(one.role === 'principal'));
  return {
    gains: services(compared.gains),
    keeps: services(compared.keeps),
    loses: services(compared.loses),
    replaces: compared.replaces.map(({ from, to }) => ({ from: planName(from, wording), to: planName(to, wording) })),
  };
}

/** Whether a family is sold against others, or comes with almost any product. */
function roleOfFamily(family: string, { catalog }: Wording): 'principal' | 'companion' {
  return plansOf(catalog).some((plan) => plan.family === family && plan.role === 'principal')
    ? 'principal'
    : 'companion';
}

/** A plan that is sold against others has one name in every language, unless words of a language are in it; one that comes along is called by its family. */
export function planName(name: string, wording: Wording): string {
  const plan = plansOf(wording.catalog).find((one) => one.planName === name);
  if (!plan) return name;
  const words: Readonly<Record<string, string>> = REASON_TEXTS[wording.language].plans;
  return plan.role === 'principal' ? (words[name] ?? plan.name) : familyName(plan.family, wording);
}

function plansOf(catalog: Catalog): readonly ServicePlan[] {
  let plans = plansByCatalog.get(catalog);
  if (!plans) {
    const byName = new Map(
      [...catalog.offers.values()].flatMap((offer) => offer.servicePlans.map((plan) => [plan.planName, plan])),
    );
    plans = [...byName.values()];
    plansByCatalog.set(catalog, plans);
  }
  return plans;
}

const plansByCatalog = new WeakMap<Catalog, readonly ServicePlan[]>();

type Description = { readonly evidence: object; readonly values: Readonly<Record<string, string | number>> };

function describe(refusal: Refusal, wording: Wording): Description {
  if (isOfTransition(refusal)) return describeTransition(refusal, wording.language, (id) => offerName(id, wording));
  const { name: _, ...facts } = refusal;
  switch (refusal.name) {
    case 'subscription-not-active':
      return { evidence: facts, values: { status: statusName(refusal, wording) } };
    case 'subscription-not-provisioned':
    case 'delegated-privileges-missing':
    case 'user-context-required':
    case 'reseller-relationship-missing':
      return { evidence: facts, values: {} };
    case 'offer-unknown':
    case 'offer-not-sold':
      return { evidence: facts, values: purchaseValues(refusal, wording) };
    case 'delegated-privileges-not-covering':
      return { evidence: facts, values: { services: familyNames(refusal.families, wording) } };
    case 'granular-role-missing':
      return { evidence: facts, values: roleValues(refusal, wording) };
    case 'granular-privileges-lapsed': {
      const values = { ...roleValues(refusal, wording), endedAt: dayText(refusal.endedAt, wording.language) };
      return { evidence: { ...facts, endedAt: refusal.endedAt.toString() }, values };
    }
    case 'services-already-owned':
      return describeOverlaps(refusal.overlaps, wording);
    case 'target-already-owned':
      return {
        evidence: { holdings: refusal.holdings.map((holding) => presentHolding(holding, wording)) },
        values: { holdings: [...new Set(refusal.holdings.map((holding) => holdingText(holding, wording)))].join('; ') },
      };
    case 'add-ons-present':
    case 'no-upgrade-path':
    case 'target-not-listed':
      return describePath(refusal, wording);
    case 'target-not-priced':
    case 'add-on-without-base':
    case 'offer-is-no-add-on':
      return { evidence: facts, values: { offer: offerName(refusal.offerId, wording) } };
    case 'quantity-out-of-range': {
      const { offerId, ...numbers } = refusal;
      return { evidence: facts, values: { ...numbers, offer: offerName(offerId, wording) } };
    }
    case 'partial-upgrade-not-supported': {
      const { name: _name, ...numbers } = refusal;
      return { evidence: numbers, values: numbers };
    }
    default:
      return describeCommerce(refusal, wording, (day) => startText(day, wording.language));
  }
}

function describePath(
  refusal: Extract<Refusal, { name: 'add-ons-present' | 'no-upgrade-path' | 'target-not-listed' }>,
  wording: Wording,
): Description {
  const { name: _, ...facts } = refusal;
  const named = (offerId: string) => offerName(offerId, wording);
  if (refusal.name === 'add-ons-present') {
    const addOns = refusal.addOns.map((addOn) => ({ ...addOn, offerName: named(addOn.offerId) }));
    return { evidence: { addOns }, values: { addOns: addOns.map((one) => one.offerName).join('; ') } };
  }
  if (refusal.name === 'target-not-listed')
    return { evidence: facts, values: { from: named(refusal.fromOfferId), to: named(refusal.toOfferId) } };
  const offer = named(refusal.offerId);
  return { evidence: { ...facts, offerName: offer }, values: { offer } };
}

function startText(day: Temporal.PlainDate, language: Language): string {
  return dayText(day.toZonedDateTime('UTC').toInstant(), language);
}

function describeOverlaps(all: readonly ServiceOverlap[], wording: Wording): Description {
  const overlaps = all.map(
    ({ family, holding }) => `${familyName(family, wording)} (${holdingText(holding, wording)})`,
  );
  const evidence = all.map(({ family, holding }) => ({ family, holding: presentHolding(holding, wording) }));
  return { evidence: { overlaps: evidence }, values: { overlaps: [...new Set(overlaps)].join('; ') } };
}

function purchaseValues(
  refusal: Extract<Refusal, { name: 'offer-unknown' | 'offer-not-sold' }>,
  wording: Wording,
): Description['values'] {
  switch (refusal.name) {
    case 'offer-unknown':
      return { offerId: refusal.offerId };
    case 'offer-not-sold':
      return { offer: offerName(refusal.offerId, wording), market: refusal.market };
  }
}

/** One that has ended is said to have been canceled, upgraded or expired (product decision 2). */
function statusName(
  { status, endedReason }: Extract<Refusal, { name: 'subscription-not-active' }>,
  { language }: Wording,
): string {
  const { statuses, endedReasons } = REASON_TEXTS[language];
  return endedReason ? endedReasons[endedReason] : statuses[status];
}

function roleValues({ role, families }: { role: DirectoryRole; families: readonly string[] }, wording: Wording) {
  const { directoryRoles } = REASON_TEXTS[wording.language];
  return { role: directoryRoles[role], services: familyNames(families, wording) };
}

function presentHolding({ subscriptionId, offerId, channel, ours }: TenantHolding, wording: Wording) {
  return {
    subscriptionId: ours ? subscriptionId : null,
    offerId,
    offerName: offerName(offerId, wording),
    channel,
    ours,
  };
}

function holdingText(holding: TenantHolding, wording: Wording): string {
  return `${offerName(holding.offerId, wording)}, ${channelName(holding, wording)}`;
}

/** Who sold it, without naming another partner (R7). */
export function channelName({ channel, ours }: Pick<TenantHolding, 'channel' | 'ours'>, { language }: Wording): string {
  return REASON_TEXTS[language].channels[channel === 'csp' && !ours ? 'anotherPartner' : channel];
}

function familyNames(families: readonly string[], wording: Wording): string {
  return families.map((family) => familyName(family, wording)).join(', ');
}
