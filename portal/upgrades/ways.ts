import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import type { TextKey } from '../text.ts';

type Way = UpgradeOnWire['way'];

export const WAY_TEXT: Readonly<Record<Way, TextKey>> = {
  replacement: 'way.replacement',
  inPlace: 'way.inPlace',
  partial: 'way.partial',
  existing: 'way.existing',
  renewal: 'way.renewal',
};

/** What a way does to the subscription and to the one that takes the seats. */
export const WAY_HINT: Readonly<Record<Way, TextKey>> = {
  replacement: 'wizard.fullLegacy',
  inPlace: 'wizard.full',
  partial: 'wizard.partial',
  existing: 'wizard.existing',
  renewal: 'way.renewalHint',
};

/** After the first bill, how often it is billed. */
export const EVERY_TEXT: Readonly<Record<SubscriptionOnWire['billingCycle'], TextKey>> = {
  monthly: 'wizard.everyMonth',
  annual: 'wizard.everyYear',
  triennial: 'wizard.everyThreeYears',
  none: 'term.notBilled',
};

/** The unit of a price per seat and charge cycle. */
export const PER_TEXT: Readonly<Record<SubscriptionOnWire['billingCycle'], TextKey>> = {
  monthly: 'wizard.perLicenseShort',
  annual: 'wizard.perLicenseYear',
  triennial: 'wizard.perLicenseThreeYears',
  none: 'term.notBilled',
};
