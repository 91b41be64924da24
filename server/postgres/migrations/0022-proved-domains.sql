-- Domains of identity providers are proved: by a TXT record that only who runs the domain can publish, or by the operator's word.
-- Anybody may name a domain; one that is proved leads to one provider of the deployment.
alter table identity_provider_domains
  add column token text,
  add column proved_at timestamptz,
  -- 'earlier': it led here before proofs were asked for. It goes on, so that nobody is locked out, until another partner proves the domain.
  add column proof text check (proof in ('dns', 'operator', 'earlier')),
  add check ((proved_at is null) = (proof is null));
update identity_provider_domains set token = replace(gen_random_uuid()::text, '-', ''), proved_at = now(), proof = 'earlier';
alter table identity_provider_domains alter column token set not null;
drop index identity_provider_domains_domain;
create unique index identity_provider_domains_proved on identity_provider_domains (domain) where proved_at is not null;

-- Logout tokens that were taken: the same one again is refused until its time is over.
create table used_logout_tokens (
  partner_id uuid not null,
  provider_id uuid not null,
  jti_hash bytea not null,
  expires_at timestamptz not null,
  primary key (partner_id, provider_id, jti_hash),
  foreign key (partner_id, provider_id) references identity_providers on delete cascade
);
create index used_logout_tokens_expires on used_logout_tokens (expires_at);
alter table used_logout_tokens enable row level security, force row level security;
create policy partner on used_logout_tokens using (partner_id = (select current_partner()) or (select is_system()));

-- Who has seen the secret that a client has now: whoever made it.
alter table api_clients add column secret_by uuid;
update api_clients c set secret_by = (
  select r.agent_id from audit_records r
  where r.partner_id = c.partner_id and r.customer_id = c.partner_id and r.subject_id = c.client_id::text and r.outcome = 'done'
    and r.action in ('api-client.created', 'api-client.secret-rotated')
  order by r.at desc, r.audit_id desc limit 1);
