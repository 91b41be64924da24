-- Agents who may approve a campaign are told of it by mail, once for each time that it is submitted; what waited before this was there is not told.
alter table campaigns add column approvers_told boolean not null default true;
alter table campaigns alter column approvers_told set default false;
create index campaigns_to_tell on campaigns (campaign_id) where state = 'waitingForApproval' and not approvers_told;

-- The rows of a plan go with it, also those of customers that the partner has left.
alter table campaign_rows drop constraint campaign_rows_partner_id_campaign_id_fkey,
  add constraint campaign_rows_partner_id_campaign_id_fkey foreign key (partner_id, campaign_id) references campaigns on delete cascade;
