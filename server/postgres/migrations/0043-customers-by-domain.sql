-- The list of customers by domain, in the order of either language, as the one by name.
create index customers_domain_tr on customers (domain collate "tr-x-icu", customer_id);
create index customers_domain_en on customers (domain collate "en-x-icu", customer_id);
