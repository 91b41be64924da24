import type { Refusal } from '../../core/upgrades/refusal.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';

export type WatchOutcome = 'cleared' | 'still-refused';

/** An upgrade that is looked at again on a day; one for each subscription and target of a partner. */
export type Watch = {
  readonly watchId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly friendlyName: string | null;
  readonly offerId: string;
  readonly targetOfferId: string;
  readonly checkOn: string | null;
  readonly byLetter: boolean;
  readonly setAt: string;
  readonly checkedAt: string | null;
  readonly outcome: WatchOutcome | null;
  readonly found: readonly Refusal[];
};

const WATCHES = `
  select w.watch_id as "watchId", w.customer_id as "customerId", c.name as "customerName", w.subscription_id as "subscriptionId",
    s.friendly_name as "friendlyName", s.offer_id as "offerId", w.target_offer_id as "targetOfferId", w.check_on as "checkOn",
    w.by_letter as "byLetter", w.set_at as "setAt", w.checked_at as "checkedAt", w.outcome, w.found
  from watches w
  join customers c on c.customer_id = w.customer_id
  join subscriptions s on s.customer_id = w.customer_id and s.subscription_id = w.subscription_id
  where w.partner_id = $1`;

export type WatchPage = {
  readonly customerId: string | undefined;
  readonly limit: number;
  readonly before: string | undefined;
};

/** A partner's watches, the newest first; one more than the limit tells that there is a next page. */
export async function findWatches(
  tx: Transaction,
  partnerId: string,
  { customerId, limit, before }: WatchPage,
): Promise<Watch[]> {
  const rows = await tx.query<Watch>(
    `${WATCHES} and ($2::uuid is null or w.customer_id = $2) and ($3::uuid is null or w.watch_id < $3)
     order by w.watch_id desc limit $4`,
    [partnerId, customerId ?? null, before ?? null, limit + 1],
  );
  return rows.map(revive);
}

export async function findWatch(
  tx: Transaction,
  partnerId: string,
  { customerId, watchId }: { customerId: string; watchId: string },
): Promise<Watch | undefined> {
  const [row] = await tx.query<Watch>(`${WATCHES} and w.customer_id = $2 and w.watch_id = $3`, [
    partnerId,
    customerId,
    watchId,
  ]);
  return row && revive(row);
}

/** What is watched: a subscription and where it is to go. */
export type Watched = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly targetOfferId: string;
};

export async function findWatchOf(
  tx: Transaction,
  partnerId: string,
  { customerId, subscriptionId, targetOfferId }: Watched,
): Promise<Watch | undefined> {
  const [row] = await tx.query<Watch>(
    `${WATCHES} and w.customer_id = $2 and w.subscription_id = $3 and w.target_offer_id = $4`,
    [partnerId, customerId, subscriptionId, targetOfferId],
  );
  return row && revive(row);
}

export async function findCustomerName(tx: Transaction, customerId: string): Promise<string> {
  const [row] = await tx.query<{ name: string }>('select name from customers where customer_id = $1', [customerId]);
  return row?.name ?? '';
}

type NewWatch = Watched & {
  readonly watchId: string;
  readonly partnerId: string;
  readonly agentId: string;
  readonly setAt: string;
  readonly byLetter: boolean;
  readonly checkOn: string;
};

/** Sets a watch, or moves the one that is there; what its last look found stays. */
export async function saveWatch(tx: Transaction, watch: NewWatch, audit: AuditRow): Promise<void> {
  await tx.query(
    `with ${auditParts('$10::jsonb')}
     insert into watches (customer_id, watch_id, partner_id, subscription_id, target_offer_id, set_by, set_at, by_letter, check_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (customer_id, partner_id, subscription_id, target_offer_id) do update set set_by = excluded.set_by,
       set_at = excluded.set_at, by_letter = excluded.by_letter, check_on = excluded.check_on`,
    [
      watch.customerId,
      watch.watchId,
      watch.partnerId,
      watch.subscriptionId,
      watch.targetOfferId,
      watch.agentId,
      watch.setAt,
      watch.byLetter,
      watch.checkOn,
      JSON.stringify([audit]),
    ],
  );
}

/** Keeps what a look found, and when to look next. */
export async function saveLook(
  tx: Transaction,
  { customerId, watchId }: Pick<Watch, 'customerId' | 'watchId'>,
  look: { readonly at: string; readonly found: readonly Refusal[]; readonly checkOn: string | null },
  audit: AuditRow,
): Promise<void> {
  await tx.query(
    `with ${auditParts('$7::jsonb')}
     update watches set checked_at = $3, outcome = $4, found = $5::jsonb, check_on = $6 where customer_id = $1 and watch_id = $2`,
    [
      customerId,
      watchId,
      look.at,
      look.found.length === 0 ? 'cleared' : 'still-refused',
      JSON.stringify(look.found),
      look.checkOn,
      JSON.stringify([audit]),
    ],
  );
}

export async function deleteWatch(
  tx: Transaction,
  { customerId, watchId }: Pick<Watch, 'customerId' | 'watchId'>,
  audit: AuditRow,
): Promise<void> {
  await tx.query(`with ${auditParts('$3::jsonb')} delete from watches where customer_id = $1 and watch_id = $2`, [
    customerId,
    watchId,
    JSON.stringify([audit]),
  ]);
}

export type DueWatch = { readonly customerId: string; readonly watchId: string; readonly partner: Actor['partner'] };

/** Watches that are due on a day, of partners that still see the customer, with what a look needs to know of the partner. */
export async function findDueWatches(tx: Transaction, today: string, most: number): Promise<DueWatch[]> {
  return tx.query<DueWatch>(
    `select w.customer_id as "customerId", w.watch_id as "watchId", json_build_object('partnerId', p.partner_id, 'name', p.name,
       'market', p.market, 'currency', p.currency, 'language', p.language) as partner
     from watches w
     join relationships r on r.customer_id = w.customer_id and r.partner_id = w.partner_id
     join partners p on p.partner_id = w.partner_id
     where w.check_on <= $1 order by w.check_on, w.watch_id limit $2`,
    [today, most],
  );
}

/** JSON has no moments and no days. */
function revive(row: Watch): Watch {
  return { ...row, found: row.found.map(reviveRefusal) };
}

function reviveRefusal(refusal: Refusal): Refusal {
  return 'endedAt' in refusal ? { ...refusal, endedAt: Temporal.Instant.from(String(refusal.endedAt)) } : refusal;
}
