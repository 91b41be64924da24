-- How many users hold a license of a subscription, kept with it: lists over all customers ask for it of every row, and counting a partner's
-- licenses takes seconds. Whoever changes licenses may change those of another partner's subscription too, as when a user goes.
alter table subscriptions add column assigned integer not null default 0;

create function count_licenses() returns trigger language plpgsql as $$
declare
  before text := coalesce(current_setting('yukselt.system', true), '');
begin
  perform set_config('yukselt.system', 'on', true);
  if tg_op in ('DELETE', 'UPDATE') then
    update subscriptions s set assigned = s.assigned - n.licenses
    from (select o.customer_id, o.subscription_id, count(*) as licenses from old_rows o group by o.customer_id, o.subscription_id) n
    where s.customer_id = n.customer_id and s.subscription_id = n.subscription_id;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    update subscriptions s set assigned = s.assigned + n.licenses
    from (select o.customer_id, o.subscription_id, count(*) as licenses from new_rows o group by o.customer_id, o.subscription_id) n
    where s.customer_id = n.customer_id and s.subscription_id = n.subscription_id;
  end if;
  perform set_config('yukselt.system', before, true);
  return null;
end $$;
create trigger licenses_counted_in after insert on licenses
  referencing new table as new_rows for each statement execute function count_licenses();
create trigger licenses_counted_out after delete on licenses
  referencing old table as old_rows for each statement execute function count_licenses();
create trigger licenses_counted_over after update on licenses
  referencing old table as old_rows new table as new_rows for each statement execute function count_licenses();

update subscriptions s set assigned = n.licenses
from (select l.customer_id, l.subscription_id, count(*) as licenses from licenses l group by l.customer_id, l.subscription_id) n
where s.customer_id = n.customer_id and s.subscription_id = n.subscription_id;

-- As customers are since migration 0042: those that the partner is related to are gathered once a statement. What the system asks, as functions
-- do for each customer of a list, need not gather them at all, so that this stands first.
alter policy partner on subscriptions using ((select is_system()) or (partner_id = (select current_partner())
  and (customer_id = (select customer_in_hand())
    or customer_id in (select r.customer_id from relationships r where r.partner_id = (select current_partner())))));
