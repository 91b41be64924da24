import { randomBytes } from 'node:crypto';
import type { FieldRule } from '../../contract/words.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { type AuditEntry, saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Failure, notFound, type Outcome } from '../failure.ts';
import { type AddressFault, faultOfAddress, type Reach } from '../http/outbound-address.ts';
import type { Transaction } from '../postgres/database.ts';
import { type DomainProving, proveVouchedFor } from './prove-domain.ts';
import { endSessionsOfProvider } from './provider-session.store.ts';
import {
  deleteProvider,
  findProvider,
  findProviders,
  lockProvider,
  type Provider,
  saveDomains,
  saveProvider,
} from './provider.store.ts';
import { unlinkAgents } from './work-account.store.ts';

export type WantedProvider = Omit<Provider, 'partnerId' | 'providerId' | 'clientSecret' | 'createdAt' | 'domains'> & {
  readonly domains: readonly string[];
};
type Parts = { readonly reach: Reach; readonly proving: DomainProving };

/** The providers of the partner, the oldest first. Refused: role. */
export async function listProviders({ actor, database }: Call): Promise<Outcome<Provider[]>> {
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findProviders(tx, partnerId)));
}

/** New domains lead nowhere until they are proved. Refused: role, an issuer that may not be called, a domain of another provider of the partner. */
export async function createProvider(
  call: Call,
  { reach, proving }: Parts,
  wanted: WantedProvider & { readonly clientSecret: string },
): Promise<Outcome<Provider>> {
  const allowed = checkWanted(call, reach, wanted);
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  const provider = { ...wanted, partnerId, providerId: call.newId(), createdAt: call.clock.now() };
  const created = await writing(call, (tx) => save(tx, call, 'identity-provider.created', provider));
  return proved(call, proving, created);
}

/**
 * Replaces what is known of a provider; without a secret the old one stays, but never goes to another issuer. Another issuer or client
 * knows agents by other names: links and sessions of before end. Refused: as for a new one, an unknown provider, a missing secret.
 */
export async function changeProvider(
  call: Call,
  { reach, proving }: Parts,
  providerId: string,
  wanted: WantedProvider & { readonly clientSecret?: string | undefined },
): Promise<Outcome<Provider>> {
  const allowed = checkWanted(call, reach, wanted);
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  const changed = await writing(call, async (tx): Promise<Outcome<Provider>> => {
    const before = await lockProvider(tx, partnerId, providerId);
    if (!before) return notFound('identityProvider', providerId);
    const isOther = before.issuer !== wanted.issuer || before.clientId !== wanted.clientId;
    if (isOther && wanted.clientSecret === undefined)
      return refused({ code: 'invalid-field', field: 'clientSecret', expected: 'secretOfClient' });
    const provider = { ...before, ...wanted, clientSecret: wanted.clientSecret ?? before.clientSecret };
    if (isOther) {
      await endSessionsOfProvider(tx, provider);
      await unlinkAgents(tx, provider);
    }
    return save(tx, call, 'identity-provider.changed', provider);
  });
  return proved(call, proving, changed);
}

/** Trusts a provider no longer; sessions that it opened end. A repeat is refused, as is an unknown one, or the role. */
export async function removeProvider(call: Call, providerId: string): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<undefined>> => {
    await endSessionsOfProvider(tx, { partnerId, providerId });
    if (!(await deleteProvider(tx, partnerId, providerId))) return notFound('identityProvider', providerId);
    await record(tx, call, 'identity-provider.removed', providerId, {});
    return accepted(undefined);
  });
}

function checkWanted({ actor }: Call, reach: Reach, { issuer }: WantedProvider): Outcome<undefined> {
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const fault = faultOfAddress(issuer, reach);
  return fault ? refused({ code: 'invalid-field', field: 'issuer', expected: ISSUER_RULES[fault] }) : allowed;
}

const ISSUER_RULES: Readonly<Record<AddressFault, FieldRule>> = {
  address: 'issuerAddress',
  https: 'issuerHttps',
  public: 'issuerPublic',
};

/** A transaction that a failure takes back. */
async function writing(
  { database, actor }: Call,
  work: (tx: Transaction) => Promise<Outcome<Provider>>,
): Promise<Outcome<Provider>> {
  try {
    return await database.write(actor.partner.partnerId, work);
  } catch (error) {
    if (error instanceof TakenBack) return refused(error.failure);
    throw error;
  }
}

class TakenBack extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

type Saved = WantedProvider & Omit<Provider, 'domains'>;

async function save(
  tx: Transaction,
  call: Call,
  action: AuditEntry['action'],
  provider: Saved,
): Promise<Outcome<Provider>> {
  const { partnerId, providerId, issuer, clientId, domains, scopes, roleClaim, roleMap, createsAgents } = provider;
  await saveProvider(tx, provider);
  const named = domains.map((domain) => ({ domain, token: randomBytes(16).toString('hex') }));
  const [taken] = await saveDomains(tx, provider, named);
  if (taken !== undefined) {
    throw new TakenBack({ code: 'invalid-field', field: `domains.${domains.indexOf(taken)}`, expected: 'freeDomain' });
  }
  const details = { issuer, clientId, domains, scopes, roleClaim, roleMap, createsAgents };
  await record(tx, call, action, providerId, details);
  return present(tx, partnerId, providerId);
}

/** What the operator vouches for leads there at once. */
async function proved(call: Call, proving: DomainProving, saved: Outcome<Provider>): Promise<Outcome<Provider>> {
  if (!saved.ok) return saved;
  const { partnerId, providerId } = saved.value;
  await proveVouchedFor(call, proving, saved.value);
  return call.database.read(partnerId, (tx) => present(tx, partnerId, providerId));
}

async function present(tx: Transaction, partnerId: string, providerId: string): Promise<Outcome<Provider>> {
  const provider = await findProvider(tx, partnerId, providerId);
  return provider ? accepted(provider) : notFound('identityProvider', providerId);
}

async function record(
  tx: Transaction,
  call: Call,
  action: AuditEntry['action'],
  subjectId: string,
  details: object,
): Promise<void> {
  const { partnerId: customerId } = call.actor.partner;
  await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId, details })]);
}
