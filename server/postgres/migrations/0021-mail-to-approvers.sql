-- Agents who may approve an upgrade are told of it by mail, once; what waited before this was there is not told.
alter table mails
  drop constraint mails_kind_check,
  add constraint mails_kind_check check (kind in ('request', 'code', 'confirmation', 'approval'));

alter table upgrades add column approvers_told boolean not null default true;
alter table upgrades alter column approvers_told set default false;
create index upgrades_to_tell on upgrades (upgrade_id) where state = 'waitingForApproval' and not approvers_told;

-- How often the email of a request was sent within a day, and those of all requests of a partner.
create index mails_of_requests on mails (partner_id, created_at) where kind = 'request';
