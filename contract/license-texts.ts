import en from './texts/licenses.en.json' with { type: 'json' };
import tr from './texts/licenses.tr.json' with { type: 'json' };

/** The words about users and their licenses: why one cannot be changed, and the cells of the file. */
export const LICENSE_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
