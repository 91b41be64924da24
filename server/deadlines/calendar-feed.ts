import { createHash, randomBytes } from 'node:crypto';
import type { Language } from '../../contract/values.ts';
import { may } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Actor, Call, Context } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findFeed, openFeed, removeFeed, saveFeed } from './calendar-feed.store.ts';
import { type DeadlineFilter, type DeadlineRecord, nearestDeadlines } from './list-deadlines.ts';

/** Calendar programs grow slow with more. */
const MOST_EVENTS = 1000;
/** How far a calendar looks that is fetched again and again. */
const FEED: DeadlineFilter = { list: 'commitment', days: 365, sort: 'day' };

/** 256 random bits: the address of a calendar is all that its reader shows. */
const TOKEN = /^[\w-]{43}$/;

export type Deadlines = { readonly records: readonly DeadlineRecord[]; readonly more: boolean };

/** The address that the agent has, without its token. Refused: role. */
export async function showFeed({
  actor,
  database,
}: Call): Promise<Outcome<{ created_at: string; last_used_at: string | null } | undefined>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const of = ownerOf(actor);
  return accepted(await database.read(of.partnerId, (tx) => findFeed(tx, of)));
}

/** Makes another address; the one before stops. The token is in the answer alone. Refused: role. */
export async function renewFeed(call: Call, language: Language): Promise<Outcome<{ token: string }>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const token = randomBytes(32).toString('base64url');
  const of = ownerOf(actor);
  await database.write(of.partnerId, async (tx) => {
    await saveFeed(tx, { ...of, tokenHash: hashOf(token), language, now: clock.now() });
    await record(tx, call, 'calendar.opened');
  });
  return accepted({ token });
}

/** Ends the address; a repeat does nothing. Refused: role. */
export async function revokeFeed(call: Call): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const of = ownerOf(actor);
  await database.write(of.partnerId, async (tx) => {
    if (await removeFeed(tx, of)) await record(tx, call, 'calendar.closed');
  });
  return accepted(undefined);
}

/** What a calendar program is told at an address. Undefined: there is none, or its agent left or may not see customers any more. */
export async function readFeed(
  context: Context,
  token: string,
): Promise<(Deadlines & { readonly actor: Actor; readonly language: Language }) | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const { clock, database } = context;
  const feed = await database.asSystem((tx) => openFeed(tx, hashOf(token), clock.now()));
  if (!feed || !may(feed.actor.roles, 'view')) return undefined;
  const { actor, language } = feed;
  const found = await nearestDeadlines({ ...context, actor }, FEED, { most: MOST_EVENTS, language });
  return { ...found, actor, language };
}

/** What a calendar file holds. Refused: role. */
export async function readCalendar(call: Call, asked: DeadlineFilter, language: Language): Promise<Outcome<Deadlines>> {
  const allowed = checkRole(call.actor.roles, 'view');
  if (!allowed.ok) return allowed;
  return accepted(await nearestDeadlines(call, asked, { most: MOST_EVENTS, language }));
}

function ownerOf({ agentId, partner }: Actor) {
  return { partnerId: partner.partnerId, agentId };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

async function record(tx: Transaction, call: Call, action: 'calendar.opened' | 'calendar.closed'): Promise<void> {
  const { agentId, partner } = call.actor;
  await saveAudit(tx, [toAuditRow(call, { customerId: partner.partnerId, action, subjectId: agentId, details: {} })]);
}
