import { z } from 'zod';
import { platform } from './catalog.ts';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/imports.en.json' with { type: 'json' };
import tr from './texts/imports.tr.json' with { type: 'json' };
import {
  billingCycle,
  country,
  day,
  id,
  type Language,
  moment,
  money,
  pageLimit,
  pageOf,
  storable,
  termDuration,
  text,
} from './values.ts';
import { fill } from './words.ts';

/** What files are called, why one is not read, and why a row is in doubt or left out. */
export const IMPORT_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

/** Why a file as a whole is not read, by name, with what its words need. */
export type FileRefusal =
  | { readonly name: 'columns-missing'; readonly kind: keyof typeof en.kinds; readonly columns: readonly string[] }
  | { readonly name: 'columns-twice'; readonly columns: readonly string[] }
  | { readonly name: 'too-large' | 'too-large-unpacked' | 'too-many-rows' | 'too-many-columns'; readonly limit: number }
  | { readonly name: 'zip-files'; readonly files: number }
  | { readonly name: 'cut-off'; readonly line: number }
  | { readonly name: 'empty' | 'not-text' | 'spreadsheet' | 'unknown-kind' | 'no-market' }
  | { readonly name: 'zip-broken' | 'zip-encrypted' | 'zip-nested' | 'zip-bomb' };

/** Why a file is not read, in the reader’s language. */
export function fileRefusalText(refusal: FileRefusal, language: Language): string {
  const { files, kinds } = IMPORT_TEXTS[language];
  const values = {
    ...('limit' in refusal && { limit: refusal.limit.toLocaleString(language) }),
    ...('files' in refusal && { files: refusal.files }),
    ...('line' in refusal && { line: refusal.line }),
    ...('columns' in refusal && { columns: refusal.columns.join(', ') }),
    ...('kind' in refusal && { kind: kinds[refusal.kind] }),
  };
  return fill(files[refusal.name], values);
}

const rowState = z.enum(['new', 'changed', 'gone', 'same', 'left-out', 'in-doubt']);
export type ImportRowState = z.infer<typeof rowState>;

const subject = z.enum(['prices', 'paths']);
/** Of prices a market, or `*` for all that have no list of their own; of paths the platform. */
const scope = z.union([z.literal('*'), country, platform]);

const fileKind = z.enum([
  'newCommercePrices',
  'legacyPrices',
  'newCommerceMatrix',
  'legacyMatrix',
  'customers',
  'subscriptions',
  'users',
  'servicePlans',
  'legacyReconciliation',
  'newCommerceReconciliation',
]);

const imported = z.object({
  importId: id,
  /** `reading`: not taken in to its end, now or for good. `applying`: customer by customer; one that was broken off goes on by applying it again. */
  state: z.enum(['reading', 'checked', 'applying', 'applied']),
  fileName: z.string(),
  createdAt: moment,
  createdBy: z.string().nullable(),
  /** Lines below the heading; while it is read, how many so far. */
  rows: z.number().int(),
  /** Null while it is read. */
  kind: fileKind.nullable(),
  kindName: z.string().nullable(),
  /** How the file was read; null while it is. */
  read: z
    .object({
      separator: z.enum([',', ';', '\t']),
      encoding: z.string(),
      /** The sign before the decimals; null: no price has any, or nothing tells. */
      decimalSign: z.enum(['.', ',']).nullable(),
      /** Its name in the ZIP that it came in. */
      zippedAs: z.string().nullable(),
      bytes: z.number().int(),
      unknownColumns: z.array(z.string()),
      /** SKU numbers that have their leading zeros again, which a spreadsheet took. */
      restoredIds: z.number().int(),
    })
    .nullable(),
  subject: subject.nullable(),
  scope: scope.nullable(),
  /** What it is for: `list` becomes a version, `records` are brought in, `compared` changes nothing. Null while it is read. */
  use: z.enum(['list', 'records', 'compared']).nullable(),
  /** The day from which its prices hold; of a reconciliation file the first day of the month whose invoice it is compared with. */
  effectiveOn: day.nullable(),
  /** What it would change, or has changed. */
  counts: z.record(rowState, z.number().int()).nullable(),
  /** How many of its rows change something; 0: it comes to what is in force already. */
  changes: z.number().int().nullable(),
  /** The version that it was compared with; null: none was imported before. */
  comparedWith: z.number().int().nullable(),
  /** While it is being applied: how many of its rows have been. */
  progress: z.object({ done: z.number().int(), of: z.number().int() }).nullable(),
  /** Of a reconciliation file: what it adds up to, and what our lines of the month do; null for who may not see invoices. */
  totals: z.object({ file: money, ours: money, difference: money, lines: z.number().int() }).nullable(),
  /** The version that it became. */
  version: z.number().int().nullable(),
  appliedAt: moment.nullable(),
});
export type PriceImportOnWire = z.infer<typeof imported>;

const row = z.object({
  /** Its number among all that the file says. */
  place: z.number().int(),
  /** The line of the file, the heading being the first; null: what the file does not have. */
  line: z.number().int().nullable(),
  state: rowState,
  /** As the catalog calls the offer, or else as the file does; empty where what it said of persons and companies was not kept. */
  name: z.string(),
  /** The customer as the file names it. */
  customer: z.string().nullable(),
  /** What a row says of a customer, a subscription, a user, a service or a billed line, and what there is of it. */
  fields: z.array(z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  offerId: z.string().nullable(),
  /** Of an offer matrix: what the offer can become. */
  toName: z.string().nullable(),
  termDuration: termDuration.nullable(),
  billingCycle: billingCycle.nullable(),
  validFrom: day.nullable(),
  validUntil: day.nullable(),
  /** Per license and month on the legacy platform, per license and charge cycle on new commerce; null: there is none. */
  before: money.nullable(),
  after: money.nullable(),
  /** Why nothing is done with a row that is left out or in doubt. */
  reason: z.string().nullable(),
  /** The heading of the cell in doubt, and what it holds. */
  column: z.string().nullable(),
  found: z.string().nullable(),
});
export type PriceImportRowOnWire = z.infer<typeof row>;

const version = z.object({
  subject,
  scope,
  version: z.number().int(),
  /** True for the newest, which is in force. */
  inForce: z.boolean(),
  /** Null: what was in force before the first import. */
  fileName: z.string().nullable(),
  priceListId: id.nullable(),
  importId: id.nullable(),
  restoredFrom: z.number().int().nullable(),
  effectiveOn: day,
  appliedAt: moment,
  appliedBy: z.string().nullable(),
});
export type ImportVersionOnWire = z.infer<typeof version>;

const params = z.object({ importId: id });

export const importEndpoints = {
  listImports: {
    ...routes.listImports,
    asks: 'view',
    tag: 'Imports',
    summary: 'The files that the partner brought, the newest 50 first',
    status: 200,
    answer: z.object({ items: z.array(imported) }),
    problems: ['role-not-allowed'],
  },
  sendImport: {
    ...routes.sendImport,
    asks: 'importPrices',
    tag: 'Imports',
    summary:
      'Send a file, as CSV or as a ZIP that holds one: it is read and compared with what is here, and nothing is applied; a repeat with the same id answers with the import as it stands',
    query: z.object({
      /** By which it can be asked for while it is read; absent: a new one. */
      importId: id.optional(),
      fileName: text(200),
    }),
    takes: 'application/octet-stream',
    body: z.unknown().meta({ type: 'string', format: 'binary' }),
    status: 201,
    answer: imported,
    problems: ['role-not-allowed', 'not-found', 'file-not-read', 'server-busy'],
  },
  showImport: {
    ...routes.showImport,
    asks: 'view',
    tag: 'Imports',
    summary: 'An import as it stands; while it is read, how many rows there are so far',
    params,
    status: 200,
    answer: imported,
    problems: ['role-not-allowed', 'not-found'],
  },
  listImportRows: {
    ...routes.listImportRows,
    asks: 'view',
    tag: 'Imports',
    summary:
      'What an import would change or has changed, row by row, with the reason for each that is not used; as CSV all of them',
    params,
    csv: true,
    query: z.object({
      /** Absent: all. */
      state: rowState.optional(),
      limit: pageLimit,
      cursor: storable.regex(/^\d{1,9}$/).optional(),
    }),
    status: 200,
    answer: pageOf(row),
    problems: ['role-not-allowed', 'not-found'],
  },
  checkImport: {
    ...routes.checkImport,
    asks: 'importPrices',
    tag: 'Imports',
    summary:
      'Compare an import again with what is here, as of the day from which its prices shall hold, or with another month’s invoice',
    params,
    body: z.strictObject({ effectiveOn: day }),
    status: 200,
    answer: imported,
    problems: ['role-not-allowed', 'not-found', 'import-not-read'],
  },
  applyImport: {
    ...routes.applyImport,
    asks: 'importPrices',
    tag: 'Imports',
    summary:
      'Make a list the newest version, all of it or nothing, or bring in customers, subscriptions or users, customer by customer; a repeat goes on where it stopped, and changes nothing else',
    params,
    body: z.strictObject({
      /** True: rows in doubt are left out, and what is in force for their offers stays. */
      leaveOutDoubts: z.boolean().default(false),
    }),
    status: 200,
    answer: imported,
    problems: [
      'role-not-allowed',
      'not-found',
      'import-not-read',
      'import-overtaken',
      'import-in-doubt',
      'import-compares-only',
    ],
  },
  removeImport: {
    ...routes.removeImport,
    asks: 'importPrices',
    tag: 'Imports',
    summary: 'Throw away an import that was not applied; a repeat answers 404',
    params,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found', 'import-applied', 'import-begun'],
  },
  listImportVersions: {
    ...routes.listImportVersions,
    asks: 'view',
    tag: 'Imports',
    summary: 'The versions of the partner’s price lists and upgrade paths, the newest of each first',
    status: 200,
    answer: z.object({ items: z.array(version) }),
    problems: ['role-not-allowed'],
  },
  restoreImportVersion: {
    ...routes.restoreImportVersion,
    asks: 'importPrices',
    tag: 'Imports',
    summary: 'Put an older version in force again, as a new one; a repeat changes nothing',
    body: z.strictObject({ subject, scope, version: z.number().int().min(0).max(1_000_000) }),
    status: 200,
    answer: version,
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
