-- A session is told from the others of its agent, ends when it is idle, and can be ended. Those of before know nothing of it: sign in again.
delete from sessions;
alter table sessions
  add column session_id uuid not null,
  add column method text not null check (method in ('password', 'oidc', 'demo', 'setup')),
  -- Where it was opened from.
  add column address text not null,
  add column user_agent text not null,
  add column last_seen_at timestamptz not null,
  -- What an identity provider calls it.
  add column provider_session text;
create unique index sessions_of_agent on sessions (partner_id, agent_id, session_id);
create index sessions_expires on sessions (expires_at);

-- Whose live session a token is, and that it was used, noted once a minute. Two requests at once do not wait for each other to note it.
drop function session_agent(bytea, timestamptz);
create function session_agent(asked_hash bytea, asked_now timestamptz, idle interval)
  returns table (agent_id uuid, email text, display_name text, roles text[], partner_id uuid, partner_name text, market text,
    currency text, language text, session_id uuid)
  language plpgsql as $$
begin
  perform set_config('yukselt.system', 'on', true);
  update sessions u set last_seen_at = asked_now where u.token_hash = (
    select s.token_hash from sessions s
    where s.token_hash = asked_hash and s.expires_at > asked_now and s.last_seen_at > asked_now - idle
      and s.last_seen_at <= asked_now - interval '1 minute'
    for update skip locked);
  return query
    select a.agent_id, a.email, a.display_name, a.roles, p.partner_id, p.name, p.market, p.currency, p.language, s.session_id
    from sessions s
    join agents a on a.partner_id = s.partner_id and a.agent_id = s.agent_id
    join partners p on p.partner_id = a.partner_id
    where s.token_hash = asked_hash and s.expires_at > asked_now and s.last_seen_at > asked_now - idle;
  perform set_config('yukselt.system', '', true);
end $$;

-- The second factor of an agent: the secret counts once a first code has confirmed it; a code is good once.
alter table agents
  add column totp_secret text,
  add column totp_confirmed_at timestamptz,
  add column totp_last_step bigint;

create table recovery_codes (
  partner_id uuid not null,
  agent_id uuid not null,
  code_hash bytea not null,
  primary key (partner_id, agent_id, code_hash),
  foreign key (partner_id, agent_id) references agents on delete cascade
);

-- Browsers and addresses that an agent has signed in from.
create table known_sources (
  partner_id uuid not null,
  agent_id uuid not null,
  source_hash bytea not null,
  last_seen_at timestamptz not null,
  primary key (partner_id, agent_id, source_hash),
  foreign key (partner_id, agent_id) references agents on delete cascade
);
create index known_sources_last_seen on known_sources (last_seen_at);

do $$
declare
  owned text;
begin
  foreach owned in array array['recovery_codes', 'known_sources']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;

-- Failed sign-ins, counted before anybody knows whose they are: by account and address, by account, by address. The key is a hash of which.
create table sign_in_failures (
  counter bytea primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  paused_until timestamptz
);
create index sign_in_failures_last on sign_in_failures (last_failed_at);
alter table sign_in_failures enable row level security, force row level security;
create policy system on sign_in_failures using ((select is_system()));

-- The code for the first administrator, good once: whichever server printed one last.
alter table deployment
  add column setup_code_hash bytea,
  add column setup_code_expires_at timestamptz;
