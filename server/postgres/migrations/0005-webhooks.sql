-- Partners are told of what happens, at an address that they register.

create table webhook_registrations (
  partner_id uuid primary key references partners,
  subscriber_id uuid not null,
  url text not null,
  events text[] not null,
  -- Whether the signature goes into x-ms-signature instead of Authorization.
  ms_signature_header boolean not null
);

-- One row for each event of each registered partner, written with the act itself.
create table webhook_deliveries (
  partner_id uuid not null references partners,
  delivery_id uuid not null,
  event text not null,
  -- Where what has changed is read, below /webhooks/v1/.
  resource text not null,
  -- The audit row that tells of it; absent for a test event.
  audit_record_id text,
  created_at timestamptz not null,
  -- Whether the queue has it.
  queued boolean not null default false,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  -- As sent last; null before the first attempt.
  url text,
  body text,
  -- What came of each attempt, the oldest first.
  results jsonb not null default '[]',
  primary key (partner_id, delivery_id)
);
create index webhook_deliveries_unqueued on webhook_deliveries (delivery_id) where not queued;
create index webhook_deliveries_created on webhook_deliveries (created_at);

-- The deployment's own key, which signs what partners are told; every server uses the same.
create table webhook_keys (
  one boolean primary key default true check (one),
  private_key text not null,
  certificate bytea not null
);

do $$
declare
  owned text;
begin
  foreach owned in array array['webhook_registrations', 'webhook_deliveries']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;
