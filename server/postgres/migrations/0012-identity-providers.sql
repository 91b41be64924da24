-- Sign-in by OpenID Connect: whom a partner trusts to say who its agents are.

create table identity_providers (
  partner_id uuid not null references partners,
  provider_id uuid not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  -- Sent to the provider, so it cannot be kept as a hash; no answer holds it.
  client_secret text not null,
  scopes text[] not null,
  -- The claim with roles or groups; null: roles are given here by hand.
  role_claim text,
  -- [{"value": …, "role": …}]
  role_map jsonb not null,
  creates_agents boolean not null,
  created_at timestamptz not null,
  primary key (partner_id, provider_id)
);
create index identity_providers_client on identity_providers (issuer, client_id);

-- Addresses of these domains sign in there. A domain leads to one provider of the whole deployment: nobody may draw the agents of another
-- partner to a page of his own.
create table identity_provider_domains (
  partner_id uuid not null,
  domain text not null,
  provider_id uuid not null,
  primary key (partner_id, domain),
  foreign key (partner_id, provider_id) references identity_providers on delete cascade
);
create unique index identity_provider_domains_domain on identity_provider_domains (domain);

-- Who an agent is for a provider, once it has signed in there.
create table agent_identities (
  partner_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  agent_id uuid not null,
  linked_at timestamptz not null,
  primary key (partner_id, provider_id, subject),
  foreign key (partner_id, provider_id) references identity_providers on delete cascade,
  foreign key (partner_id, agent_id) references agents on delete cascade
);
create unique index agent_identities_agent on agent_identities (partner_id, provider_id, agent_id);

-- Sign-ins that went to a provider and are not back: each is good once, in the browser that began it.
create table pending_sign_ins (
  partner_id uuid not null,
  state_hash bytea not null,
  browser_hash bytea not null,
  provider_id uuid not null,
  -- What the answer is verified with, and where it leads.
  pending jsonb not null,
  next text not null,
  expires_at timestamptz not null,
  primary key (partner_id, state_hash),
  foreign key (partner_id, provider_id) references identity_providers on delete cascade
);
create unique index pending_sign_ins_state on pending_sign_ins (state_hash);
create index pending_sign_ins_expires on pending_sign_ins (expires_at);

-- What a session here is at the provider, so that either side can end it.
create table provider_sessions (
  partner_id uuid not null,
  agent_id uuid not null,
  session_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  sid text,
  id_token text not null,
  primary key (partner_id, session_id),
  foreign key (partner_id, agent_id, session_id) references sessions (partner_id, agent_id, session_id) on delete cascade,
  foreign key (partner_id, provider_id) references identity_providers on delete cascade
);
create index provider_sessions_provider on provider_sessions (partner_id, provider_id, subject);

do $$
declare
  owned text;
begin
  foreach owned in array array['identity_providers', 'identity_provider_domains', 'agent_identities', 'pending_sign_ins',
    'provider_sessions']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;
