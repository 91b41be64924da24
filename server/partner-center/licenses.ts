import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { getOffer, type Offer } from '../../core/catalog/offer.ts';
import type { LicenseUpdateRefusal } from '../../core/licenses/update-licenses.ts';
import { presentFault } from '../http/reason.presenter.ts';
import { listSubscribedSkus, type SubscribedSku } from '../licenses/list-subscribed-skus.ts';
import { listUserLicenses } from '../licenses/list-user-licenses.ts';
import { type LicensesRefused, updateUserLicenses } from '../licenses/update-user-licenses.ts';
import type { Dialect, Given } from './dialect.ts';
import { codeOfLicenseFault, Fault, faultOf } from './fault.ts';
import { foldEnum, guidOf } from './input.ts';
import { collection, collectionOf, guid, kind, resource } from './wire.ts';

const servicePlan = z.object({
  displayName: z.string(),
  serviceName: z.string(),
  id: guid,
  capabilityStatus: z.string(),
  targetType: z.literal('User'),
});
const productSku = z.object({
  id: guid,
  name: z.string(),
  skuPartNumber: z.string(),
  targetType: z.literal('User'),
  licenseGroupId: z.literal('group1'),
});
const license = kind('License', { servicePlans: z.array(servicePlan), productSku });
const subscribedSku = kind('SubscribedSku', {
  availableUnits: z.int(),
  activeUnits: z.int(),
  consumedUnits: z.int(),
  suspendedUnits: z.int(),
  totalUnits: z.int(),
  warningUnits: z.int(),
  productSku,
  servicePlans: z.array(servicePlan),
  capabilityStatus: z.enum(['Enabled', 'Warning', 'Suspended']),
});
const assignment = z.object({ skuId: guid, excludedPlans: z.array(guid).optional() });
const licenseUpdate = kind('LicenseUpdate', {
  licensesToAssign: z.array(assignment),
  licensesToRemove: z.array(guid),
  licenseWarnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
const order = z.object({
  licensesToAssign: z.array(assignment).optional(),
  licensesToRemove: z.array(guid).optional(),
});

const GROUPS = { licenseGroupIds: 'Only SKUs of these groups; every SKU here is in group1' };

/** Licenses of users, and how many of each SKU a customer has. */
export function licenseResources(dialect: Dialect): void {
  const user = '/customers/:customerid/users/:userid';
  dialect.get(
    `${user}/licenses`,
    { summary: 'The licenses of a user, through whatever channel', query: GROUPS, answer: collectionOf(license) },
    listLicenses,
  );
  dialect.post(
    `${user}/licenseupdates`,
    { asks: 'assignLicenses', summary: 'Give and take licenses', body: order, status: 201, answer: licenseUpdate },
    updateLicenses,
  );
  dialect.get(
    '/customers/:customerid/subscribedskus',
    { summary: 'The licenses that this partner sold, by SKU', query: GROUPS, answer: collectionOf(subscribedSku) },
    listSkus,
  );
}

async function listLicenses(given: Given) {
  const { call, id, wording } = given;
  const ids = { customerId: id('customer'), userId: id('user') };
  const listed = await listUserLicenses(call, ids);
  if (!listed.ok) throw faultOf(listed.refused, wording);
  const licenses = wantsGroup(given) ? listed.value : [];
  return collection(
    licenses.map(({ offerId, switchedOff }) => {
      const offer = getOffer(call.catalog, offerId);
      const fields = { servicePlans: plansOf(offer, 'Assigned', switchedOff), productSku: skuOf(offer, given) };
      return resource(license, fields);
    }),
    `/customers/${ids.customerId}/users/${ids.userId}/licenses`,
  );
}

async function listSkus(given: Given) {
  const customerId = given.id('customer');
  const listed = await listSubscribedSkus(given.call, customerId);
  if (!listed.ok) throw faultOf(listed.refused, given.wording);
  const skus = wantsGroup(given) ? listed.value : [];
  return collection(
    skus.map((sku) => presentSku(sku, given)),
    `/customers/${customerId}/subscribedskus`,
  );
}

function presentSku({ offer, active, warning, suspended, consumed }: SubscribedSku, given: Given) {
  const total = active + warning;
  return resource(subscribedSku, {
    availableUnits: Math.max(total - consumed, 0),
    activeUnits: active,
    consumedUnits: consumed,
    suspendedUnits: suspended,
    totalUnits: total,
    warningUnits: warning,
    productSku: skuOf(offer, given),
    servicePlans: plansOf(offer, active > 0 ? 'Enabled' : 'Suspended'),
    capabilityStatus: active > 0 ? 'Enabled' : warning > 0 ? 'Warning' : 'Suspended',
  });
}

/** Reads each list once, also where a client sends it under two spellings of its name. */
async function updateLicenses(given: Given) {
  const { body, call, id } = given;
  const assign = body.list('licensesToAssign').map((one) => ({
    skuId: guidOf(one.text('skuId'), 'SKU'),
    excludedPlanIds: one.texts('excludedPlans').map((planId) => guidOf(planId, 'service plan')),
  }));
  const remove = body.texts('licensesToRemove').map((skuId) => guidOf(skuId, 'SKU'));
  if (assign.length + remove.length === 0) {
    throw new Fault(400, 3000, 'licensesToAssign or licensesToRemove must name a SKU.');
  }
  const updated = await updateUserLicenses(call, { customerId: id('customer'), userId: id('user'), assign, remove });
  if (!updated.ok) throw faultOfUpdate(updated.refused, given);
  return resource(licenseUpdate, {
    licensesToAssign: assign.map(({ skuId, excludedPlanIds }) => ({ skuId, excludedPlans: excludedPlanIds })),
    licensesToRemove: remove,
    licenseWarnings: [],
  });
}

function faultOfUpdate(refused: LicensesRefused, { wording }: Given): Fault {
  if (refused.code === 'user-context-required') {
    const { code } = refused;
    return Object.assign(new Fault(400, 900316, WORDS[wording.language].userNeeded), {
      refusal: { code, reasons: [] },
    });
  }
  if (refused.code !== 'licenses-refused') return faultOf(refused, wording);
  const told = refused.refusals.map((refusal) => tell(refusal, wording));
  const [{ code } = { code: 3000 }] = told;
  const reasons = refused.refusals.map(({ name }) => name);
  return Object.assign(new Fault(400, code, told.map(({ words }) => words).join(' ')), {
    refusal: { code: refused.code, reasons },
  });
}

function tell(refusal: LicenseUpdateRefusal, wording: Given['wording']): { code: number; words: string } {
  const words = WORDS[wording.language];
  switch (refusal.name) {
    case 'license-fault': {
      const { message, remedy } = presentFault(refusal.fault, refusal.offerId, wording);
      return { code: codeOfLicenseFault(refusal.fault), words: `${message} ${remedy}` };
    }
    case 'plan-not-in-sku':
      return { code: 3000, words: words.planNotInSku(refusal.planId, refusal.skuId) };
    case 'sku-not-subscribed':
      return { code: 3000, words: words.skuNotSubscribed(refusal.skuId) };
    case 'license-not-held':
      return { code: 3000, words: words.licenseNotHeld(refusal.skuId) };
  }
}

type Words = {
  readonly userNeeded: string;
  readonly skuNotSubscribed: (skuId: string) => string;
  readonly licenseNotHeld: (skuId: string) => string;
  readonly planNotInSku: (planId: string, skuId: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    userNeeded: 'Licenses are given and taken in a person’s name; an application alone may not do it.',
    skuNotSubscribed: (skuId) => `licensesToAssign: the customer has no active subscription of ${skuId} here.`,
    licenseNotHeld: (skuId) => `licensesToRemove: the user holds no license of ${skuId}.`,
    planNotInSku: (planId, skuId) => `excludedPlans: ${planId} is no service plan of ${skuId}.`,
  },
  tr: {
    userNeeded: 'Lisanslar bir kişi adına verilir ve alınır; uygulama tek başına yapamaz.',
    skuNotSubscribed: (skuId) => `licensesToAssign: müşterinin burada etkin bir ${skuId} aboneliği yok.`,
    licenseNotHeld: (skuId) => `licensesToRemove: kullanıcının ${skuId} lisansı yok.`,
    planNotInSku: (planId, skuId) => `excludedPlans: ${planId}, ${skuId} içindeki bir hizmet planı değil.`,
  },
};

/** The Java SDK sends the groups of a SKU list under the name `null`. */
function wantsGroup({ query }: Given): boolean {
  const groups = [...query.texts('licenseGroupIds'), ...query.texts('null')];
  return groups.length === 0 || groups.some((group) => foldEnum(group) === 'group1');
}

function skuOf({ skuId, skuPartNumber, name }: Offer, { wording }: Given) {
  return {
    id: skuId,
    name: name[wording.language],
    skuPartNumber,
    targetType: 'User' as const,
    licenseGroupId: 'group1' as const,
  };
}

/** Plans that are switched off are left out. */
function plansOf({ servicePlans }: Offer, capabilityStatus: string, switchedOff: readonly string[] = []) {
  return servicePlans
    .filter(({ planName }) => !switchedOff.includes(planName))
    .map(({ name, planName, planId }) => ({
      displayName: name,
      serviceName: planName,
      id: planId,
      capabilityStatus,
      targetType: 'User' as const,
    }));
}
