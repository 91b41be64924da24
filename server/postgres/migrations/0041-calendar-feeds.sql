-- An address at which an agent's calendar program fetches deadlines without signing in. Of its token the hash is kept; an agent has one.
create table calendar_feeds (
  partner_id uuid not null references partners,
  agent_id uuid not null,
  token_hash bytea not null,
  language text not null check (language in ('tr', 'en')),
  created_at timestamptz not null,
  -- To the hour.
  last_used_at timestamptz,
  primary key (partner_id, agent_id),
  foreign key (partner_id, agent_id) references agents on delete cascade
);
create unique index calendar_feeds_token on calendar_feeds (token_hash);

alter table calendar_feeds enable row level security, force row level security;
create policy partner on calendar_feeds using (partner_id = (select current_partner()) or (select is_system()));
