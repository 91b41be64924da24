import { type CustomerUpgradeOnWire, UPGRADE_COLUMNS, UPGRADE_LIST_TEXTS } from '../../contract/upgrade-list.ts';
import type { Language } from '../../contract/values.ts';
import type { Cell } from '../../contract/csv.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import type { CustomerUpgradeRow, UpgradeFilters } from './upgrade-list.store.ts';
import { presentUpgrade } from './upgrade.presenter.ts';

type Column = (typeof UPGRADE_COLUMNS)[number];

export function presentCustomerUpgrade(row: CustomerUpgradeRow, wording: Wording): CustomerUpgradeOnWire {
  return { ...presentUpgrade(row, wording), customerName: row.customer_name };
}

export function presentUpgradeFilters({ submitters, offerIds }: UpgradeFilters, wording: Wording) {
  const inOrder = (one: { name: string }, other: { name: string }) =>
    one.name.localeCompare(other.name, wording.language);
  return {
    submitters: submitters.map(({ agent_id: agentId, name }) => ({ agentId, name })).toSorted(inOrder),
    offers: offerIds.map((offerId) => ({ offerId, name: offerName(offerId, wording) })).toSorted(inOrder),
  };
}

const CELLS: Readonly<Record<Column, (upgrade: CustomerUpgradeOnWire, language: Language) => Cell>> = {
  customer: ({ customerName }) => customerName,
  number: ({ upgradeId }) => `${upgradeId.slice(-8, -4)}-${upgradeId.slice(-4)}`.toUpperCase(),
  from: ({ source }) => source.offerName,
  to: ({ target }) => target.offerName,
  when: ({ submittedAt }) => submittedAt,
  by: ({ submittedBy }) => submittedBy ?? '',
  licenses: ({ quantity }) => ({ decimal: String(quantity) }),
  net: ({ totals }) => ({ decimal: totals.net.amount }),
  currency: ({ totals }) => totals.net.currency,
  way: ({ way }, language) => UPGRADE_LIST_TEXTS[language].ways[way],
  status: ({ state }, language) => UPGRADE_LIST_TEXTS[language].states[state],
  openAccounts: ({ licenses }) => ({ decimal: String(licenses.openIssues) }),
};

/** The columns of the file but those that are left out, each with its head and how an upgrade is written in it. */
export function upgradeFile(without: string | undefined, language: Language) {
  const left = new Set(without?.split(','));
  const columns = UPGRADE_COLUMNS.filter((one) => !left.has(one));
  return {
    header: columns.map((one) => UPGRADE_LIST_TEXTS[language].columns[one]),
    cells: (upgrade: CustomerUpgradeOnWire) => columns.map((one) => CELLS[one](upgrade, language)),
  };
}
