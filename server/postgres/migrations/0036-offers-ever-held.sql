-- A subscription that became another offer in place or at a renewal was another one before, as its upgrades tell.
-- What a trial becomes by itself is of the same SKU.
create or replace function skus_ever_held(asked_customer uuid) returns table (sku_id text) language plpgsql as $$
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select o.sku_id from offers o where o.offer_id in (
      select s.offer_id from subscriptions s where s.customer_id = asked_customer
      union
      select u.source_offer_id from upgrades u where u.customer_id = asked_customer and u.state = 'applied'
      union
      select r.offer_id from recorded_subscriptions r where r.customer_id = asked_customer and r.partner_id = current_partner())
    group by o.sku_id;
  perform set_config('yukselt.system', '', true);
end $$;
