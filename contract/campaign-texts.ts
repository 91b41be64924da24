import { type FileRefusal, fileRefusalText } from './imports.ts';
import en from './texts/campaigns.en.json' with { type: 'json' };
import tr from './texts/campaigns.tr.json' with { type: 'json' };
import type { Language } from './values.ts';
import { fill } from './words.ts';

/** Why a file of subscriptions as a whole is not read. */
export type CampaignFileRefusal =
  | Exclude<FileRefusal, { readonly columns: readonly string[] }>
  | { readonly name: 'columns-missing'; readonly columns: readonly (keyof typeof en.files.needed)[] }
  | { readonly name: 'columns-twice'; readonly columns: readonly string[] };

export function campaignFileRefusalText(refusal: CampaignFileRefusal, language: Language): string {
  if (refusal.name !== 'columns-missing') return fileRefusalText(refusal, language);
  const { needed, missing } = CAMPAIGN_TEXTS[language].files;
  return fill(missing, { columns: refusal.columns.map((column) => needed[column]).join(', ') });
}

/** The head of the report, the states in it, and what can be wrong with a row of a file. */
export const CAMPAIGN_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
export type CampaignFault = keyof typeof en.faults;
