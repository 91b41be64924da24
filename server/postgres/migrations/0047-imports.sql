-- Price lists and offer matrices that partners bring. A file is an import of its own with a row for each thing that it says; applied, it makes a
-- numbered version, and the newest version of a partner is the one in force.

-- A list is the deployment's own, which every partner may go by, or a partner's, which nobody else sees.
alter table price_lists
  add column partner_id uuid,
  drop constraint price_lists_content_hash_currency_market_key,
  add unique nulls not distinct (partner_id, content_hash, currency, market);
alter table prices add column partner_id uuid;

create table imports (
  partner_id uuid not null references partners,
  import_id uuid not null,
  -- `reading` while it is taken in; one that stays so was broken off.
  state text not null check (state in ('reading', 'checked', 'applied')),
  file_name text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  rows_read integer not null default 0,
  kind text check (kind in ('newCommercePrices', 'legacyPrices', 'newCommerceMatrix', 'legacyMatrix')),
  -- How the file was read.
  reading jsonb,
  -- The market of its prices; null: every market that has no list of its own.
  market text,
  effective_on date,
  -- How many rows stand in which state.
  counts jsonb,
  -- The version that it was compared with, by number; null: there was none.
  compared_with integer,
  -- The price list that it was compared with.
  compared_list uuid,
  version integer,
  applied_at timestamptz,
  primary key (partner_id, import_id)
);
create index imports_newest on imports (partner_id, created_at desc, import_id desc);

create table import_rows (
  partner_id uuid not null,
  import_id uuid not null,
  place integer not null,
  -- The line of the file; null: something that the file no longer has.
  line integer,
  state text not null check (state in ('read', 'new', 'changed', 'gone', 'same', 'left-out', 'in-doubt')),
  name text not null,
  offer_id text,
  to_offer_id text,
  term_duration text,
  billing_cycle text,
  valid_from date,
  valid_until date,
  unit_price numeric(18, 6),
  -- What holds without the import.
  price_before numeric(18, 6),
  reason text,
  -- The heading of the cell in doubt, and what it holds.
  column_name text,
  found text,
  primary key (partner_id, import_id, place),
  foreign key (partner_id, import_id) references imports on delete cascade
);
create index import_rows_state on import_rows (partner_id, import_id, state, place);
create index import_rows_offer on import_rows (partner_id, import_id, offer_id) where offer_id is not null;

-- What is in force is the newest version of each scope. Version 0 is what was in force before the first import.
create table import_versions (
  partner_id uuid not null references partners,
  subject text not null check (subject in ('prices', 'paths')),
  -- Of prices the market, or `*` for all that have none of their own; of paths the platform.
  scope text not null,
  version integer not null,
  -- Of prices; null: no list, so that the deployment's holds.
  price_list_id uuid references price_lists,
  -- Of paths; null: the catalog's hold.
  paths jsonb,
  import_id uuid,
  restored_from integer,
  effective_on date not null,
  applied_at timestamptz not null,
  applied_by uuid not null,
  primary key (partner_id, subject, scope, version)
);

do $$
declare
  owned text;
begin
  foreach owned in array array['imports', 'import_rows', 'import_versions']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
  foreach owned in array array['price_lists', 'prices']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id is null or partner_id = (select current_partner()) or (select is_system()))
        with check (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;

-- The list of new commerce prices that a partner goes by in each market (N56): its own newest version, else the deployment's newest in its currency.
create view market_price_lists with (security_invoker = true) as
select o.partner_id, m.market, m.price_list_id
from partners o cross join lateral (
  select distinct on (l.market) l.market, l.price_list_id from (
    (select distinct on (v.scope) v.scope as market, v.price_list_id, true as own, v.applied_at as since
      from import_versions v where v.partner_id = o.partner_id and v.subject = 'prices' and v.scope <> '*'
      order by v.scope, v.version desc)
    union all
    select d.market, d.price_list_id, false, d.created_at
      from price_lists d where d.partner_id is null and d.market is not null and d.currency = o.currency) l
  where l.price_list_id is not null
  order by l.market, l.own desc, l.since desc) m;

-- The newest offer matrix of each platform.
create view partner_matrices with (security_invoker = true) as
select v.partner_id, v.paths from (
  select distinct on (v.partner_id, v.scope) v.partner_id, v.paths from import_versions v where v.subject = 'paths'
  order by v.partner_id, v.scope, v.version desc) v
where v.paths is not null;
