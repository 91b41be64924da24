import type { RoleMapping } from '../../core/access/roles-from-claims.ts';
import type { Transaction } from '../postgres/database.ts';

/** Who says that a domain is the partner’s: its DNS, the operator, or nobody but the time before proofs were asked for. */
export type DomainProof = 'dns' | 'operator' | 'earlier';

export type ProviderDomain = {
  readonly domain: string;
  /** What the TXT record of the domain has to hold. */
  readonly token: string;
  /** Null: it leads nowhere yet. */
  readonly proof: DomainProof | null;
};

/** Whom a partner trusts to say who its agents are. */
export type Provider = {
  readonly partnerId: string;
  readonly providerId: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  /** In lower case, by name; addresses of those that are proved sign in here. */
  readonly domains: readonly ProviderDomain[];
  /** The claim with roles or groups; null: roles are given by hand. */
  readonly roleClaim: string | null;
  readonly roleMap: readonly RoleMapping[];
  readonly createsAgents: boolean;
  readonly createdAt: Temporal.Instant;
};

type ProviderRow = {
  partner_id: string;
  provider_id: string;
  name: string;
  issuer: string;
  client_id: string;
  client_secret: string;
  scopes: string[];
  domains: ProviderDomain[];
  role_claim: string | null;
  role_map: RoleMapping[];
  creates_agents: boolean;
  created_at: string;
};

const PROVIDERS = `select p.*, (
    select coalesce(jsonb_agg(jsonb_build_object('domain', d.domain, 'token', d.token, 'proof', d.proof) order by d.domain), '[]')
    from identity_provider_domains d where d.partner_id = p.partner_id and d.provider_id = p.provider_id) as domains
  from identity_providers p`;

/** The domains that addresses may be of: of the others nobody has shown that they are the partner’s. */
export function provedDomains({ domains }: Pick<Provider, 'domains'>): string[] {
  return domains.filter(({ proof }) => proof !== null).map(({ domain }) => domain);
}

/** The providers of a partner, the oldest first. */
export async function findProviders(tx: Transaction, partnerId: string): Promise<Provider[]> {
  const order = 'order by p.created_at, p.provider_id';
  return (await tx.query<ProviderRow>(`${PROVIDERS} where p.partner_id = $1 ${order}`, [partnerId])).map(toProvider);
}

export async function findProvider(
  tx: Transaction,
  partnerId: string,
  providerId: string,
): Promise<Provider | undefined> {
  const [row] = await tx.query<ProviderRow>(`${PROVIDERS} where p.partner_id = $1 and p.provider_id = $2`, [
    partnerId,
    providerId,
  ]);
  return row && toProvider(row);
}

/** The same, so that nobody changes it before the transaction is over. */
export async function lockProvider(
  tx: Transaction,
  partnerId: string,
  providerId: string,
): Promise<Provider | undefined> {
  await tx.query('select 1 from identity_providers where partner_id = $1 and provider_id = $2 for update', [
    partnerId,
    providerId,
  ]);
  return findProvider(tx, partnerId, providerId);
}

/** Before anybody is signed in: at most two of any partner, or the one that a domain leads to; with a proved domain alone. The system's. */
export async function findProvidersToSignIn(tx: Transaction, domain: string | undefined): Promise<Provider[]> {
  const rows =
    domain === undefined
      ? await tx.query<ProviderRow>(
          `${PROVIDERS} where exists (select 1 from identity_provider_domains o
             where o.partner_id = p.partner_id and o.provider_id = p.provider_id and o.proved_at is not null) limit 2`,
        )
      : await tx.query<ProviderRow>(
          `${PROVIDERS} where (p.partner_id, p.provider_id) in (
             select o.partner_id, o.provider_id from identity_provider_domains o
             where o.domain = $1 and o.proved_at is not null)`,
          [domain],
        );
  return rows.map(toProvider);
}

/** Every provider at which a client is registered so. The system's. */
export async function findProvidersOfClient(
  tx: Transaction,
  issuer: string,
  clientIds: readonly string[],
): Promise<Provider[]> {
  // What is stored may lack the slash at the end.
  const rows = await tx.query<ProviderRow>(
    `${PROVIDERS} where p.issuer in ($1, rtrim($1, '/'), $1 || '/') and p.client_id = any ($2)`,
    [issuer, clientIds],
  );
  return rows.map(toProvider);
}

/** Inserts a provider, or replaces what is there of it; its domains are saved apart. */
export async function saveProvider(tx: Transaction, provider: Omit<Provider, 'domains'>): Promise<void> {
  await tx.query(
    `insert into identity_providers (partner_id, provider_id, name, issuer, client_id, client_secret, scopes, role_claim, role_map,
       creates_agents, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)
     on conflict (partner_id, provider_id) do update set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id,
       client_secret = excluded.client_secret, scopes = excluded.scopes, role_claim = excluded.role_claim, role_map = excluded.role_map,
       creates_agents = excluded.creates_agents`,
    [
      provider.partnerId,
      provider.providerId,
      provider.name,
      provider.issuer,
      provider.clientId,
      provider.clientSecret,
      provider.scopes,
      provider.roleClaim,
      JSON.stringify(provider.roleMap),
      provider.createsAgents,
      provider.createdAt.toString(),
    ],
  );
}

/**
 * Replaces the domains of a provider: those that stay keep their tokens and proofs, new ones are unproved. Returns those that another provider
 * of the partner has, which were not saved.
 */
export async function saveDomains(
  tx: Transaction,
  { partnerId, providerId }: Pick<Provider, 'partnerId' | 'providerId'>,
  domains: readonly Pick<ProviderDomain, 'domain' | 'token'>[],
): Promise<readonly string[]> {
  const key = [partnerId, providerId];
  const names = domains.map(({ domain }) => domain);
  await tx.query(
    'delete from identity_provider_domains where partner_id = $1 and provider_id = $2 and domain <> all ($3)',
    [...key, names],
  );
  await tx.query(
    `insert into identity_provider_domains (partner_id, provider_id, domain, token)
     select $1, $2, given.domain, given.token from jsonb_to_recordset($3::jsonb) as given (domain text, token text)
     order by given.domain on conflict do nothing`,
    [...key, JSON.stringify(domains)],
  );
  const rows = await tx.query<{ domain: string }>(
    'select domain from identity_provider_domains where partner_id = $1 and provider_id = $2',
    key,
  );
  const saved = new Set(rows.map(({ domain }) => domain));
  return names.filter((domain) => !saved.has(domain));
}

/** False: there is no such provider. */
export async function deleteProvider(tx: Transaction, partnerId: string, providerId: string): Promise<boolean> {
  const rows = await tx.query(
    'delete from identity_providers where partner_id = $1 and provider_id = $2 returning provider_id',
    [partnerId, providerId],
  );
  return rows.length > 0;
}

function toProvider(row: ProviderRow): Provider {
  return {
    partnerId: row.partner_id,
    providerId: row.provider_id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    clientSecret: row.client_secret,
    scopes: row.scopes,
    domains: row.domains,
    roleClaim: row.role_claim,
    roleMap: row.role_map,
    createsAgents: row.creates_agents,
    createdAt: Temporal.Instant.from(row.created_at),
  };
}
