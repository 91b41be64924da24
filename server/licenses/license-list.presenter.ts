import { type CustomerProductOnWire, LICENSE_COLUMNS, LICENSE_LIST_TEXTS } from '../../contract/license-list.ts';
import type { Language } from '../../contract/values.ts';
import type { Cell } from '../../contract/csv.ts';
import type { Wording } from '../http/reason.presenter.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import { skuName } from './license.presenter.ts';
import type { CustomerProduct } from './list-all-licenses.ts';

type Column = (typeof LICENSE_COLUMNS)[number];

export function presentCustomerProduct(
  { row, unusedCost, deadline }: CustomerProduct,
  wording: Wording,
): CustomerProductOnWire {
  return {
    customerId: row.customer_id,
    customerName: row.customer_name,
    domain: row.domain,
    skuId: row.sku_id,
    productName: skuName(row.sku_id, wording),
    seats: row.seats,
    assigned: row.assigned,
    unused: row.unused,
    unusedCost: unusedCost && moneyOf(unusedCost),
    deadline: deadline && { day: deadline.day.toString(), daysLeft: deadline.daysLeft },
    openWork: row.open_upgrade_id === null ? null : { upgradeId: row.open_upgrade_id, issues: row.open_issues },
  };
}

const number = (value: number): Cell => ({ decimal: String(value) });

const CELLS: Readonly<Record<Column, (product: CustomerProductOnWire) => Cell>> = {
  customer: ({ customerName }) => customerName,
  domain: ({ domain }) => domain,
  product: ({ productName }) => productName,
  sku: ({ skuId }) => skuId,
  seats: ({ seats }) => number(seats),
  assigned: ({ assigned }) => number(assigned),
  unused: ({ unused }) => number(unused),
  cost: ({ unusedCost }) => (unusedCost ? { decimal: unusedCost.amount } : ''),
  currency: ({ unusedCost }) => unusedCost?.currency ?? '',
  deadline: ({ deadline }) => deadline?.day ?? '',
  issues: ({ openWork }) => number(openWork?.issues ?? 0),
};

/** The columns of the file but those that are left out, each with its head and how a product is written in it. */
export function licenseFile(without: string | undefined, language: Language) {
  const left = new Set(without?.split(','));
  const columns = LICENSE_COLUMNS.filter((one) => !left.has(one));
  return {
    header: columns.map((one) => LICENSE_LIST_TEXTS[language].columns[one]),
    cells: (product: CustomerProductOnWire) => columns.map((one) => CELLS[one](product)),
  };
}
