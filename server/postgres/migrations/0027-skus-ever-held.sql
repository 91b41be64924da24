-- Of which SKUs the customer has or ever had a subscription, through whatever partner or channel: some are closed to who never had one (N57).
-- Nothing else is told: not whose they are or were, nor when.
create function skus_ever_held(asked_customer uuid) returns table (sku_id text) language plpgsql as $$
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select o.sku_id from subscriptions s join offers o on o.offer_id = s.offer_id where s.customer_id = asked_customer
    union
    select o.sku_id from recorded_subscriptions r join offers o on o.offer_id = r.offer_id
    where r.customer_id = asked_customer and r.partner_id = current_partner();
  perform set_config('yukselt.system', '', true);
end $$;
