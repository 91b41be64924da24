-- Programs that act for a partner by a token: with an identity of their own, or (in the demo and sandboxes) as one of its agents.

alter table agents add column application boolean not null default false;

create table api_clients (
  partner_id uuid not null references partners,
  client_id text not null,
  name text not null,
  secret_hash text not null,
  -- Whom its acts are recorded as: an agent that is the application itself, or a person in whose name it comes.
  agent_id uuid not null,
  user_context boolean not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (partner_id, client_id),
  foreign key (partner_id, agent_id) references agents
);
create unique index api_clients_client on api_clients (client_id);

create table refresh_tokens (
  partner_id uuid not null,
  token_hash bytea not null,
  client_id text not null,
  expires_at timestamptz not null,
  primary key (partner_id, token_hash),
  foreign key (partner_id, client_id) references api_clients on delete cascade
);

-- The keys that sign access tokens; the newest signs, all verify.
create table signing_keys (
  key_id text primary key,
  private_jwk jsonb not null,
  created_at timestamptz not null
);

-- The first final answer to a write of the Partner Center API, by MS-RequestId; null while it is being worked out.
create table replies (
  partner_id uuid not null references partners,
  route text not null,
  request_id uuid not null,
  body_hash bytea not null,
  status integer,
  body text,
  created_at timestamptz not null,
  primary key (partner_id, route, request_id)
);

do $$
declare
  owned text;
begin
  foreach owned in array array['api_clients', 'refresh_tokens', 'replies']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;
