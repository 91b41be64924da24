-- The first rooms. Every table of a customer has customer_id first in its key, and every foreign key carries it, so that the tables
-- can be distributed by customer; partner tables have partner_id first; the rest is reference data or the deployment's own.

create extension if not exists pg_trgm;

-- Who is asking, set for each transaction. `yukselt.system` is for the server's own acts: migrations, demo, sign-in.
create function current_partner() returns uuid language sql stable
  return nullif(current_setting('yukselt.partner_id', true), '')::uuid;
create function is_system() returns boolean language sql stable
  return coalesce(current_setting('yukselt.system', true), '') = 'on';

-- Whether the licenses of a subscription count: those of one that has ended are gone after 30 days (product decision 4). Every reader of
-- licenses asks this.
create function keeps_licenses(ended_at timestamptz, asked_now timestamptz) returns boolean language sql stable
  return ended_at is null or ended_at >= asked_now - interval '720 hours';

create table deployment (
  one boolean primary key default true check (one),
  demo boolean not null,
  -- How far the sandbox clock is from the real one.
  clock_offset_ms bigint not null default 0
);

-- Reference data ---------------------------------------------------------------------------------------------------------------

create table offers (
  offer_id text primary key,
  key text not null,
  platform text not null check (platform in ('legacy', 'newCommerce')),
  sku_id text not null
);

create table price_lists (
  price_list_id uuid primary key,
  name text not null,
  currency text not null,
  market text,
  -- Hash of the content: one version per content, currency and market.
  content_hash text not null,
  created_at timestamptz not null,
  unique nulls not distinct (content_hash, currency, market)
);

create table prices (
  price_list_id uuid not null references price_lists,
  offer_id text not null references offers,
  billing_cycle text not null check (billing_cycle in ('monthly', 'annual')),
  valid_from date not null,
  valid_until date not null default '9999-12-31',
  unit_price numeric(18, 6) not null check (unit_price >= 0),
  primary key (price_list_id, offer_id, billing_cycle, valid_from)
);

-- Partners -----------------------------------------------------------------------------------------------------------------------

create table partners (
  partner_id uuid primary key,
  name text not null,
  domain text not null,
  market text not null,
  currency text not null,
  language text not null check (language in ('tr', 'en')),
  price_list_id uuid references price_lists
);

create table agents (
  partner_id uuid not null references partners,
  agent_id uuid not null,
  email text not null,
  display_name text not null,
  roles text[] not null,
  password_hash text,
  primary key (partner_id, agent_id)
);
create unique index agents_email on agents (lower(email));

create table sessions (
  token_hash bytea primary key,
  partner_id uuid not null,
  agent_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table path_switches (
  partner_id uuid not null references partners,
  path_id text not null,
  enabled boolean not null,
  markets text[],
  valid_from date,
  valid_until date,
  primary key (partner_id, path_id)
);

-- Customers ----------------------------------------------------------------------------------------------------------------------

create table customers (
  customer_id uuid primary key,
  name text not null,
  -- Folded for search by the application: lower case, all four i alike, no marks.
  name_folded text not null,
  domain text not null,
  country text not null,
  created_at timestamptz not null
);
create index customers_name_folded on customers using gin (name_folded gin_trgm_ops);
create index customers_name_tr on customers (name collate "tr-x-icu", customer_id);
create index customers_name_en on customers (name collate "en-x-icu", customer_id);

create table relationships (
  customer_id uuid not null references customers,
  partner_id uuid not null references partners,
  reseller boolean not null,
  created_at timestamptz not null,
  primary key (customer_id, partner_id)
);
create index relationships_partner on relationships (partner_id, customer_id);

create table delegated_privileges (
  customer_id uuid not null,
  partner_id uuid not null,
  privileges_id uuid not null,
  kind text not null check (kind in ('dap', 'gdap')),
  roles text[] not null,
  -- Service families covered; null: all.
  families text[],
  starts_at timestamptz not null,
  ends_at timestamptz,
  primary key (customer_id, partner_id, privileges_id),
  foreign key (customer_id, partner_id) references relationships
);

create table subscriptions (
  customer_id uuid not null references customers,
  subscription_id uuid not null,
  -- Who sold it; null on channels without a partner.
  partner_id uuid references partners,
  -- A foreign subscription written down by hand counts only for the partner who did (product decision 14).
  recorded_by uuid references partners,
  channel text not null check (channel in ('csp', 'direct', 'open', 'ea', 'retail')),
  offer_id text not null references offers,
  order_id uuid not null,
  friendly_name text,
  quantity integer not null check (quantity > 0),
  billing_cycle text not null check (billing_cycle in ('monthly', 'annual')),
  auto_renew boolean not null,
  unit_price numeric(18, 6) not null check (unit_price >= 0),
  currency text not null,
  purchased_on date not null,
  term_ends_on date not null,
  billed_through date not null,
  status text not null check (status in ('pending', 'active', 'suspended', 'expired', 'disabled', 'deleted')),
  provisioning text not null check (provisioning in ('success', 'pending', 'failed')),
  add_on_of uuid,
  ended_reason text check (ended_reason in ('cancelled', 'upgraded', 'expired')),
  ended_at timestamptz,
  successor_id uuid,
  version integer not null default 1,
  primary key (customer_id, subscription_id),
  foreign key (customer_id, add_on_of) references subscriptions,
  foreign key (customer_id, successor_id) references subscriptions,
  check ((status = 'deleted') = (ended_at is not null)),
  check ((status = 'deleted') = (ended_reason is not null)),
  check ((channel = 'csp') = (partner_id is not null) or recorded_by is not null)
);

create table users (
  customer_id uuid not null references customers,
  user_id uuid not null,
  user_principal_name text not null,
  display_name text not null,
  usage_location text,
  primary key (customer_id, user_id),
  unique (customer_id, user_principal_name)
);

create table user_addresses (
  customer_id uuid not null,
  user_id uuid not null,
  address text not null,
  primary key (customer_id, user_id, address),
  foreign key (customer_id, user_id) references users
);
create index user_addresses_address on user_addresses (customer_id, address);

create table licenses (
  customer_id uuid not null,
  subscription_id uuid not null,
  user_id uuid not null,
  switched_off text[] not null default '{}',
  primary key (customer_id, subscription_id, user_id),
  foreign key (customer_id, subscription_id) references subscriptions,
  foreign key (customer_id, user_id) references users
);
create index licenses_user on licenses (customer_id, user_id);

-- Upgrades -----------------------------------------------------------------------------------------------------------------------

create table upgrades (
  customer_id uuid not null references customers,
  upgrade_id uuid not null,
  partner_id uuid not null references partners,
  quote_id uuid not null,
  upgrade_type text not null check (upgrade_type in ('upgrade_only', 'upgrade_with_license_transfer')),
  state text not null
    check (state in ('waitingForApproval', 'held', 'scheduled', 'applied', 'withdrawn', 'rejected', 'refused')),
  source_subscription_id uuid not null,
  source_offer_id text not null references offers,
  target_subscription_id uuid not null,
  target_offer_id text not null references offers,
  quantity integer not null,
  effective_on date not null,
  credit_minor bigint not null,
  charge_minor bigint not null,
  currency text not null,
  moved_users integer not null,
  submitted_at timestamptz not null,
  submitted_by uuid not null,
  applied_at timestamptz,
  primary key (customer_id, upgrade_id),
  unique (customer_id, quote_id),
  foreign key (customer_id, source_subscription_id) references subscriptions,
  foreign key (customer_id, target_subscription_id) references subscriptions
);

create table quotes (
  customer_id uuid not null references customers,
  quote_id uuid not null,
  partner_id uuid not null references partners,
  subscription_id uuid not null,
  target_offer_id text not null references offers,
  upgrade_type text not null,
  effective_on date not null,
  created_at timestamptz not null,
  created_by uuid not null,
  expires_at timestamptz not null,
  -- What the quote is pinned to: price list, subscription version, and with `promised` the license snapshot (product decision 7).
  price_list_id uuid not null references price_lists,
  subscription_version integer not null,
  promised jsonb not null,
  shown jsonb not null,
  upgrade_id uuid,
  primary key (customer_id, quote_id),
  foreign key (customer_id, subscription_id) references subscriptions,
  foreign key (customer_id, upgrade_id) references upgrades
);

create table license_issues (
  customer_id uuid not null,
  upgrade_id uuid not null,
  user_id uuid not null,
  partner_id uuid not null references partners,
  status text not null check (status in ('open', 'moved', 'left')),
  faults jsonb not null,
  -- What the faults were decided against: the target, or what a later upgrade made of it.
  offer_id text not null references offers,
  settled_at timestamptz,
  settled_by uuid,
  primary key (customer_id, upgrade_id, user_id),
  foreign key (customer_id, upgrade_id) references upgrades,
  foreign key (customer_id, user_id) references users
);

create table charges (
  customer_id uuid not null references customers,
  charge_id uuid not null,
  partner_id uuid not null references partners,
  subscription_id uuid not null,
  upgrade_id uuid,
  -- Links the lines of one act.
  reference_id uuid not null,
  charge_type text not null,
  period_start date not null,
  period_end date not null,
  days integer not null,
  period_days integer not null,
  quantity integer not null,
  unit_price numeric(18, 6) not null,
  amount_minor bigint not null,
  currency text not null,
  reverses uuid,
  created_at timestamptz not null,
  primary key (customer_id, charge_id),
  foreign key (customer_id, subscription_id) references subscriptions,
  foreign key (customer_id, upgrade_id) references upgrades,
  foreign key (customer_id, reverses) references charges
);
create index charges_subscription on charges (customer_id, subscription_id, period_end);
-- A line is taken back at most once.
create unique index charges_reverses on charges (customer_id, reverses) where reverses is not null;

-- Ids only; names live in tables that can be erased. A partner's own acts carry its tenant id as customer_id.
create table audit_records (
  customer_id uuid not null,
  audit_id uuid not null,
  partner_id uuid not null references partners,
  agent_id uuid,
  action text not null,
  subject_id text not null,
  details jsonb not null,
  correlation_id text not null,
  at timestamptz not null,
  primary key (customer_id, audit_id)
);

-- Charges and audit rows are insert-only ------------------------------------------------------------------------------------------

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is insert-only: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

create trigger charges_insert_only before update or delete or truncate on charges
  for each statement execute function refuse_change();
create trigger audit_records_insert_only before update or delete or truncate on audit_records
  for each statement execute function refuse_change();

-- Partners kept apart ---------------------------------------------------------------------------------------------------------------
-- Forced, so that the tables' owner, whom the server connects as, is held to it too. Who is asking stands in subselects, which are asked once
-- a statement rather than once a row.

do $$
declare
  owned text;
begin
  foreach owned in array array['partners', 'agents', 'sessions', 'path_switches', 'relationships', 'delegated_privileges',
    'subscriptions', 'upgrades', 'quotes', 'license_issues', 'charges', 'audit_records']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;

-- Customers, users and licenses belong to the customer and are visible through a relationship (product decision 14).
do $$
declare
  shared text;
begin
  foreach shared in array array['customers', 'users', 'user_addresses', 'licenses']
  loop
    execute format('alter table %I enable row level security, force row level security', shared);
    execute format(
      'create policy related on %I using ((select is_system()) or exists (
         select 1 from relationships r where r.customer_id = %I.customer_id and r.partner_id = (select current_partner())))',
      shared, shared);
  end loop;
end $$;

-- The one question that looks across partners: what does this customer already hold, through anybody (R7). It answers only a partner
-- related to the customer, and of what is not that partner's own it tells the offer, the channel and the state.
create function tenant_holdings(asked_customer uuid)
  returns table (subscription_id uuid, offer_id text, channel text, ours boolean, status text)
  language plpgsql as $$
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select case when s.partner_id = current_partner() then s.subscription_id end,
           s.offer_id, s.channel, coalesce(s.partner_id = current_partner(), false), s.status
    from subscriptions s
    where s.customer_id = asked_customer
      and s.status <> 'deleted'
      and (s.recorded_by is null or s.recorded_by = current_partner())
    order by s.subscription_id;
  perform set_config('yukselt.system', '', true);
end $$;

-- A license of another channel's subscription counts for its user; this tells through which subscription and offer.
create function tenant_licenses(asked_customer uuid, asked_users uuid[], asked_now timestamptz)
  returns table (user_id uuid, subscription_id uuid, offer_id text, switched_off text[])
  language plpgsql as $$
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select l.user_id, l.subscription_id, s.offer_id, l.switched_off
    from licenses l
    join subscriptions s on s.customer_id = l.customer_id and s.subscription_id = l.subscription_id
    where l.customer_id = asked_customer and l.user_id = any (asked_users) and keeps_licenses(s.ended_at, asked_now)
    order by l.user_id, l.subscription_id;
  perform set_config('yukselt.system', '', true);
end $$;

-- Whose session a token is. Sign-in happens before the partner is known, so this is asked as the system.
create function session_agent(asked_hash bytea, asked_now timestamptz)
  returns table (agent_id uuid, email text, display_name text, roles text[], password_hash text, partner_id uuid,
    partner_name text, market text, currency text, language text)
  language plpgsql as $$
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select a.agent_id, a.email, a.display_name, a.roles, null::text, p.partner_id, p.name, p.market, p.currency, p.language
    from sessions s
    join agents a on a.partner_id = s.partner_id and a.agent_id = s.agent_id
    join partners p on p.partner_id = a.partner_id
    where s.token_hash = asked_hash and s.expires_at > asked_now;
  perform set_config('yukselt.system', '', true);
end $$;
