import { z } from 'zod';
import en from './texts/en.json' with { type: 'json' };
import tr from './texts/tr.json' with { type: 'json' };
import {
  type ActionOnWire,
  billingCycle,
  channel,
  day,
  directoryRole,
  endedReason,
  id,
  moment,
  role,
  segment,
  subscriptionStatus,
  termDuration,
} from './values.ts';

/** Another subscription of the tenant; whatever is not the partner's own shows neither id, seller nor price. */
const holding = z.object({
  subscriptionId: id.nullable(),
  offerId: z.string(),
  offerName: z.string(),
  channel,
  ours: z.boolean(),
});
const families = z.array(z.string());
/** An existing subscription that was to take the seats. */
const destination = z.object({ subscriptionId: id });
/** A user who would lose a license. */
const userLosing = z.object({ userId: id, displayName: z.string(), userPrincipalName: z.string() });
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
  'choose-term',
  'choose-destination',
  'choose-users',
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
  'choose-other-term',
  'choose-other-end',
  'turn-auto-renew-on',
  'turn-auto-renew-off',
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
  reason('renewal-running', z.object({ termEndsOn: day })),
  reason('term-not-offered', z.object({ offerId: z.string(), termDuration })),
  reason('term-shorter', z.object({ termDuration, sourceTermDuration: termDuration })),
  reason('billing-cycle-longer-than-term', z.object({ billingCycle, termDuration })),
  reason(
    'tenant-maximum-exceeded',
    z.object({ offerId: z.string(), max: z.number(), held: z.number(), requested: z.number() }),
  ),
  reason('destination-unknown', destination),
  reason('destination-is-source', destination),
  reason('destination-of-other-offer', destination.extend({ offerId: z.string() })),
  reason('destination-not-active', destination),
  reason('destination-not-ready', destination),
  reason('destination-in-window', destination.extend({ until: moment })),
  reason('destination-term-shorter', destination.extend({ termDuration })),
  reason('destination-ends-earlier', destination.extend({ termEndsOn: day, sourceEndsOn: day })),
  reason('users-not-licensed', z.object({ userIds: z.array(id) })),
  reason(
    'licenses-still-assigned',
    z.object({ assigned: z.number(), requested: z.number(), users: z.array(userLosing) }),
  ),
  reason('reseller-relationship-missing', z.object({})),
  reason('offer-unknown', z.object({ offerId: z.string() })),
  reason('offer-not-sold', z.object({ offerId: z.string(), market: z.string() })),
  reason('add-on-without-base', z.object({ offerId: z.string() })),
  reason('offer-is-no-add-on', z.object({ offerId: z.string() })),
  reason('trial-not-changeable', z.object({})),
  reason('trial-term-fixed', z.object({})),
  reason('not-suspended', z.object({ status: subscriptionStatus })),
  reason('base-not-active', z.object({ baseSubscriptionId: id })),
  reason('auto-renew-off', z.object({})),
  reason('renewal-not-changeable', z.object({})),
  reason('end-date-not-supported', z.object({})),
  reason('end-date-outside-term', z.object({ endsOn: day, from: day, until: day })),
  reason('end-date-matches-nothing', z.object({ endsOn: day })),
  reason('seats-not-removable', z.object({ removable: z.number(), requested: z.number(), renewsOn: day })),
  reason('too-many-updates', z.object({ most: z.number() })),
  reason('trial-had-before', z.object({ offerId: z.string() })),
  reason('too-many-subscriptions', z.object({ offerId: z.string(), most: z.number() })),
  reason('cancellation-window-passed', z.object({ until: moment.nullable(), renewsOn: day })),
  reason('billing-cycle-not-changeable', z.object({})),
  reason('segment-not-qualified', z.object({ offerId: z.string(), segment })),
  reason('offer-end-of-sale', z.object({ offerId: z.string(), endedOn: day })),
  reason('teams-suite-closed', z.object({ offerId: z.string() })),
  reason('specialized-at-renewal', z.object({ offerId: z.string(), renewsOn: day })),
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
  'renewal-running': { rule: 'N43', partnerCenterCode: 0, action: 'wait' },
  'term-not-offered': { rule: 'N20', partnerCenterCode: 10, action: 'choose-term' },
  'term-shorter': { rule: 'N21', partnerCenterCode: 10, action: 'choose-term' },
  'billing-cycle-longer-than-term': { rule: 'N21', partnerCenterCode: 10, action: 'choose-term' },
  'tenant-maximum-exceeded': { rule: 'N28', partnerCenterCode: 0, action: 'change-quantity' },
  'destination-unknown': { rule: 'N8', partnerCenterCode: 0, action: 'choose-destination' },
  'destination-is-source': { rule: 'N17', partnerCenterCode: 0, action: 'choose-destination' },
  'destination-of-other-offer': { rule: 'N17', partnerCenterCode: 0, action: 'choose-destination' },
  'destination-not-active': { rule: 'N16', partnerCenterCode: 1, action: 'choose-destination' },
  'destination-not-ready': { rule: 'N17', partnerCenterCode: 0, action: 'wait' },
  'destination-in-window': { rule: 'N16', partnerCenterCode: 2, action: 'choose-destination' },
  'destination-term-shorter': { rule: 'N16', partnerCenterCode: 3, action: 'choose-destination' },
  'destination-ends-earlier': { rule: 'N16', partnerCenterCode: 4, action: 'choose-destination' },
  'users-not-licensed': { rule: 'N9', partnerCenterCode: 0, action: 'choose-users' },
  'licenses-still-assigned': { rule: 'W5', partnerCenterCode: 0, action: 'remove-licenses' },
  'reseller-relationship-missing': { rule: 'R8', partnerCenterCode: 0, action: 'request-relationship' },
  'offer-unknown': { rule: 'N55', partnerCenterCode: 0, action: 'choose-other-offer' },
  'offer-not-sold': { rule: 'N55', partnerCenterCode: 0, action: 'choose-other-offer' },
  'add-on-without-base': { rule: 'N15', partnerCenterCode: 0, action: 'choose-base' },
  'offer-is-no-add-on': { rule: 'N15', partnerCenterCode: 0, action: 'choose-base' },
  'trial-not-changeable': { rule: 'N50', partnerCenterCode: 0, action: 'wait' },
  'trial-term-fixed': { rule: 'N50', partnerCenterCode: 0, action: 'choose-other-term' },
  'not-suspended': { rule: 'L4', partnerCenterCode: 0, action: 'reactivate-or-buy' },
  'base-not-active': { rule: 'L3', partnerCenterCode: 0, action: 'choose-base' },
  'auto-renew-off': { rule: 'N39', partnerCenterCode: 0, action: 'turn-auto-renew-on' },
  'renewal-not-changeable': { rule: 'N39', partnerCenterCode: 0, action: 'wait' },
  'end-date-not-supported': { rule: 'N24', partnerCenterCode: 0, action: 'choose-other-end' },
  'end-date-outside-term': { rule: 'N24', partnerCenterCode: 0, action: 'choose-other-end' },
  'end-date-matches-nothing': { rule: 'N24', partnerCenterCode: 0, action: 'choose-other-end' },
  'seats-not-removable': { rule: 'N26', partnerCenterCode: 0, action: 'change-quantity' },
  'too-many-updates': { rule: 'E25', partnerCenterCode: 0, action: 'reactivate-or-buy' },
  'too-many-subscriptions': { rule: 'E16', partnerCenterCode: 0, action: 'change-quantity' },
  'trial-had-before': { rule: 'B10.1', partnerCenterCode: 0, action: 'choose-other-offer' },
  'cancellation-window-passed': { rule: 'N33', partnerCenterCode: 0, action: 'turn-auto-renew-off' },
  'billing-cycle-not-changeable': { rule: 'B5.1', partnerCenterCode: 0, action: 'wait' },
  'segment-not-qualified': { rule: 'N53', partnerCenterCode: 0, action: 'choose-other-offer' },
  'offer-end-of-sale': { rule: 'N58', partnerCenterCode: 0, action: 'choose-other-offer' },
  'teams-suite-closed': { rule: 'N57', partnerCenterCode: 0, action: 'choose-other-offer' },
  'specialized-at-renewal': { rule: 'N59', partnerCenterCode: 0, action: 'wait' },
} as const satisfies Record<RefusalName, RefusalEntry>;

type RefusalEntry = { rule: string; partnerCenterCode: number; action: (typeof REMEDY_ACTIONS)[number] };

const fault = <Name extends string, Evidence extends z.ZodType>(name: Name, evidence: Evidence) =>
  z.object({ name: z.literal(name), ...words, evidence });

/** Why one user's license was not exchanged, and what helps. */
export const licenseFault = z.discriminatedUnion('name', [
  fault('license-not-transferred', z.object({})),
  fault('several-subscriptions', z.object({ offerId: z.string(), offerName: z.string() })),
  fault('target-bought-elsewhere', z.object({})),
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
  segments: Record<z.infer<typeof segment>, string>;
  termDurations: Record<z.infer<typeof termDuration>, string>;
  directoryRoles: Record<z.infer<typeof directoryRole>, string>;
  roles: Record<z.infer<typeof role>, string>;
  /** In place of roles where somebody has none. */
  noRole: string;
  actions: Record<ActionOnWire, string>;
};

/** The words for reasons and faults, the same on server, portal and CLI. */
export const REASON_TEXTS = { en, tr } satisfies Record<'en' | 'tr', Texts>;
