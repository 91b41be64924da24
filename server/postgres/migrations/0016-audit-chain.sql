-- The audit log says from where and through what, keeps what was refused, and is sealed: whoever changes it past the program is found out.

alter table audit_records
  -- From where; null: the server itself, or a row older than this column.
  add column address text,
  -- Through what; null: a row older than this column.
  add column via text check (via in ('session', 'client', 'server')),
  -- The API client, also where it acted in the name of a person.
  add column client_id text,
  add column outcome text not null default 'done' check (outcome in ('done', 'refused')),
  -- Why it was refused: the code of the problem.
  add column reason text check ((reason is null) = (outcome = 'done'));
create index audit_records_correlation on audit_records (partner_id, correlation_id);

-- Rows that no seal covers yet, put down with the row itself: what is committed late is sealed late, and never forgotten.
create table audit_unsealed (
  customer_id uuid not null,
  audit_id uuid not null,
  partner_id uuid not null references partners,
  primary key (customer_id, audit_id)
);
insert into audit_unsealed select customer_id, audit_id, partner_id from audit_records;

-- One link of a partner's chain: which rows it covers, in which order, with the hash of each.
create table audit_seals (
  partner_id uuid not null references partners,
  seal_number integer not null check (seal_number > 0),
  -- The earliest and the latest of its rows.
  from_at timestamptz not null,
  until_at timestamptz not null,
  customer_ids uuid[] not null,
  audit_ids uuid[] not null check (cardinality(audit_ids) = cardinality(customer_ids) and cardinality(audit_ids) > 0),
  -- SHA-256 of each row, one after the other.
  entry_hashes bytea not null check (length(entry_hashes) = 32 * cardinality(audit_ids)),
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null,
  primary key (partner_id, seal_number)
);
create index audit_seals_time on audit_seals (partner_id, until_at);

-- As foldForSearch in core: all four i alike, no marks, lower case.
create function fold_for_search(given text) returns text language sql immutable parallel safe as $$
  select lower(regexp_replace(normalize(translate(given, 'İIı', 'iii'), NFD), U&'[\0300-\036f]', '', 'g'))
$$;

create table partner_settings (
  partner_id uuid primary key references partners,
  -- How many days audit rows are kept at least; null: for ever.
  audit_days integer check (audit_days between 90 and 36500)
);

do $$
declare
  owned text;
begin
  foreach owned in array array['audit_unsealed', 'audit_seals', 'partner_settings']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;

-- The one way by which audit rows go: whole seals, from the oldest on, all of whose rows are older than the partner keeps them. The newest
-- seal stays, so that the chain has an end. It tells the last seal that went; no row: nothing was due.
create function delete_expired_audit(asked_partner uuid, asked_now timestamptz)
  returns table (seal_number integer, hash bytea, entries bigint, until_at timestamptz)
  language plpgsql as $$
declare
  kept_since timestamptz;
  last_expired integer;
  gone bigint;
begin
  select asked_now - make_interval(days => s.audit_days) into kept_since
  from partner_settings s where s.partner_id = asked_partner for update;
  if kept_since is null then
    return;
  end if;
  -- A hundred seals at a time, so that no transaction grows long.
  select max(e.seal_number) into last_expired
  from (
    select s.seal_number from audit_seals s
    where s.partner_id = asked_partner
      and s.seal_number < (select max(k.seal_number) from audit_seals k where k.partner_id = asked_partner)
      and s.seal_number < coalesce((
        select min(k.seal_number) from audit_seals k
        where k.partner_id = asked_partner and k.until_at >= kept_since), 2147483647)
    order by s.seal_number limit 100) e;
  if last_expired is null then
    return;
  end if;
  delete from audit_records r
  using (
    select c.customer_id, c.audit_id from audit_seals s, unnest(s.customer_ids, s.audit_ids) as c (customer_id, audit_id)
    where s.partner_id = asked_partner and s.seal_number <= last_expired) x
  where r.customer_id = x.customer_id and r.audit_id = x.audit_id;
  get diagnostics gone = row_count;
  return query
    select s.seal_number, s.hash, gone, s.until_at from audit_seals s
    where s.partner_id = asked_partner and s.seal_number = last_expired;
  delete from audit_seals s where s.partner_id = asked_partner and s.seal_number <= last_expired;
end $$;

-- Who deletes is read from the stack of calls, which no setting of a session can feign.
create function refuse_audit_change() returns trigger language plpgsql as $$
declare
  stack text;
begin
  get diagnostics stack = pg_context;
  if tg_op = 'DELETE' and stack like '%delete_expired_audit(uuid,timestamp with time zone)%' then
    return null;
  end if;
  raise exception '% is insert-only: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

drop trigger audit_records_insert_only on audit_records;
create trigger audit_records_insert_only before update or delete or truncate on audit_records
  for each statement execute function refuse_audit_change();
create trigger audit_seals_insert_only before update or delete or truncate on audit_seals
  for each statement execute function refuse_audit_change();
