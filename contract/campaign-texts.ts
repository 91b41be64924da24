import en from './texts/campaigns.en.json' with { type: 'json' };
import tr from './texts/campaigns.tr.json' with { type: 'json' };

/** The head of the report, the states in it, and what can be wrong with a row of a file. */
export const CAMPAIGN_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
export type CampaignFault = keyof typeof en.faults;
