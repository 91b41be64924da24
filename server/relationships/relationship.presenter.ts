import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import type { Cell } from '../../contract/csv.ts';
import { CUSTOMER_TEXTS } from '../../contract/customers.ts';
import type { GrantOnWire, RelationshipRowOnWire, RequestOnWire } from '../../contract/relationships.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { Language } from '../../contract/values.ts';
import { type EndWarning, nextWarning } from '../../core/customers/privilege-ends.ts';
import { type DirectoryRole, isLive } from '../../core/customers/relationship.ts';
import type { Mailing } from '../mail/mail.store.ts';
import { grantOf } from './accept-request.ts';
import type { Shown } from './show-acceptance.ts';
import { type RelationshipFacts, toGrants } from './relationship.store.ts';
import type { RequestRow } from './request.store.ts';
import type { Grant, ShownRelationship } from './show-relationship.ts';

const moment = (text: string) => Temporal.Instant.from(text).toString();

export function presentRoles(roles: readonly DirectoryRole[], language: Language) {
  return roles.map((role) => ({ role, name: REASON_TEXTS[language].directoryRoles[role] }));
}

export function presentServices(families: readonly string[] | null, language: Language) {
  const names: Readonly<Record<string, string>> = REASON_TEXTS[language].families;
  return families?.map((family) => ({ family, name: names[family] ?? family })) ?? null;
}

export function presentWarning(warning: EndWarning | undefined) {
  return warning ? { days: warning.days, endsAt: warning.endsAt.toString() } : null;
}

export function presentRequest(request: RequestRow, language: Language): RequestOnWire {
  const { requestId, customerId, customerName: name, domain, state, indirectReseller, answeredAt, mail } = request;
  return {
    requestId,
    customer: { customerId, name, domain },
    state,
    createdAt: moment(request.createdAt),
    expiresAt: moment(request.expiresAt),
    answeredAt: answeredAt === null ? null : moment(answeredAt),
    indirectReseller,
    privileges: presentAsked(request, language),
    language: request.language,
    to: request.recipient,
    mail: mail && { ...mail, at: moment(mail.at) },
  };
}

function presentAsked(
  { privileges, roles, days, families }: Pick<RequestRow, 'privileges' | 'roles' | 'days' | 'families'>,
  language: Language,
) {
  return {
    kind: privileges,
    roles: presentRoles(roles, language),
    days,
    services: presentServices(families, language),
  };
}

function presentGrant(grant: Grant, now: Temporal.Instant, language: Language): GrantOnWire {
  const { privilegesId, kind, roles, families, startsAt, endsAt, warning } = grant;
  const isComing = Temporal.Instant.compare(startsAt, now) > 0;
  return {
    privilegesId,
    kind,
    roles: presentRoles(roles, language),
    services: presentServices(families, language),
    startsAt: startsAt.toString(),
    endsAt: endsAt?.toString() ?? null,
    state: isLive(grant, now) ? 'live' : isComing ? 'coming' : 'ended',
    warning: presentWarning(warning),
  };
}

export function presentRelationship(shown: ShownRelationship, now: Temporal.Instant, language: Language) {
  const { facts, agreement, grants, uses, warning, requests } = shown;
  return {
    since: moment(facts.created_at),
    indirectReseller: facts.indirect_reseller,
    agreement: agreement
      ? { agreedAt: moment(agreement.agreedAt), name: `${agreement.firstName} ${agreement.lastName}` }
      : null,
    grants: grants.map((grant) => presentGrant(grant, now, language)),
    uses: uses.map(({ act, roles, standing, until }) => ({
      act,
      roles: presentRoles(roles, language),
      standing,
      until: until?.toString() ?? null,
    })),
    warning: presentWarning(warning),
    requests: requests.map((request) => presentRequest(request, language)),
  };
}

export function presentOverview(facts: RelationshipFacts, now: Temporal.Instant): RelationshipRowOnWire {
  const held = toGrants(facts.grants);
  const live = held.filter((grant) => isLive(grant, now));
  const kind = live.some((grant) => grant.kind === 'gdap') ? 'gdap' : live.length > 0 ? 'dap' : undefined;
  const ends = live.flatMap(({ endsAt }) => endsAt ?? []).toSorted((a, b) => Temporal.Instant.compare(a, b));
  const openRequest = facts.open_request;
  return {
    customerId: facts.customer_id,
    name: facts.name,
    domain: facts.domain,
    since: moment(facts.created_at),
    privileges: kind ?? (held.length > 0 ? 'lapsed' : 'none'),
    endsAt: ends[0]?.toString() ?? null,
    warning: presentWarning(nextWarning(held, now)),
    openRequest: openRequest && { ...openRequest, expiresAt: moment(openRequest.expiresAt) },
  };
}

/** Its row of the file. */
export function toOverviewCells(facts: RelationshipFacts, now: Temporal.Instant, language: Language): Cell[] {
  const { name, domain, privileges, endsAt, openRequest, since } = presentOverview(facts, now);
  const dayOf = (at: string | undefined | null) => at?.slice(0, 10) ?? '';
  const words = CUSTOMER_TEXTS[language].privileges[privileges];
  return [name, domain, words, dayOf(endsAt), dayOf(openRequest?.expiresAt), dayOf(since)];
}

export function presentAcceptance(
  { acceptance: shown, proved }: Shown,
  now: Temporal.Instant,
  { language, mailing, signsIn }: { readonly language: Language; readonly mailing: Mailing; readonly signsIn: boolean },
): AcceptanceOnWire {
  const { partnerId, partner, partnerDomain, indirectReseller, customerName, domain, relation } = shown;
  const grants = shown.kind === 'manage' ? (relation?.grants ?? []) : [];
  return {
    kind: shown.kind,
    state: shown.standing,
    partner: { tenantId: partnerId, name: partner, domain: partnerDomain },
    indirectReseller: indirectReseller && { tenantId: indirectReseller.tenantId, name: indirectReseller.name },
    customer: { name: customerName, domain },
    isNew: shown.isNew,
    agreementNeeded: shown.agreementNeeded,
    privileges: presentAsked(shown, language),
    until: grantOf(shown, now)?.endsAt?.toString() ?? null,
    grants: grants.map(({ kind, roles, families, endsAt }) => ({
      kind,
      roles: presentRoles(roles, language),
      services: presentServices(families, language),
      endsAt: endsAt === null ? null : moment(endsAt),
    })),
    expiresAt: moment(shown.expiresAt),
    digest: shown.digest,
    canProve: mailing !== 'none',
    mailKept: mailing === 'kept',
    // What was granted is taken back by a link that comes by mail.
    canSignIn: signsIn && mailing !== 'none',
    signedIn: proved ? { tenantId: proved.tenantId, until: moment(proved.expiresAt) } : null,
  };
}
