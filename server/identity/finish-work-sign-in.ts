import { findClaim, rolesFromClaims } from '../../core/access/roles-from-claims.ts';
import { isOfDomain, verifiedAddress } from '../../core/access/verified-address.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import { type AuditEntry, saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Actor, Context } from '../context.ts';
import type { Identity, OpenId } from '../http/open-id.ts';
import type { Transaction } from '../postgres/database.ts';
import { hashOfKey } from './begin-work-sign-in.ts';
import { type NewSession, openSession } from './open-session.ts';
import { saveProviderSession } from './provider-session.store.ts';
import { findProvider, type Provider, provedDomains } from './provider.store.ts';
import type { Origin } from './sign-in.ts';
import { PROBLEM_OF_FAULT } from '../http/open-id-problem.ts';
import type { WorkAccountRefusal } from './work-account.ts';
import {
  insertAgent,
  linkAgent,
  lockAgentOfAddress,
  lockAgentOfSubject,
  isRemoved,
  saveRoles,
  takePending,
} from './work-account.store.ts';
import { keepLastGlobalAdmin } from './as-administrator.ts';

export type CameBack = {
  readonly state: string | undefined;
  /** What the browser’s cookie holds. */
  readonly browserKey: string | undefined;
  /** The query that the provider sent it back with. */
  readonly search: string;
  readonly origin: Origin;
};

const LONGEST_NAME = 200;

/**
 * Ends a sign-in that this browser began: verifies what the provider says, finds its agent within the provider’s partner or creates one
 * where the partner wants that, gives the roles that the claims give now, and opens a session. Each begun sign-in is good once, also where
 * it fails. Refused: not begun here, used or too old; denied; a provider that does not answer or is set up wrongly; what cannot be
 * verified; nobody whom the partner knows.
 */
export async function finishWorkSignIn(
  context: Context,
  openId: OpenId,
  { state, browserKey, search, origin }: CameBack,
): Promise<Result<{ session: NewSession; next: string }, WorkAccountRefusal & { next?: string }>> {
  const { database, clock } = context;
  if (state === undefined || browserKey === undefined)
    return refused({ problem: 'not-begun', reason: 'no state, or no cookie for it' });
  const begun = await database.asSystem(async (tx) => {
    const taken = await takePending(tx, hashOfKey(state), hashOfKey(browserKey), clock.now().toString());
    const provider = taken && (await findProvider(tx, taken.partnerId, taken.providerId));
    return taken && provider && { ...taken, provider };
  });
  if (!begun) return refused({ problem: 'not-begun', reason: 'unknown, used or too old' });
  const { provider, pending, next } = begun;
  const refuse = ({ problem, reason }: WorkAccountRefusal) =>
    refused({ problem, reason: `${provider.providerId}: ${reason}`, next });
  const found = await openId.finish(provider, pending, search, (claims) => lacks(claims, provider));
  if (!found.ok) {
    const { fault, reason } = found.refused;
    return refuse({ problem: PROBLEM_OF_FAULT[fault], reason: `${fault}: ${reason}` });
  }
  const identity = found.value;
  const session = await database.asSystem(async (tx) => {
    const who = await findOrCreate(context, tx, { provider, identity, origin });
    if (!who.ok) return who;
    if (await isRemoved(tx, who.value)) return refused({ problem: 'unknown-agent', reason: 'removed' } as const);
    const actor = await giveRoles(context, tx, { provider, identity, origin, actor: who.value });
    const { subject, providerSession: sid, idToken } = identity;
    const entrance = { by: 'oidc', ...origin, providerSession: sid } as const;
    const opened = await openSession(context, tx, actor, entrance);
    await saveProviderSession(tx, actor, opened.sessionId, { providerId: provider.providerId, subject, sid, idToken });
    return accepted(opened);
  });
  return session.ok ? accepted({ session: session.value, next }) : refuse(session.refused);
}

function lacks(claims: Readonly<Record<string, unknown>>, { roleClaim }: Provider): boolean {
  return claims['email'] === undefined || (roleClaim !== null && findClaim(claims, roleClaim) === undefined);
}

type Arrival = { readonly provider: Provider; readonly identity: Identity; readonly origin: Origin };

async function findOrCreate(
  context: Context,
  tx: Transaction,
  { provider, identity, origin }: Arrival,
): Promise<Result<Actor, WorkAccountRefusal>> {
  const refuse = (reason: string) => refused({ problem: 'unknown-agent', reason } as const);
  const { partnerId } = provider;
  const linked = await lockAgentOfSubject(tx, provider, identity.subject);
  if (linked) return accepted(linked);
  const domains = provedDomains(provider);
  const address = verifiedAddress(identity.claims, { issuer: provider.issuer, domains });
  if (address === undefined) return refuse('no verified address');
  let actor = await lockAgentOfAddress(tx, partnerId, address);
  if (!actor) {
    if (!provider.createsAgents) return refuse('unknown, and the partner lets nobody be created');
    if (!isOfDomain(address, domains)) return refuse('unknown, and of no proved domain');
    const displayName = nameOf(identity.claims) ?? address;
    const created = await insertAgent(tx, partnerId, { agentId: context.newId(), email: address, displayName });
    // A second sign-in at the same moment may have been faster.
    actor = await lockAgentOfAddress(tx, partnerId, address);
    if (!actor) return refuse('unknown, and the address is taken elsewhere');
    if (created) await record(context, tx, { actor, origin, action: 'agent.created', provider });
  }
  const { agentId } = actor;
  const link = { subject: identity.subject, agentId, at: context.clock.now().toString() };
  if (!(await linkAgent(tx, provider, link))) {
    const meanwhile = await lockAgentOfSubject(tx, provider, identity.subject);
    // Whoever gets an address after another must not get the other's account too.
    return meanwhile?.agentId === agentId ? accepted(meanwhile) : refuse('the agent is linked to another person');
  }
  await record(context, tx, { actor, origin, action: 'agent.linked', provider });
  return accepted(actor);
}

/**
 * What the provider says counts for more than what was set by hand, except that the last Global admin stays; a provider without a claim for
 * it says nothing.
 */
async function giveRoles(
  context: Context,
  tx: Transaction,
  { provider, identity, origin, actor }: Arrival & { actor: Actor },
): Promise<Actor> {
  if (provider.roleClaim === null) return actor;
  const claimed = rolesFromClaims(identity.claims, provider.roleClaim, provider.roleMap);
  const roles = await keepLastGlobalAdmin(tx, actor, claimed);
  const before = actor.roles;
  if (before.length === roles.length && roles.every((role) => before.includes(role))) return actor;
  await saveRoles(tx, actor, roles);
  const details = { before: { roles: before }, after: { roles } };
  await record(context, tx, { actor, origin, action: 'agent.roles-changed', provider, details });
  return { ...actor, roles };
}

function nameOf({ name }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof name !== 'string' || !name.isWellFormed() || name.includes('\0')) return undefined;
  return name.trim().slice(0, LONGEST_NAME).toWellFormed() || undefined;
}

type Act = {
  readonly actor: Actor;
  readonly origin: Origin;
  readonly action: AuditEntry['action'];
  readonly provider: Provider;
  readonly details?: object;
};

async function record(
  context: Context,
  tx: Transaction,
  { actor, origin, action, provider, details = {} }: Act,
): Promise<void> {
  const call = {
    ...context,
    actor,
    correlationId: origin.correlationId ?? context.newId(),
    origin: { address: origin.address, clientId: null },
  };
  const entry = {
    customerId: provider.partnerId,
    action,
    subjectId: actor.agentId,
    details: { ...details, providerId: provider.providerId },
  };
  await saveAudit(tx, [toAuditRow(call, entry)]);
}
