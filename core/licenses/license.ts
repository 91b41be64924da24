/** A user's assignment of an offer's SKU through one subscription, with the service plans switched off. */
export type License = {
  readonly subscriptionId: string;
  readonly offerId: string;
  readonly switchedOff: readonly string[];
};

/** A user who holds a license of the source, with all that decides whether it can be exchanged. */
export type LicensedUser = {
  readonly userId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** ISO country code; null when none is set. */
  readonly usageLocation: string | null;
  readonly license: License;
  readonly otherLicenses: readonly License[];
  /** Mail addresses that another account of the customer has too. */
  readonly sharedAddresses: readonly { readonly address: string; readonly otherAccount: string }[];
};

/** Why one user's license cannot be exchanged (W12). Each names what a person needs to clear it. */
export type LicenseFault =
  | { readonly name: 'license-not-transferred' }
  | { readonly name: 'several-subscriptions'; readonly offerId: string } // N11
  | { readonly name: 'target-bought-elsewhere' } // N11
  | { readonly name: 'no-free-license'; readonly seats: number }
  | { readonly name: 'usage-location-missing' }
  | { readonly name: 'usage-location-not-allowed'; readonly usageLocation: string }
  | {
      readonly name: 'plans-exclude-each-other';
      readonly heldPlan: string;
      readonly addedPlan: string;
      readonly subscriptionId: string;
      readonly offerId: string;
    }
  | {
      readonly name: 'dependent-product';
      readonly plan: string;
      readonly dependsOn: string;
      readonly subscriptionId: string;
      readonly offerId: string;
    }
  | { readonly name: 'duplicate-address'; readonly address: string; readonly otherAccount: string };

/** Faults of licenses that nobody tried to exchange: a person was to do it from the start. */
const NOT_TRIED: ReadonlySet<LicenseFault['name']> = new Set([
  'license-not-transferred',
  'several-subscriptions',
  'target-bought-elsewhere',
]);

/** Whether the license was to be exchanged at once, with or without success. */
export function wasTried(faults: readonly LicenseFault[]): boolean {
  return !faults.some(({ name }) => NOT_TRIED.has(name));
}
