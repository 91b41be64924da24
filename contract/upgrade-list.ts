import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/upgrade-list.en.json' with { type: 'json' };
import tr from './texts/upgrade-list.tr.json' with { type: 'json' };
import { upgrade } from './upgrades.ts';
import { columnsLeftOut, day, id, offerId, pageLimit, pageOf, storable, text } from './values.ts';

/** The head of the file of upgrades, and words in it. */
export const UPGRADE_LIST_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
export type UpgradeColumn = keyof typeof en.columns;
export const UPGRADE_COLUMNS = Object.keys(en.columns) as [UpgradeColumn, ...UpgradeColumn[]];

const customerUpgrade = upgrade.extend({ customerName: z.string() });
export type CustomerUpgradeOnWire = z.infer<typeof customerUpgrade>;

const UPGRADE_TABS = ['all', 'toApprove', 'waiting', 'needsWork', 'failed'] as const;
const UPGRADE_SORTS = ['newest', 'oldest', 'customer', '-customer', 'licenses', '-licenses', 'net', '-net'] as const;

export const upgradeListEndpoints = {
  listAllUpgrades: {
    ...routes.listAllUpgrades,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'Upgrades of all customers, page by page; as CSV all that match',
    query: z.object({
      /** `toApprove`: by you. `waiting`: for an approval or held. `needsWork`: done, with open accounts. `failed`: rejected or given back. */
      tab: z.enum(UPGRADE_TABS).default('all'),
      /** Part of the customer’s name, or of the number of the upgrade. */
      search: storable.trim().max(200).optional(),
      state: upgrade.shape.state.optional(),
      way: upgrade.shape.way.optional(),
      /** Of what it came from or went to. */
      offerId: offerId.optional(),
      submittedById: id.optional(),
      /** The first and the last UTC day on which it was submitted. */
      from: day.optional(),
      until: day.optional(),
      sort: z.enum(UPGRADE_SORTS).default('newest'),
      limit: pageLimit,
      /** Holds the sort value of a row, so it is as long as the longest name. */
      cursor: text(2000).optional(),
      /** Columns of the file that are left out, parted by commas. */
      without: columnsLeftOut(UPGRADE_COLUMNS).optional(),
    }),
    csv: true,
    status: 200,
    answer: pageOf(customerUpgrade),
    problems: ['role-not-allowed'],
  },
  listUpgradeFilters: {
    ...routes.listUpgradeFilters,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'What the list of upgrades can be filtered by: people who submitted one, and offers',
    status: 200,
    answer: z.object({
      submitters: z.array(z.object({ agentId: id, name: z.string() })),
      offers: z.array(z.object({ offerId: z.string(), name: z.string() })),
    }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
