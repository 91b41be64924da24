-- The people of a partner: invited, at work, removed. Whoever is removed stays here, because the history names agents by id.

alter table agents
  -- Until the first sign-in; those that were there before are in.
  add column invited boolean not null default false,
  add column removed_at timestamptz,
  -- When the agent last signed in.
  add column last_seen_at timestamptz;

-- An address signs in to one account of the deployment. An invitation does not count before it is accepted: whoever invites must not learn
-- from the answer whether another partner has an agent with this address.
drop index agents_email;
create unique index agents_email on agents (lower(email)) where not invited;
create unique index agents_email_of_partner on agents (partner_id, lower(email));

-- Links at which an agent sets a password, once: the first one, or another after a reset. One counts at a time; of its token the hash is kept.
create table join_links (
  partner_id uuid not null references partners,
  agent_id uuid not null,
  token_hash bytea not null,
  expires_at timestamptz not null,
  primary key (partner_id, agent_id),
  foreign key (partner_id, agent_id) references agents
);
create unique index join_links_token on join_links (token_hash);

alter table join_links enable row level security, force row level security;
create policy partner on join_links using (partner_id = (select current_partner()) or (select is_system()));
