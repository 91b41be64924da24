-- Licenses that could not be exchanged stay where they were. In place there is nothing left that they could be of, so that an ended subscription
-- stands for what this one was; elsewhere they stay in the source (product decision 4).
alter table upgrades add column left_in uuid;
alter table upgrades add foreign key (customer_id, left_in) references subscriptions;
