import type { Transaction } from '../postgres/database.ts';

/** Days, both included. */
export type Span = { readonly from: string; readonly until: string };

/** Decimals of the partner’s currency, to which sums are rounded. */
type Decimals = { readonly decimals: number };

/** Upgrades of customers that the partner is related to, applied in a span. */
const APPLIED = `
  from upgrades u join customers c on c.customer_id = u.customer_id
  where u.partner_id = $1 and u.state = 'applied' and u.effective_on between $2::date and $3::date`;

/** How many months a charge cycle is long. */
const months = (cycle: string) => `(case ${cycle} when 'annual' then 12 when 'triennial' then 36 else 1 end)`;

/**
 * What upgrade `u` brings a month more, in units of its currency: by its quote, where it had one. At a renewal nothing is quoted; there it is what the
 * ledger says of the charge cycles before and after.
 */
const EXTRA = `
  coalesce(
    (select (q.shown -> 'outlook' ->> 'periodAfter')::numeric
          / ${months(`coalesce(q.shown -> 'term' ->> 'billingCycle', q.shown -> 'outlook' ->> 'billingCycle')`)}
        - (q.shown -> 'outlook' ->> 'periodBefore')::numeric / ${months(`q.shown -> 'outlook' ->> 'billingCycle'`)}
      from quotes q where q.customer_id = u.customer_id and q.quote_id = u.quote_id),
    (select (select g.unit_price * g.quantity / greatest(1, round(g.period_days / 30.4)) from charges g
          where g.customer_id = u.customer_id and g.subscription_id = u.source_subscription_id and g.quantity > 0
            and g.period_start >= u.effective_on order by g.period_start, g.charge_id limit 1)
        - (select g.unit_price * g.quantity / greatest(1, round(g.period_days / 30.4)) from charges g
          where g.customer_id = u.customer_id and g.subscription_id = u.source_subscription_id and g.quantity > 0
            and g.period_start < u.effective_on order by g.period_start desc, g.charge_id desc limit 1)
      where u.way = 'renewal'),
    0)`;

export type FiguresRow = { upgrades: number; licenses: number; without_work: number; extra: string };

/** What the upgrades of a span came to. */
export async function findFigures(
  tx: Transaction,
  partnerId: string,
  { from, until, decimals }: Span & Decimals,
): Promise<FiguresRow> {
  const [row] = await tx.query<FiguresRow>(
    `select count(*)::integer as upgrades, coalesce(sum(u.quantity), 0)::integer as licenses,
       (count(*) filter (where not exists (select 1 from license_issues i
         where i.partner_id = $1 and i.customer_id = u.customer_id and i.upgrade_id = u.upgrade_id)))::integer as without_work,
       round(coalesce(sum(${EXTRA}), 0), $4::integer)::text as extra ${APPLIED}`,
    [partnerId, from, until, decimals],
  );
  return row ?? { upgrades: 0, licenses: 0, without_work: 0, extra: '0' };
}

export type MonthRow = { month: string; offer_id: string; upgrades: number };

/** By month and new offer. */
export async function countByMonth(tx: Transaction, partnerId: string, { from, until }: Span): Promise<MonthRow[]> {
  return tx.query<MonthRow>(
    `select to_char(u.effective_on, 'YYYY-MM') as month, u.target_offer_id as offer_id, count(*)::integer as upgrades
     ${APPLIED} group by 1, 2 order by 1, 2`,
    [partnerId, from, until],
  );
}

export type UpliftRow = {
  source_offer_id: string;
  target_offer_id: string;
  upgrades: number;
  licenses: number;
  extra: string;
};

/** By path, what brings most first. */
export async function sumByPath(
  tx: Transaction,
  partnerId: string,
  { from, until, decimals }: Span & Decimals,
): Promise<UpliftRow[]> {
  return tx.query<UpliftRow>(
    `select u.source_offer_id, u.target_offer_id, count(*)::integer as upgrades, sum(u.quantity)::integer as licenses,
       round(sum(${EXTRA}), $4::integer)::text as extra
     ${APPLIED} group by 1, 2 order by sum(${EXTRA}) desc, 1, 2`,
    [partnerId, from, until, decimals],
  );
}

export type ReasonRow = { reason: string; refused: number };

/** Refused acts by each rule that said no, or else by the problem; one that several rules refused counts for each. */
export async function countRefusals(tx: Transaction, partnerId: string, { from, until }: Span): Promise<ReasonRow[]> {
  return tx.query<ReasonRow>(
    `select r.reason, count(*)::integer as refused
     from audit_records a
     cross join lateral jsonb_array_elements_text(
       case when jsonb_typeof(a.details #> '{after,reasons}') = 'array' then a.details #> '{after,reasons}'
         else jsonb_build_array(a.reason) end) as r (reason)
     where a.partner_id = $1 and a.outcome = 'refused' and a.at >= $2::date and a.at < $3::date + 1
     group by 1 order by 2 desc, 1`,
    [partnerId, from, until],
  );
}

export type AgeRow = { age: 'week' | 'month' | 'quarter' | 'older'; accounts: number; upgrades: number };

/** Accounts that still need a person, by the days since their upgrade. */
export async function countOpenIssues(tx: Transaction, partnerId: string, today: string): Promise<AgeRow[]> {
  return tx.query<AgeRow>(
    `select case when $2::date - u.effective_on < 7 then 'week' when $2::date - u.effective_on < 30 then 'month'
         when $2::date - u.effective_on < 90 then 'quarter' else 'older' end as age,
       count(*)::integer as accounts, count(distinct (i.customer_id, i.upgrade_id))::integer as upgrades
     from license_issues i
     join upgrades u on u.customer_id = i.customer_id and u.upgrade_id = i.upgrade_id
     join customers c on c.customer_id = i.customer_id
     where i.partner_id = $1 and i.status = 'open' group by 1`,
    [partnerId, today],
  );
}
