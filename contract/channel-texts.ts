import en from './texts/channels.en.json' with { type: 'json' };
import tr from './texts/channels.tr.json' with { type: 'json' };

/** The words about subscriptions of other channels: doubts about a file, evidence, watches and the letter to the customer. */
export const CHANNEL_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
/** Why nothing is done with a line of a file. */
export type ImportDoubt = keyof typeof en.importDoubts;
