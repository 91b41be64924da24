import type { Language } from '../../contract/values.ts';
import type { DirectoryRole } from '../../core/customers/relationship.ts';
import type { MailState } from '../mail/mail.store.ts';
import type { Transaction } from '../postgres/database.ts';

export type IndirectReseller = { readonly tenantId: string; readonly name: string; readonly mpnId: string };

export type RequestState = 'open' | 'expired' | 'withdrawn' | 'accepted' | 'declined';

/** A request as it was made. */
export type Request = {
  readonly partnerId: string;
  readonly requestId: string;
  /** null: no customer yet. */
  readonly customerId: string | null;
  readonly customerName: string;
  readonly domain: string;
  readonly indirectReseller: IndirectReseller | null;
  readonly privileges: 'none' | 'dap' | 'gdap';
  readonly roles: readonly DirectoryRole[];
  readonly days: number | null;
  readonly families: readonly string[] | null;
  readonly language: Language;
  readonly recipient: string | null;
  readonly subject: string;
  readonly text: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
};

/** A request and what became of it; an open one is `expired` from its last moment on. */
export type RequestRow = Request & {
  readonly state: RequestState;
  readonly answeredAt: string | null;
  readonly mail: { readonly state: MailState; readonly at: string; readonly error: string | null } | null;
};

/** Request `r`; `now` is the SQL expression of the moment. */
export const requestColumns = (now: string) => `
  r.partner_id as "partnerId", r.request_id as "requestId", r.asked_customer_id as "customerId",
  r.customer_name as "customerName", r.domain, r.indirect_reseller as "indirectReseller", r.privileges, r.roles, r.days,
  r.families, r.language, r.recipient, r.subject, r.text, r.created_at as "createdAt", r.created_by as "createdBy",
  r.expires_at as "expiresAt", r.answered_at as "answeredAt",
  case when r.state = 'open' and r.expires_at <= ${now} then 'expired' else r.state end as state`;

const MAIL = `(
  select json_build_object('state', m.state, 'at', coalesce(m.settled_at, m.created_at), 'error', m.error) from mails m
  where m.partner_id = r.partner_id and m.request_id = r.request_id and m.kind = 'request'
  order by m.mail_id desc limit 1) as mail`;

export async function saveRequest(tx: Transaction, request: Request): Promise<void> {
  await tx.query(
    `insert into relationship_requests (partner_id, request_id, asked_customer_id, customer_name, domain, indirect_reseller, privileges,
       roles, days, families, language, recipient, subject, text, created_at, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      request.partnerId,
      request.requestId,
      request.customerId,
      request.customerName,
      request.domain,
      request.indirectReseller && JSON.stringify(request.indirectReseller),
      request.privileges,
      request.roles,
      request.days,
      request.families,
      request.language,
      request.recipient,
      request.subject,
      request.text,
      request.createdAt,
      request.createdBy,
      request.expiresAt,
    ],
  );
}

type Filter = {
  readonly customerId?: string | undefined;
  readonly state?: RequestState | undefined;
  readonly requestId?: string | undefined;
};

const MOST = 200;

/** The newest requests of a partner that pass. */
export async function findRequests(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { customerId, state, requestId }: Filter,
): Promise<RequestRow[]> {
  return tx.query<RequestRow>(
    `select * from (select ${requestColumns('$2::timestamptz')}, ${MAIL} from relationship_requests r
       where r.partner_id = $1 and ($3::uuid is null or r.asked_customer_id = $3)
         and ($4::uuid is null or r.request_id = $4)) found
     where $5::text is null or state = $5
     order by "requestId" desc limit ${MOST}`,
    [partnerId, now.toString(), customerId ?? null, requestId ?? null, state ?? null],
  );
}

/** Holds a request until the end of the transaction, so that it gets one answer. */
export async function lockRequest(tx: Transaction, partnerId: string, requestId: string): Promise<void> {
  await tx.query('select 1 from relationship_requests where partner_id = $1 and request_id = $2 for update', [
    partnerId,
    requestId,
  ]);
}

export async function answerRequest(
  tx: Transaction,
  { partnerId, requestId }: Pick<Request, 'partnerId' | 'requestId'>,
  answer: {
    readonly state: 'withdrawn' | 'accepted' | 'declined';
    readonly customerId: string | null;
    readonly at: string;
  },
): Promise<void> {
  await tx.query(
    `update relationship_requests set state = $3, asked_customer_id = coalesce($4, asked_customer_id), answered_at = $5
     where partner_id = $1 and request_id = $2`,
    [partnerId, requestId, answer.state, answer.customerId, answer.at],
  );
}

/** Lets a new link lead to a request. */
export async function saveLink(
  tx: Transaction,
  { partnerId, requestId }: Pick<Request, 'partnerId' | 'requestId'>,
  { hash, kind, at }: { readonly hash: Buffer; readonly kind: 'answer' | 'manage'; readonly at: string },
): Promise<void> {
  await tx.query('insert into relationship_links values ($1, $2, $3, $4, $5)', [partnerId, requestId, hash, kind, at]);
}

/** Lets the mails of a partner's requests be counted and sent one after the other; the request must be locked before. */
export async function holdEmailsOf(tx: Transaction, partnerId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`emails ${partnerId}`]);
}

type Nth = { readonly nth: number; readonly since: string };

/** When the nth newest email of a request, or of any of the partner's where none is named, was sent; undefined: there are fewer. */
export async function nthNewestRequestMail(
  tx: Transaction,
  { partnerId }: Pick<Request, 'partnerId'>,
  { requestId, nth, since }: Nth & { readonly requestId: string | null },
): Promise<string | undefined> {
  const [row] = await tx.query<{ created_at: string }>(
    `select created_at from mails where partner_id = $1 and kind = 'request' and created_at > $3
       and ($2::uuid is null or request_id = $2)
     order by created_at desc offset $4 limit 1`,
    [partnerId, requestId, since, nth - 1],
  );
  return row?.created_at;
}

/** When the nth newest link of a request was made; undefined: there are fewer. */
export async function nthNewestLink(
  tx: Transaction,
  { partnerId, requestId }: Pick<Request, 'partnerId' | 'requestId'>,
  { kind, nth, since }: Nth & { readonly kind: 'answer' | 'manage' },
): Promise<string | undefined> {
  const [row] = await tx.query<{ created_at: string }>(
    `select created_at from relationship_links where partner_id = $1 and request_id = $2 and kind = $3 and created_at > $4
     order by created_at desc offset $5 limit 1`,
    [partnerId, requestId, kind, since, nth - 1],
  );
  return row?.created_at;
}
