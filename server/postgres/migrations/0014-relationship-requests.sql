-- A partner asks a customer for a relationship; the customer's administrator answers on a page of ours, and may take back there what was given.

-- Through whom the partner serves the customer: tenant, name and partner id of an indirect reseller; null: directly.
alter table relationships add column indirect_reseller jsonb;

-- The nearest end of which the partner was told, in days before it; null: of none yet.
alter table delegated_privileges add column warned_days integer check (warned_days in (30, 7, 1));
create index delegated_privileges_ends on delegated_privileges (ends_at) where ends_at is not null;

-- Whom it asks need be no customer yet, so it belongs to the partner.
create table relationship_requests (
  partner_id uuid not null references partners,
  request_id uuid not null,
  -- The customer that is asked; null until one that is new has accepted.
  asked_customer_id uuid,
  customer_name text not null,
  domain text not null,
  indirect_reseller jsonb,
  -- What is asked for beside the relationship itself.
  privileges text not null check (privileges in ('none', 'dap', 'gdap')),
  roles text[] not null,
  days integer check (days between 1 and 730),
  families text[],
  language text not null,
  recipient text,
  subject text not null,
  -- With the place for the link in it.
  text text not null,
  state text not null default 'open' check (state in ('open', 'withdrawn', 'accepted', 'declined')),
  created_at timestamptz not null,
  created_by uuid not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  primary key (partner_id, request_id)
);
create index relationship_requests_customer on relationship_requests (partner_id, asked_customer_id);
create index relationship_requests_created on relationship_requests (partner_id, created_at);

-- Of each link only the hash of its secret. With one of the kind `manage` the customer takes back what it gave.
create table relationship_links (
  partner_id uuid not null,
  request_id uuid not null,
  token_hash bytea not null,
  kind text not null check (kind in ('answer', 'manage')),
  created_at timestamptz not null,
  primary key (partner_id, request_id, token_hash),
  foreign key (partner_id, request_id) references relationship_requests on delete cascade
);
create unique index relationship_links_token on relationship_links (token_hash);

-- Codes by which an administrator proves that mail to the customer's domain reaches him. The code is hashed with the secret of the browser.
create table relationship_codes (
  partner_id uuid not null,
  request_id uuid not null,
  proof_hash bytea not null,
  code_hash bytea not null,
  email text not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (partner_id, request_id, proof_hash),
  foreign key (partner_id, request_id) references relationship_requests on delete cascade
);

-- Mail to customers. Text and subject stand here until it is sent; where no mail can be sent at all, a sandbox or the demo keeps it to be read.
create table mails (
  partner_id uuid not null references partners,
  mail_id uuid not null,
  request_id uuid,
  kind text not null check (kind in ('request', 'code', 'confirmation')),
  recipient text not null,
  reply_to text,
  subject text,
  text text,
  queued boolean not null default false,
  state text not null check (state in ('pending', 'sent', 'failed', 'kept')),
  error text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (partner_id, mail_id),
  foreign key (partner_id, request_id) references relationship_requests on delete cascade
);
create index mails_unqueued on mails (mail_id) where state = 'pending' and not queued;
create index mails_request on mails (partner_id, request_id);

do $$
declare
  owned text;
begin
  foreach owned in array array['relationship_requests', 'relationship_links', 'relationship_codes', 'mails']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;
