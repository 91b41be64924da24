import type { Language } from '../../contract/values.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import { escapeLike } from '../postgres/escape-like.ts';
import type { Transaction } from '../postgres/database.ts';

/** What is looked for, as a person may have meant it. */
export type Wanted = {
  /** Folded for search. */
  readonly text: string;
  /** The first and last id that begin so; null: it is not the beginning of one. */
  readonly ids: readonly [string, string] | null;
  /** The beginning of an upgrade's number; null: it cannot be one. */
  readonly number: string | null;
  /** Offers that have the text in their name, in any language. */
  readonly offerIds: readonly string[];
  readonly language: Language;
  /** How many of a kind. */
  readonly most: number;
};

export type FoundCustomer = { readonly customer_id: string; readonly name: string; readonly domain: string };

/** Customers with the text in their name or domain, those first whose name begins with it. */
export async function findCustomersBy(
  tx: Transaction,
  partnerId: string,
  { text, ids, language, most }: Wanted,
): Promise<FoundCustomer[]> {
  return tx.query<FoundCustomer>(
    `select c.customer_id, c.name, c.domain
     from relationships r join customers c on c.customer_id = r.customer_id
     where r.partner_id = $1
       and (c.name_folded like '%' || $2 || '%' or c.domain like '%' || $2 || '%' or c.customer_id between $3::uuid and $4::uuid)
     order by c.name_folded not like $2 || '%', c.name collate ${COLLATIONS[language]}, c.customer_id limit $5`,
    [partnerId, escapeLike(text), ids?.[0] ?? null, ids?.[1] ?? null, most],
  );
}

export type FoundSubscription = {
  readonly customer_id: string;
  readonly customer_name: string;
  readonly subscription_id: string;
  readonly friendly_name: string | null;
  readonly offer_id: string;
  readonly status: 'pending' | 'active' | 'suspended' | 'expired' | 'disabled' | 'deleted';
};

/** The partner's subscriptions by id, nickname or offer; one that has ended is found by its id and nickname. */
export async function findSubscriptionsBy(
  tx: Transaction,
  partnerId: string,
  { text, ids, offerIds, language, most }: Wanted,
): Promise<FoundSubscription[]> {
  const of = (condition: string) =>
    `(select s.customer_id, s.subscription_id from subscriptions s where s.partner_id = $1 and ${condition} limit $6)`;
  return tx.query<FoundSubscription>(
    `select s.customer_id, c.name as customer_name, s.subscription_id, s.friendly_name, s.offer_id, s.status
     from (
       ${of('s.subscription_id between $3::uuid and $4::uuid')}
       union ${of('s.nickname_folded ^@ $2')}
       union ${of('s.nickname_from_second ^@ $2')}
       union (select o.* from unnest($5::text[]) k cross join lateral
         ${of(`s.offer_id = k and s.status <> 'deleted'`)} o limit $6)) found
     join subscriptions s on s.customer_id = found.customer_id and s.subscription_id = found.subscription_id
     join customers c on c.customer_id = s.customer_id
     order by s.status = 'deleted', c.name collate ${COLLATIONS[language]}, s.subscription_id limit $6`,
    [partnerId, text, ids?.[0] ?? null, ids?.[1] ?? null, offerIds, most],
  );
}

export type FoundUser = {
  readonly customer_id: string;
  readonly customer_name: string;
  readonly user_id: string;
  readonly display_name: string;
  readonly user_principal_name: string;
};

/** Users of whose name a word begins so, the first or the last name first, or an address. */
export async function findUsersBy(tx: Transaction, { text, language, most }: Wanted): Promise<FoundUser[]> {
  // Nothing but what the index holds, so that rows of other partners are passed over without being read.
  const by = (column: string) =>
    `(select u.customer_id, u.user_id from users u where u.deleted_at is null and u.${column} ^@ $1
      order by u.${column} limit $2)`;
  return tx.query<FoundUser>(
    `select u.customer_id, c.name as customer_name, u.user_id, u.display_name, u.user_principal_name
     from (
       ${by('name_folded')} union ${by('name_turned')} union ${by('name_from_second')}
       union (select a.customer_id, a.user_id from user_addresses a where a.address collate "C" ^@ $1
         order by a.address collate "C" limit $2)) found
     join users u on u.customer_id = found.customer_id and u.user_id = found.user_id
     join customers c on c.customer_id = u.customer_id
     where u.deleted_at is null
     order by u.display_name collate ${COLLATIONS[language]}, c.name collate ${COLLATIONS[language]}, u.user_id limit $2`,
    [text, most],
  );
}

export type FoundUpgrade = {
  readonly customer_id: string;
  readonly customer_name: string;
  readonly upgrade_id: string;
  readonly source_offer_id: string;
  readonly target_offer_id: string;
};

/** The partner's upgrades by number or id, the newest first. */
export async function findUpgradesBy(
  tx: Transaction,
  partnerId: string,
  { number, ids, most }: Wanted,
): Promise<FoundUpgrade[]> {
  return tx.query<FoundUpgrade>(
    `select u.customer_id, c.name as customer_name, u.upgrade_id, u.source_offer_id, u.target_offer_id
     from upgrades u join customers c on c.customer_id = u.customer_id
     where u.partner_id = $1 and (u.number ^@ $2 or u.upgrade_id between $3::uuid and $4::uuid)
     order by u.upgrade_id desc limit $5`,
    [partnerId, number, ids?.[0] ?? null, ids?.[1] ?? null, most],
  );
}
