-- Renewals move licenses too, and look for that at all that a user holds, as the server itself.
create or replace function tenant_licenses(asked_customer uuid, asked_users uuid[], asked_now timestamptz)
  returns table (user_id uuid, subscription_id uuid, offer_id text, switched_off text[])
  language plpgsql as $$
declare
  asked_by_system boolean := is_system();
begin
  if not asked_by_system and not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select l.user_id, l.subscription_id, s.offer_id, l.switched_off
    from licenses l
    join subscriptions s on s.customer_id = l.customer_id and s.subscription_id = l.subscription_id
    where l.customer_id = asked_customer and l.user_id = any (asked_users) and keeps_licenses(s.ended_at, asked_now)
    order by l.user_id, l.subscription_id;
  perform set_config('yukselt.system', case when asked_by_system then 'on' else '' end, true);
end $$;
