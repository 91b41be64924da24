-- Row-level security asks for each row whether the partner is related to its customer. A transaction that is about one customer asks once,
-- when it begins: it keeps the id of a customer that it found related, and the rows of that one are compared with it alone.
create function customer_in_hand() returns uuid language sql stable
  return nullif(current_setting('yukselt.customer_id', true), '')::uuid;

-- Sets who is asking, and about whom; a customer that the partner is not related to is not taken in hand.
create function act_as(asking uuid, asked_customer uuid) returns void language plpgsql as $$
begin
  perform set_config('yukselt.partner_id', asking::text, true);
  perform set_config('yukselt.customer_id', (
    select r.customer_id::text from relationships r where r.customer_id = asked_customer and r.partner_id = asking), true);
  -- Statements about one customer go by its key, whatever else is asked: planned once, they need not be planned for each value.
  perform set_config('plan_cache_mode', 'force_generic_plan', true);
end $$;

-- Rows of one customer come together, so that the last one found related is remembered, for this partner and as long as the transaction.
create function sees_customer(asked uuid) returns boolean language plpgsql stable parallel restricted as $$
declare
  asking text := current_setting('yukselt.partner_id', true);
begin
  if current_setting('yukselt.seen', true) = asking || asked::text then
    return true;
  end if;
  if not exists (select 1 from relationships r where r.customer_id = asked and r.partner_id = nullif(asking, '')::uuid) then
    return false;
  end if;
  perform set_config('yukselt.seen', asking || asked::text, true);
  return true;
end $$;

-- Makes the acts of a customer happen one after the other.
create function hold_customer(asked uuid) returns void language plpgsql as $$
begin
  perform 1 from customers c where c.customer_id = asked for update;
end $$;

-- What is true for nearly every row stands first, so that the rest is not even asked.
do $$
declare
  asking record;
begin
  for asking in
    select tablename, policyname from pg_policies
    where schemaname = current_schema() and policyname in ('partner', 'related') and qual like '%relationships%'
  loop
    execute format(
      'alter policy %I on %I using (%s (customer_id = (select customer_in_hand()) or sees_customer(customer_id))
         or (select is_system()))',
      asking.policyname, asking.tablename,
      case asking.policyname when 'partner' then 'partner_id = (select current_partner()) and' else '' end);
  end loop;
end $$;
