-- Search over everything a partner sees. Row-level security lets only leakproof operators reach an index before it has been asked, and of those
-- that compare texts `^@`, begins with, is one while `like` is not: trigrams would be of no use. So what can be found is kept folded, from its
-- first word, from its second, and with its last word first, each in a column of its own that is found by its beginning.

-- As foldForSearch in core: lower case by no language's own rules, all four i alike, no marks, one blank between words.
create or replace function fold_for_search(given text) returns text language sql immutable parallel safe strict
  return btrim(regexp_replace(lower(regexp_replace(normalize(translate(given, 'İIı', 'iii'), nfd), '[\u0300-\u036f]', '', 'g')
    collate "und-x-icu"), '\s+', ' ', 'g'));

-- A folded text from its second word on; null: it has one.
create function from_second_word(folded text) returns text language sql immutable parallel safe strict
  return nullif(substr(folded, nullif(strpos(folded, ' '), 0) + 1), '');
-- The same with its last word first; null: it has one.
create function last_word_first(folded text) returns text language sql immutable parallel safe strict
  return case when strpos(folded, ' ') > 0 then regexp_replace(folded, '^(.*) (.*)$', '\2 \1') end;

alter table users
  add column name_folded text collate "C" generated always as (fold_for_search(display_name)) stored,
  add column name_turned text collate "C" generated always as (last_word_first(fold_for_search(display_name))) stored,
  -- Of two words the second is the last.
  add column name_from_second text collate "C" generated always as (
    case when fold_for_search(display_name) like '% % %' then from_second_word(fold_for_search(display_name)) end) stored;
create index users_name_folded on users (name_folded, customer_id, user_id) where deleted_at is null;
create index users_name_from_second on users (name_from_second, customer_id, user_id)
  where deleted_at is null and name_from_second is not null;
create index users_name_turned on users (name_turned, customer_id, user_id) where deleted_at is null and name_turned is not null;
create index user_addresses_search on user_addresses (address collate "C", customer_id, user_id);

alter table subscriptions
  add column nickname_folded text collate "C" generated always as (fold_for_search(friendly_name)) stored,
  add column nickname_from_second text collate "C" generated always as (from_second_word(fold_for_search(friendly_name))) stored;
create index subscriptions_nickname on subscriptions (partner_id, nickname_folded, customer_id, subscription_id)
  where nickname_folded is not null;
create index subscriptions_nickname_second on subscriptions (partner_id, nickname_from_second, customer_id, subscription_id)
  where nickname_from_second is not null;
create index subscriptions_of_partner on subscriptions (partner_id, subscription_id);
create index subscriptions_of_offer on subscriptions (partner_id, offer_id, customer_id, subscription_id) where status <> 'deleted';

-- The number by which people name an upgrade: the end of its id.
alter table upgrades
  add column number text collate "C" generated always as (right(replace(upgrade_id::text, '-', ''), 8)) stored;
create index upgrades_number on upgrades (partner_id, number);

-- Who is seen is asked for many customers at once here: the partner's are gathered once a statement, not looked up for each row.
do $$
declare
  shared text;
begin
  foreach shared in array array['customers', 'users', 'user_addresses']
  loop
    execute format(
      'alter policy related on %I using (customer_id = (select customer_in_hand())
         or customer_id in (select r.customer_id from relationships r where r.partner_id = (select current_partner()))
         or (select is_system()))', shared);
  end loop;
end $$;
