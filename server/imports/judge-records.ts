import { type Judged, judgeSubscriptions } from '../../core/imports/judge-subscriptions.ts';
import { type JudgedUser, judgeUsers } from '../../core/imports/judge-users.ts';
import type { CustomerFact, RecordDoubt, SubscriptionFact, UserFact } from '../../core/imports/record.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import { checkDirectory } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findListPrices } from '../sandbox/seed-subscriptions.store.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';
import {
  findElsewhere,
  findKnownCustomers,
  findKnownSubscriptions,
  findKnownUsers,
  type KnownCustomer,
} from './known-customer.store.ts';
import type { FactRow } from './record.store.ts';

type JudgedFact<Fact, Judgement = Judged<Fact>> = FactRow<Fact> & { readonly judged: Judgement };

/** What becomes of rows of customers: one that nobody has is new, and one that the partner has stays as it is. */
export async function judgeCustomers(
  tx: Transaction,
  { actor }: Pick<Call, 'actor'>,
  rows: readonly FactRow<CustomerFact>[],
): Promise<JudgedFact<CustomerFact>[]> {
  const { partnerId, market } = actor.partner;
  const domains = rows.map(({ fact }) => fact.domain);
  const ids = rows.flatMap(({ fact }) => fact.customerId ?? []);
  const known = await findKnownCustomers(tx, partnerId, [...domains, ...ids]);
  const elsewhere = await findElsewhere(tx, { ids, domains });
  return rows.map((row) => ({ ...row, judged: judgeCustomer(row.fact, { known, elsewhere, market }) }));
}

function judgeCustomer(
  fact: CustomerFact,
  { known, elsewhere, market }: { known: readonly KnownCustomer[]; elsewhere: ReadonlySet<string>; market: string },
): Judged<CustomerFact> {
  const byId = known.find(({ customerId }) => customerId === fact.customerId);
  const byDomain = known.find(({ domain }) => domain === fact.domain);
  if (byId && byDomain && byId !== byDomain) return { state: 'in-doubt', reason: 'customer-ambiguous' };
  if (elsewhere.has(fact.domain) || (fact.customerId !== undefined && elsewhere.has(fact.customerId)))
    return { state: 'in-doubt', reason: 'customer-elsewhere', found: fact.domain };
  const there = byId ?? byDomain;
  if (there) {
    const names = ['customerId', 'name', 'domain', 'country'] as const;
    const differing = names.filter((name) => fact[name] !== undefined && fact[name] !== there[name]);
    if (differing.length === 0) return { state: 'same' };
    const before = Object.fromEntries(differing.map((name) => [name, there[name]]));
    return { state: 'left-out', reason: 'customer-kept', before };
  }
  if (fact.country !== undefined && fact.country !== market)
    return { state: 'in-doubt', reason: 'other-country', found: fact.country };
  return { state: 'new' };
}

/** The one customer of the partner that a file means by an id or a domain, or why it is none. */
export function meanCustomer(
  ref: string,
  known: readonly KnownCustomer[],
): KnownCustomer | Extract<RecordDoubt, 'customer-unknown' | 'customer-ambiguous'> {
  const [found, ...more] = known.filter(({ customerId, domain }) => customerId === ref || domain === ref);
  if (!found) return 'customer-unknown';
  return more.length > 0 ? 'customer-ambiguous' : found;
}

/** What becomes of rows of subscriptions of one customer, and what those cost that give no price. */
export async function judgeSubscriptionRows(
  tx: Transaction,
  { actor, catalog, clock }: Pick<Call, 'actor' | 'catalog' | 'clock'>,
  { customerId, country }: KnownCustomer,
  rows: readonly FactRow<SubscriptionFact>[],
): Promise<{
  readonly judged: JudgedFact<SubscriptionFact>[];
  readonly listPrices: ReadonlyMap<string, string | null>;
}> {
  const { partnerId } = actor.partner;
  const facts = rows.map(({ fact }) => fact);
  const ids = facts.flatMap(({ subscriptionId, addOnOf }) => (addOnOf ? [subscriptionId, addOnOf] : [subscriptionId]));
  const known = await findKnownSubscriptions(tx, { partnerId, customerId }, ids);
  const prices = await findListPrices(
    tx,
    facts.map((fact) => ({
      country,
      seed: { ...fact, partnerId, purchasedOn: Temporal.PlainDate.from(fact.startsOn) },
    })),
  );
  const listPrices = new Map(facts.map((fact, at) => [fact.subscriptionId, prices[at]?.listPrice ?? null]));
  const judged = judgeSubscriptions(facts, { catalog, today: utcDay(clock.now()), ...known, listPrices });
  return { judged: withJudged(rows, judged), listPrices };
}

type UserRows = { readonly judged: JudgedFact<UserFact, JudgedUser>[]; readonly takenIds: ReadonlySet<string> };

/** What becomes of rows of users of one customer, and the licenses that they get. */
export async function judgeUserRows(
  tx: Transaction,
  { actor, catalog, clock }: Pick<Call, 'actor' | 'catalog' | 'clock'>,
  { customerId, domain }: KnownCustomer,
  rows: readonly FactRow<UserFact>[],
): Promise<UserRows> {
  const now = clock.now();
  const facts = rows.map(({ fact }) => fact);
  const found = await findSubscriptions(tx, catalog, actor, now, customerId);
  const privileges = found?.facts.privileges ?? [];
  const isRefused = (act: 'write_users' | 'assign_license') => !checkDirectory(privileges, act, now).ok;
  if (isRefused('write_users')) {
    const judged = { state: 'in-doubt', reason: 'no-privileges', known: undefined, given: [] } as const;
    return { judged: rows.map((row) => ({ ...row, judged })), takenIds: new Set() };
  }
  const { known, takenIds } = await findKnownUsers(tx, customerId, {
    names: facts.map(({ signInName }) => signInName.toLowerCase()),
    ids: facts.flatMap(({ userId }) => userId ?? []),
    now,
  });
  const supply = (found?.held ?? [])
    .filter(({ subscription }) => subscription.status === 'active')
    .map(({ subscription, assigned }) => ({ ...subscription, free: subscription.quantity - assigned }));
  const noPrivileges = isRefused('assign_license') ? 'no-privileges' : null;
  const noLicenses = actor.userContext ? noPrivileges : 'no-person';
  const judged = judgeUsers(facts, { catalog, domain, known, supply, noLicenses });
  return { judged: withJudged(rows, judged), takenIds };
}

function withJudged<Row extends object, Judgement>(
  rows: readonly Row[],
  judged: readonly Judgement[],
): (Row & { readonly judged: Judgement })[] {
  return rows.flatMap((row, at) => {
    const one = judged[at];
    return one === undefined ? [] : [{ ...row, judged: one }];
  });
}
