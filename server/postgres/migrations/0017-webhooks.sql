-- Webhooks that a partner sets up for itself, beside the one that it registers over the Partner Center API.

create table webhooks (
  partner_id uuid not null references partners,
  webhook_id uuid not null,
  url text not null,
  events text[] not null,
  description text not null,
  enabled boolean not null,
  -- As it is: it signs what is sent. The one before it signs too until its time is over.
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  created_at timestamptz not null,
  -- The first attempt of those that failed since the last one that did not.
  failing_since timestamptz,
  last_attempt jsonb,
  -- When it was switched off by itself; null again once a person switches it on.
  disabled_at timestamptz,
  primary key (partner_id, webhook_id),
  unique (partner_id, url)
);
create index webhooks_failing on webhooks (failing_since) where enabled and failing_since is not null;

-- One row for each event and webhook that asked for it, written with the act itself. No reference to the webhook: one that is removed at the
-- same moment must not make the act fail.
create table event_deliveries (
  partner_id uuid not null references partners,
  webhook_id uuid not null,
  -- The same at every webhook that is told of it.
  event_id uuid not null,
  event text not null,
  -- The ids that the event tells.
  data jsonb not null,
  happened_at timestamptz not null,
  -- The subscriptions in whose order it is sent; none: in no order.
  subscriptions uuid[] not null,
  -- The order of events, by the clock of the one database: those of several servers are not that exact.
  placed_at timestamptz not null default clock_timestamp(),
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  -- When it happened, or was last asked for again; it is tried for a day from then.
  asked_at timestamptz not null,
  -- When it is to be tried next.
  due_at timestamptz not null,
  -- Whether the queue has it.
  queued boolean not null default false,
  -- What came of each attempt, the oldest first.
  attempts jsonb not null default '[]',
  primary key (partner_id, webhook_id, event_id)
);
create index event_deliveries_due on event_deliveries (due_at) where state = 'pending' and not queued;
create index event_deliveries_waiting on event_deliveries using gin (subscriptions) where state = 'pending';
create index event_deliveries_pending on event_deliveries (partner_id, webhook_id, due_at) where state = 'pending';
create index event_deliveries_placed on event_deliveries (partner_id, webhook_id, placed_at);
create index event_deliveries_happened on event_deliveries (happened_at);

do $$
declare
  owned text;
begin
  foreach owned in array array['webhooks', 'event_deliveries']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;
