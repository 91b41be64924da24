import type { Value } from '../api/query.ts';
import { paths } from '../paths.ts';
import type { TextKey } from '../text.ts';
import { shortNumber } from '../upgrades/short-number.ts';

/** One thing that was found: what it is called, what tells it from others, and where it opens. */
export type FoundRow = {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly to: string;
};
export type FoundGroup = { readonly title: TextKey; readonly rows: readonly FoundRow[]; readonly more: boolean };

/** What was found, by kind, without the kinds of which there is nothing. */
export function groupsOf({ customers, subscriptions, users, offers, upgrades }: Value<'search'>): FoundGroup[] {
  const groups: FoundGroup[] = [
    groupOf('nav.customers', customers, ({ customerId, name, domain }) => ({
      id: customerId,
      name,
      detail: domain,
      to: paths.subscriptions(customerId),
    })),
    groupOf('subs.title', subscriptions, ({ customerId, customerName, subscriptionId, name, offerName, status }) => ({
      id: subscriptionId,
      name,
      detail: name === offerName ? customerName : `${customerName} · ${offerName}`,
      // Its list hides those that have ended, unless asked.
      to: `${paths.subscriptions(customerId)}?q=${subscriptionId}${status === 'deleted' ? '&ended=1' : ''}`,
    })),
    groupOf('search.users', users, ({ customerId, customerName, userId, displayName, userPrincipalName }) => ({
      id: userId,
      name: displayName,
      detail: `${customerName} · ${userPrincipalName}`,
      to: `${paths.users(customerId)}?q=${encodeURIComponent(userPrincipalName)}&user=${userId}`,
    })),
    groupOf('nav.upgrades', upgrades, ({ customerId, customerName, upgradeId, from, to }) => ({
      id: upgradeId,
      name: shortNumber(upgradeId),
      detail: `${customerName} · ${from} → ${to}`,
      to: paths.result(customerId, upgradeId),
    })),
    groupOf('cat.tabOffers', offers, ({ offerId, name, platform }) => ({
      id: offerId,
      name,
      detail: offerId,
      to: `${paths.offers}?${new URLSearchParams({ platform, offer: offerId }).toString()}`,
    })),
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

function groupOf<Item>(
  title: TextKey,
  { items, more }: { readonly items: readonly Item[]; readonly more: boolean },
  rowOf: (item: Item) => FoundRow,
): FoundGroup {
  return { title, rows: items.map(rowOf), more };
}
