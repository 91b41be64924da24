import { z } from 'zod';
import { rule } from './words.ts';

export const LANGUAGES = ['en', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];
export const language = z.enum(LANGUAGES);

/** A text that can be stored: PostgreSQL takes neither NUL nor half a surrogate pair. */
export const storable = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'), rule('storable'));
/** A text of a person, without blanks around it. */
export const text = (longest: number) => storable.trim().min(1).max(longest);

/** A GUID; answers write it in lower case. */
export const id = z.guid().transform((given) => given.toLowerCase());
export const offerId = text(100).toLowerCase();
/** A UTC day, `2026-11-22`, of the years that billing is meant for. */
export const day = z.iso.date().refine((given) => given >= '1990' && given < '2201', rule('knownDay'));
/** A UTC moment, `2026-11-22T08:00:00Z`, of the same years, to the nanosecond at most. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine((given) => given >= '1990' && given < '2201' && !/\.\d{10}/.test(given), rule('knownMoment'));

/** An ISO 8601 duration, `P30D` or `P1M`, not back. */
export const duration = z.iso.duration();

/** A living ISO 3166 country code. */
export const country = z.stringFormat('country', isCountry);
/** Countries, each once. */
export const countries = z
  .array(country)
  .min(1)
  .refine((given) => new Set(given).size === given.length, rule('eachOnce'))
  .meta({ uniqueItems: true });
/** A DNS name of two labels or more, in lower case. */
export const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .pipe(z.stringFormat('domain', /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/));
/** An ISO 639 code of a language. */
export const languageCode = z.string().trim().toLowerCase().pipe(z.stringFormat('language', isLanguage));
/** A language with a country, `tr-TR`. */
export const culture = z.stringFormat('culture', (given) => {
  const [code = '', region = '', ...more] = given.split('-');
  return isLanguage(code.toLowerCase()) && isCountry(region.toUpperCase()) && more.length === 0;
});
/**
 * A user's sign-in name: letters without marks, digits and a few signs, 64 characters before the @ and 48 after it
 * (https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#username-policies).
 */
export const userPrincipalName = z.stringFormat(
  'userPrincipalName',
  /^(?!\.)[A-Za-z0-9'._!#^~-]{1,64}(?<!\.)@(?=.{1,48}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
);
/** An ISO 4217 currency code. */
export const currency = z.stringFormat('currency', (given) => CURRENCIES.has(given));
/** A signed decimal; never a float. */
export const decimal = z.stringFormat('decimal', /^-?\d{1,12}(\.\d{1,6})?$/);
/** A price per seat and month; a year of the largest subscription at the largest price still fits the ledger's 64 bits. */
export const price = z.stringFormat('price', /^\d{1,7}(\.\d{1,6})?$/);
/** Seats of a subscription, up to the largest limit of any offer. */
export const quantity = z.number().int().min(1).max(10_000_000);

export const money = z.object({ amount: decimal, currency });

export const subscriptionStatus = z.enum(['pending', 'active', 'suspended', 'expired', 'disabled', 'deleted']);
export const endedReason = z.enum(['cancelled', 'upgraded', 'expired']);
export const provisioningStatus = z.enum(['success', 'pending', 'failed']);
export const channel = z.enum(['csp', 'direct', 'open', 'ea', 'retail']);
export const billingCycle = z.enum(['monthly', 'annual', 'triennial', 'none']);
export const termDuration = z.enum(['P1M', 'P1Y', 'P3Y']);
/** Whom new commerce sells an offer to. */
export const segment = z.enum(['commercial', 'education', 'nonprofit', 'government']);
export const upgradeType = z.enum(['upgrade_with_license_transfer', 'upgrade_only']);
export const directoryRole = z.enum([
  'directoryReader',
  'globalReader',
  'directoryWriter',
  'licenseAdministrator',
  'userAdministrator',
  'privilegedRoleAdministrator',
]);
/** The services that delegated privileges can be limited to. */
export const serviceFamily = z.enum([
  'exchange',
  'sharePoint',
  'teams',
  'desktopApps',
  'intune',
  'entraPremium',
  'defenderOffice365',
  'defenderEndpoint',
  'defenderCloudApps',
  'informationProtection',
  'windows',
  'phone',
  'audioConferencing',
  'powerBi',
  'project',
  'visio',
]);
export const role = z.enum([
  'globalAdmin',
  'userManagementAdmin',
  'adminAgent',
  'salesAgent',
  'helpdeskAgent',
  'billingAdmin',
]);

/** What roles allow; an endpoint names the one that it asks for. */
export const action = z.enum([
  'view',
  'upgrade',
  'approveUpgrades',
  'runCampaigns',
  'resolveIssues',
  'assignLicenses',
  'changeSeats',
  'manageSubscriptions',
  'purchase',
  'manageCustomers',
  'requestRelationship',
  'recordSubscriptions',
  'viewBills',
  'viewInvoices',
  'viewReports',
  'switchPaths',
  'importPrices',
  'manageAgents',
  'manageApiClients',
  'manageWebhooks',
  'manageDeadLetters',
  'exportData',
  'erasePersonalData',
  'manageUsers',
  'viewAudit',
  'changeSettings',
]);
export type ActionOnWire = z.infer<typeof action>;

/** How many rows a page may have. */
export const pageLimit = z.coerce.number().int().min(1).max(200).default(50);
/** Columns of a file that are left out, parted by commas. */
export const columnsLeftOut = (columns: readonly string[]) =>
  z.stringFormat('columns', (given) => given.split(',').every((one) => columns.includes(one)));
/** The head of a page: what to pass as `cursor` for the next one; null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that CLDR names too: unions, test regions, and islands with a reserved code but no entry in ISO 3166. */
const NO_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

function isLanguage(given: string): boolean {
  return /^[a-z]{2,3}$/.test(given) && LANGUAGE_NAMES.of(given) !== undefined;
}

function isCountry(given: string): boolean {
  if (!/^[A-Z]{2}$/.test(given) || NO_COUNTRIES.has(given) || REGIONS.of(given) === undefined) return false;
  // A withdrawn code (YU, SU) is named as well, but stands for the country that came after it.
  return new Intl.Locale(`und-${given}`).region === given;
}
