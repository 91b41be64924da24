import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { type Found, searchEverything, SHOWN } from './search-everything.ts';

export function searchRoutes(mount: Mount): void {
  mount.signedIn('search', async ({ call, query, language, wording }) => {
    const found = await searchEverything(call, query.q, language);
    return found.ok ? accepted(present(found.value, wording)) : found;
  });
}

function present({ customers, subscriptions, users, offers, upgrades }: Found, wording: Wording) {
  return {
    customers: groupOf(customers, ({ customer_id, name, domain }) => ({ customerId: customer_id, name, domain })),
    subscriptions: groupOf(subscriptions, (row) => {
      const offer = offerName(row.offer_id, wording);
      const { subscription_id: subscriptionId, status } = row;
      return { ...customerOf(row), subscriptionId, name: row.friendly_name ?? offer, offerName: offer, status };
    }),
    users: groupOf(users, (row) => ({
      ...customerOf(row),
      userId: row.user_id,
      displayName: row.display_name,
      userPrincipalName: row.user_principal_name,
    })),
    offers: groupOf(offers, ({ offerId, platform }) => ({ offerId, name: offerName(offerId, wording), platform })),
    upgrades: groupOf(upgrades, (row) => ({
      ...customerOf(row),
      upgradeId: row.upgrade_id,
      from: offerName(row.source_offer_id, wording),
      to: offerName(row.target_offer_id, wording),
    })),
  };
}

function customerOf(row: { readonly customer_id: string; readonly customer_name: string }) {
  return { customerId: row.customer_id, customerName: row.customer_name };
}

function groupOf<Row, Item>(rows: readonly Row[], presentItem: (row: Row) => Item) {
  return { items: rows.slice(0, SHOWN).map(presentItem), more: rows.length > SHOWN };
}
