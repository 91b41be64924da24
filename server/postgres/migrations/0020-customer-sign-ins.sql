-- The other proof on the page of a request: a customer's administrator signs in to the customer's own tenant, and comes back.
create table relationship_sign_ins (
  partner_id uuid not null,
  request_id uuid not null,
  -- Names the sign-in to the provider, and what the cookie of the browser holds that began it.
  state_hash bytea not null,
  browser_hash bytea not null,
  -- The link that it was begun from, and is good for.
  link_hash bytea not null,
  tenant_id uuid not null,
  -- Until the browser comes back; null from then on, whatever came of it.
  pending jsonb,
  -- Of who proved to be a Global Administrator: the browser's secret, the address, a hash of the account.
  proof_hash bytea,
  email text,
  account_hash bytea,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (partner_id, request_id, state_hash),
  foreign key (partner_id, request_id) references relationship_requests on delete cascade,
  check ((proof_hash is null) = (email is null) and (proof_hash is null) = (account_hash is null))
);
create unique index relationship_sign_ins_state on relationship_sign_ins (state_hash);
create index relationship_sign_ins_expiry on relationship_sign_ins (expires_at);

alter table relationship_sign_ins enable row level security, force row level security;
create policy partner on relationship_sign_ins
  using (partner_id = (select current_partner()) or (select is_system()));
