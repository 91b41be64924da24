-- Programs that wait for an agent to let them in (RFC 8628). Of both codes hashes are kept; until an agent answers, a row is nobody's.
alter table sessions drop constraint sessions_method_check;
alter table sessions add constraint sessions_method_check check (method in ('password', 'oidc', 'demo', 'setup', 'device'));

create table device_codes (
  device_hash bytea primary key,
  user_hash bytea not null unique,
  -- What the program calls itself, and where it asked from.
  program text not null,
  address text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  -- How long it has to wait between two questions; one that does not waits longer.
  interval_seconds integer not null,
  asked_at timestamptz,
  -- Who approved it and in which session: whatever ends that one ends the approval too.
  partner_id uuid references partners,
  agent_id uuid,
  session_id uuid,
  refused_at timestamptz,
  foreign key (partner_id, agent_id, session_id) references sessions (partner_id, agent_id, session_id) on delete cascade
);
create index device_codes_expires on device_codes (expires_at);
create index device_codes_session on device_codes (partner_id, agent_id, session_id);

alter table device_codes enable row level security, force row level security;
create policy partner on device_codes
  using (partner_id is null or partner_id = (select current_partner()) or (select is_system()));
