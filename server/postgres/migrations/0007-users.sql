-- Users of a customer as its partners keep them: created, changed, deleted, and restored within 30 days; and their directory roles.

alter table users add column first_name text, add column last_name text, add column deleted_at timestamptz;

-- Sign-in names have no case, and that of a deleted user is free.
alter table users drop constraint users_customer_id_user_principal_name_key;
create unique index users_user_principal_name on users (customer_id, lower(user_principal_name)) where deleted_at is null;

-- Whether a deleted user can still be restored; one who cannot is listed no more.
create function keeps_user(deleted_at timestamptz, asked_now timestamptz) returns boolean language sql stable
  return deleted_at is null or deleted_at >= asked_now - interval '720 hours';

-- `role_id` is the template of a built-in role, the same in every tenant.
create table directory_role_members (
  customer_id uuid not null,
  role_id uuid not null,
  user_id uuid not null,
  primary key (customer_id, role_id, user_id),
  foreign key (customer_id, user_id) references users
);
create index directory_role_members_user on directory_role_members (customer_id, user_id);
alter table directory_role_members enable row level security, force row level security;
create policy related on directory_role_members using ((select is_system()) or exists (
  select 1 from relationships r where r.customer_id = directory_role_members.customer_id
    and r.partner_id = (select current_partner())));

-- Nobody can move the license of a user who is gone: the open issues are left as they are, those of other partners' upgrades too, which
-- name nobody as the one who left them. It tells the partner of its own alone.
create function leave_license_issues(asked_customer uuid, asked_user uuid, asked_agent uuid, asked_now timestamptz)
  returns setof uuid language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = asking
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    with left_open as (
      update license_issues i set status = 'left', settled_at = asked_now,
        settled_by = case when i.partner_id = asking then asked_agent end
      where i.customer_id = asked_customer and i.user_id = asked_user and i.status = 'open'
      returning i.upgrade_id, i.partner_id)
    select o.upgrade_id from left_open o where o.partner_id = asking;
  perform set_config('yukselt.system', '', true);
end $$;
