import { z } from 'zod';
import en from './texts/en.json' with { type: 'json' };
import tr from './texts/tr.json' with { type: 'json' };
import { billingCycle, channel, directoryRole, endedReason, id, role, subscriptionStatus } from './values.ts';

/** Another subscription of the tenant; whatever is not the partner's own shows neither id, seller nor price. */
const holding = z.object({
  subscriptionId: id.nullable(),
  offerId: z.string(),
  offerName: z.string(),
  channel,
  ours: z.boolean(),
});
const families = z.array(z.string());
const licenseOf = { offerId: z.string(), offerName: z.string() };

const words = { title: z.string(), message: z.string(), remedy: z.string() };

const reason = <Name extends string, Evidence extends z.ZodType>(name: Name, evidence: Evidence) =>
  z.object({
    name: z.literal(name),
    rule: z.string(),
    partnerCenterCode: z.number().int(),
    ...words,
    action: z.enum(REMEDY_ACTIONS),
    evidence,
  });

/** What clears a refusal; the portal turns it into a button. */
export const REMEDY_ACTIONS = [
  'reactivate-or-buy',
  'wait',
  'request-privileges',
  'request-role',
  'ask-customer-to-cancel',
  'use-owned-target',
  'sign-in',
  'remove-add-ons',
  'upgrade-by-hand',
  'choose-listed-target',
  'change-billing-cycle',
  'choose-other-target',
  'change-quantity',
  'remove-licenses',
  'request-relationship',
  'choose-other-offer',
  'choose-base',
] as const;

/** One reason why not, with its evidence and what clears it. */
export const refusal = z.discriminatedUnion('name', [
  reason(
    'subscription-not-active',
    z.object({ status: subscriptionStatus, endedReason: endedReason.nullable(), successorId: id.nullable() }),
  ),
  reason('subscription-not-provisioned', z.object({ provisioning: z.enum(['pending', 'failed']) })),
  reason('delegated-privileges-missing', z.object({})),
  reason('delegated-privileges-not-covering', z.object({ families })),
  reason('granular-role-missing', z.object({ role: directoryRole, families })),
  reason('granular-privileges-lapsed', z.object({ role: directoryRole, families, endedAt: z.string() })),
  reason('services-already-owned', z.object({ overlaps: z.array(z.object({ family: z.string(), holding })) })),
  reason('target-already-owned', z.object({ holdings: z.array(holding) })),
  reason('user-context-required', z.object({})),
  reason('add-ons-present', z.object({ addOns: z.array(z.object({ subscriptionId: id, ...licenseOf })) })),
  reason('no-upgrade-path', z.object({ offerId: z.string(), offerName: z.string() })),
  reason('target-not-listed', z.object({ fromOfferId: z.string(), toOfferId: z.string() })),
  reason('billing-cycle-not-supported', z.object({ offerId: z.string(), billingCycle })),
  reason('target-not-priced', z.object({ offerId: z.string() })),
  reason('quantity-out-of-range', z.object({ min: z.number(), max: z.number(), requested: z.number() })),
  reason('partial-upgrade-not-supported', z.object({ quantity: z.number(), requested: z.number() })),
  reason('licenses-still-assigned', z.object({ assigned: z.number(), requested: z.number() })),
  reason('reseller-relationship-missing', z.object({})),
  reason('offer-unknown', z.object({ offerId: z.string() })),
  reason('product-not-purchasable', z.object({ catalogItemId: z.string() })),
  reason('offer-not-sold', z.object({ offerId: z.string(), market: z.string() })),
  reason('add-on-without-base', z.object({ offerId: z.string() })),
  reason('offer-is-no-add-on', z.object({ offerId: z.string() })),
]);
export type RefusalOnWire = z.infer<typeof refusal>;
export type RefusalName = RefusalOnWire['name'];

/**
 * For each refusal the rule it comes from, its code on the Partner Center API (upgrade errors 0 to 11) and the action that clears it.
 * Words stand in `texts/`. A refusal without an entry, or without words in a language, does not compile.
 */
export const REFUSALS = {
  'subscription-not-active': { rule: 'E2', partnerCenterCode: 2, action: 'reactivate-or-buy' },
  'subscription-not-provisioned': { rule: 'E9', partnerCenterCode: 9, action: 'wait' },
  'delegated-privileges-missing': { rule: 'E1', partnerCenterCode: 1, action: 'request-privileges' },
  'delegated-privileges-not-covering': { rule: 'E1', partnerCenterCode: 1, action: 'request-privileges' },
  'granular-role-missing': { rule: 'E11', partnerCenterCode: 11, action: 'request-role' },
  'granular-privileges-lapsed': { rule: 'E11', partnerCenterCode: 11, action: 'request-role' },
  'services-already-owned': { rule: 'E3', partnerCenterCode: 3, action: 'ask-customer-to-cancel' },
  'target-already-owned': { rule: 'E4', partnerCenterCode: 4, action: 'use-owned-target' },
  'user-context-required': { rule: 'E5', partnerCenterCode: 5, action: 'sign-in' },
  'add-ons-present': { rule: 'E6', partnerCenterCode: 6, action: 'remove-add-ons' },
  'no-upgrade-path': { rule: 'E7', partnerCenterCode: 7, action: 'upgrade-by-hand' },
  'target-not-listed': { rule: 'E8', partnerCenterCode: 8, action: 'choose-listed-target' },
  'billing-cycle-not-supported': { rule: 'E10', partnerCenterCode: 10, action: 'change-billing-cycle' },
  'target-not-priced': { rule: 'E20', partnerCenterCode: 0, action: 'choose-other-target' },
  'quantity-out-of-range': { rule: 'E15', partnerCenterCode: 0, action: 'change-quantity' },
  'partial-upgrade-not-supported': { rule: 'N10', partnerCenterCode: 0, action: 'change-quantity' },
  'licenses-still-assigned': { rule: 'W5', partnerCenterCode: 0, action: 'remove-licenses' },
  'reseller-relationship-missing': { rule: 'R8', partnerCenterCode: 0, action: 'request-relationship' },
  'offer-unknown': { rule: 'N55', partnerCenterCode: 0, action: 'choose-other-offer' },
  'product-not-purchasable': { rule: 'N7', partnerCenterCode: 0, action: 'choose-other-offer' },
  'offer-not-sold': { rule: 'N55', partnerCenterCode: 0, action: 'choose-other-offer' },
  'add-on-without-base': { rule: 'N15', partnerCenterCode: 0, action: 'choose-base' },
  'offer-is-no-add-on': { rule: 'N15', partnerCenterCode: 0, action: 'choose-base' },
} as const satisfies Record<RefusalName, RefusalEntry>;

type RefusalEntry = { rule: string; partnerCenterCode: number; action: (typeof REMEDY_ACTIONS)[number] };

const fault = <Name extends string, Evidence extends z.ZodType>(name: Name, evidence: Evidence) =>
  z.object({ name: z.literal(name), ...words, evidence });

/** Why one user's license was not exchanged, and what helps. */
export const licenseFault = z.discriminatedUnion('name', [
  fault('license-not-transferred', z.object({})),
  fault('no-free-license', z.object({ seats: z.number() })),
  fault('usage-location-missing', z.object({})),
  fault('usage-location-not-allowed', z.object({ usageLocation: z.string() })),
  fault('plans-exclude-each-other', z.object({ heldPlan: z.string(), addedPlan: z.string(), ...licenseOf })),
  fault('dependent-product', z.object({ plan: z.string(), dependsOn: z.string(), ...licenseOf })),
  fault('duplicate-address', z.object({ address: z.string(), otherAccount: z.string() })),
]);
export type LicenseFaultOnWire = z.infer<typeof licenseFault>;
export type LicenseFaultName = LicenseFaultOnWire['name'];
export const licenseFaultName = z.enum(licenseFault.options.map((option) => option.shape.name.value));

type Words = { title: string; message: string; remedy: string };
type Texts = {
  refusals: Record<RefusalName, Words>;
  faults: Record<LicenseFaultName, Words>;
  statuses: Record<z.infer<typeof subscriptionStatus>, string>;
  endedReasons: Record<z.infer<typeof endedReason>, string>;
  channels: Record<z.infer<typeof channel> | 'anotherPartner', string>;
  billingCycles: Record<z.infer<typeof billingCycle>, string>;
  directoryRoles: Record<z.infer<typeof directoryRole>, string>;
  roles: Record<z.infer<typeof role>, string>;
};

/** The words for reasons and faults, the same on server, portal and CLI. */
export const REASON_TEXTS = { en, tr } satisfies Record<'en' | 'tr', Texts>;
