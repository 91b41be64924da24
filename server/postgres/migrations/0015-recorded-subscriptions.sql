-- What a partner knows of subscriptions that were bought elsewhere, and the days on which it wants to look again.

-- Written down by hand or from a file: no order, no price, no licenses. It counts for the partner who recorded it, and nobody else sees it.
create table recorded_subscriptions (
  customer_id uuid not null references customers,
  recorded_subscription_id uuid not null,
  partner_id uuid not null references partners,
  -- `csp`: another partner of the program, never named.
  channel text not null check (channel in ('csp', 'direct', 'open', 'ea', 'retail')),
  offer_id text not null references offers,
  quantity integer not null check (quantity > 0),
  status text not null check (status in ('pending', 'active', 'suspended', 'expired', 'disabled', 'deleted')),
  -- The last day of its term; null: not known.
  ends_on date,
  -- When it was said to have ended.
  ended_at timestamptz,
  recorded_at timestamptz not null,
  version integer not null default 1,
  primary key (customer_id, recorded_subscription_id),
  check ((status = 'deleted') = (ended_at is not null))
);
create index recorded_subscriptions_partner on recorded_subscriptions (customer_id, partner_id);

-- They have a table of their own, so that nothing that reads subscriptions can take one for something that was sold.
alter table subscriptions drop column recorded_by;
alter table subscriptions add check ((channel = 'csp') = (partner_id is not null));

-- A day on which an upgrade that is refused is looked at again; one for each subscription and target.
create table watches (
  customer_id uuid not null references customers,
  watch_id uuid not null,
  partner_id uuid not null references partners,
  subscription_id uuid not null,
  target_offer_id text not null references offers,
  -- Who wants to know; an agent, or the letter that an agent wrote.
  set_by uuid not null,
  set_at timestamptz not null,
  by_letter boolean not null,
  -- Null: nothing is left to look for.
  check_on date,
  checked_at timestamptz,
  outcome text check (outcome in ('cleared', 'still-refused')),
  -- Every reason that held when it was looked at last.
  found jsonb not null default '[]',
  primary key (customer_id, watch_id),
  unique (customer_id, partner_id, subscription_id, target_offer_id),
  foreign key (customer_id, subscription_id) references subscriptions,
  check ((checked_at is null) = (outcome is null))
);
create index watches_partner on watches (partner_id, watch_id);
create index watches_due on watches (check_on) where check_on is not null;

do $$
declare
  owned text;
begin
  foreach owned in array array['recorded_subscriptions', 'watches']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using ((select is_system()) or partner_id = (select current_partner()) and exists (
         select 1 from relationships r where r.customer_id = %I.customer_id and r.partner_id = (select current_partner())))',
      owned, owned);
  end loop;
end $$;

-- The one question that looks across partners (R7) also tells until when: whoever must wait for a subscription to end has to know the day.
-- It is the end of the term and nothing else: not whether it renews, not what it costs, how many seats it has or who sold it. What the
-- asking partner recorded comes with the id of its record; of what another one recorded nothing is told.
drop function tenant_holdings(uuid);
create function tenant_holdings(asked_customer uuid)
  returns table (subscription_id uuid, offer_id text, channel text, ours boolean, status text, term_ends_on date)
  language plpgsql as $$
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select told.* from (
      select case when s.partner_id = current_partner() then s.subscription_id end,
             s.offer_id, s.channel, coalesce(s.partner_id = current_partner(), false), s.status, s.term_ends_on
      from subscriptions s
      where s.customer_id = asked_customer and s.status <> 'deleted'
      order by s.subscription_id) told
    union all
    select noted.* from (
      select r.recorded_subscription_id, r.offer_id, r.channel, false, r.status, r.ends_on
      from recorded_subscriptions r
      where r.customer_id = asked_customer and r.partner_id = current_partner() and r.status <> 'deleted'
      order by r.recorded_subscription_id) noted;
  perform set_config('yukselt.system', '', true);
end $$;
