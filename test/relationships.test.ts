import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS } from '../demo/ids.ts';
import { openQueue } from '../server/jobs/queue.ts';
import { keepUp } from '../server/jobs/routine.ts';
import { sendMails } from '../server/mail/send-mails.ts';
import { sendCode } from '../server/relationships/send-code.ts';
import { warnOfEndsRoutine } from '../server/relationships/warn-of-ends.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import {
  accept,
  answer,
  codeFor,
  type Granular,
  lastMail,
  request,
  requestNew,
  tokenOf,
} from './relationship-steps.ts';

let deployment: TestDeployment;
/** An Admin agent of Kuzey Bulut. */
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

const asSystem = <Row extends object = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));
const auditOf = (subject: string) =>
  asSystem<{ action: string; agent_id: string | null; details: Record<string, unknown>; customer_id: string }>(
    'select * from audit_records where subject_id = $1 order by audit_id',
    [subject],
  );
const GRANULAR: Granular = { kind: 'gdap', roles: ['directoryReader', 'directoryWriter'], days: 365, families: null };
const relationshipOf = async (id: string, api = aylin) =>
  valueOf(await api('showRelationship', { params: { customerId: id } }));

let made = 0;
/** A new customer of Kuzey Bulut with an active subscription and full privileges. */
async function seed(status: 'active' | 'suspended' = 'active') {
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: `Gediz Boya ${++made}`,
    offerId: OFFERS.businessBasic,
    quantity: 5,
    purchasedOn: '2026-09-13',
    status,
  };
  const seeded = valueOf(await aylin('seedSubscription', { body }));
  const { domain } = valueOf(await aylin('showCustomer', { params: { customerId: seeded.customerId } }));
  return { ...seeded, email: `yonetici@${domain}` };
}

describe('what a partner holds for a customer', () => {
  it('is shown with what it allows and until when', async () => {
    const full = await relationshipOf(customerId(1));
    expect(full.grants).toMatchObject([{ kind: 'dap', state: 'live', endsAt: null, warning: null }]);
    expect(new Set(full.uses.map(({ standing }) => standing))).toEqual(new Set(['granted']));
  });

  it('is warned of before it ends, in the overview, the list and its filter alike', async () => {
    const { items } = valueOf(await aylin('listRelationships', { query: { filter: 'ending' } }));
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]?.warning).toMatchObject({ days: 30 });
    const listed = valueOf(await aylin('listCustomers', { query: { filter: 'privilegesEnding' } }));
    expect(listed.items.map((one) => one.customerId)).toEqual(items.map((one) => one.customerId));
    const [first] = items;
    expect((await relationshipOf(first?.customerId ?? '')).warning).toEqual(first?.warning);
  });

  it('is listed by what ends next, page by page, and each customer once', async () => {
    const ids: string[] = [];
    const ends: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(await aylin('listRelationships', { query: { limit: 7, ...(cursor && { cursor }) } }));
      ids.push(...page.items.map((one) => one.customerId));
      ends.push(...page.items.map((one) => one.endsAt));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(14);
    const known = ends.filter((end) => end !== null);
    expect(ends.slice(0, known.length)).toEqual(known.toSorted());
    const bad = await aylin('listRelationships', { query: { cursor: 'eyJ4IjoxfQ' } });
    expect(problemOf(bad)).toMatchObject({ code: 'invalid-request', fields: [{ field: 'cursor' }] });
  });

  it('of another partner’s customer is not shown', async () => {
    const problem = problemOf(await aylin('showRelationship', { params: { customerId: customerId(41) } }));
    expect(problem.code).toBe('not-found');
  });
});

describe('a request to a tenant that is no customer yet', () => {
  it('ends with a customer, a relationship, the privileges as shown, and an agreement', async () => {
    const { link, requestId } = await requestNew(aylin, 'yeni-bir.example', GRANULAR);
    const shown = valueOf(await aylin('showAcceptance', { body: { token: tokenOf(link) } }));
    expect(shown).toMatchObject({
      kind: 'answer',
      state: 'open',
      partner: { tenantId: PARTNERS.kuzey },
      isNew: true,
      agreementNeeded: true,
      privileges: { kind: 'gdap', days: 365, services: null },
      until: '2027-11-16T09:00:00Z'.replace('09:00:00Z', shown.until?.slice(11) ?? ''),
    });
    const tenantId = deployment.context.newId();
    expect(await accept(aylin, link, 'it@yeni-bir.example', { tenantId })).toEqual({ state: 'accepted' });
    const held = await relationshipOf(tenantId);
    expect(held.grants).toMatchObject([
      { kind: 'gdap', roles: [{ role: 'directoryReader' }, { role: 'directoryWriter' }] },
    ]);
    expect(held.agreement?.name).toBe('Ece Kaya');
    expect(held.requests).toMatchObject([{ requestId, state: 'accepted' }]);
    const audit = await auditOf(requestId);
    expect(audit.map(({ action, agent_id }) => [action, agent_id === null])).toEqual([
      ['relationship.requested', false],
      ['relationship.accepted', true],
    ]);
    expect(JSON.stringify(audit)).not.toContain('yeni-bir.example');
  });

  it('is accepted once: its link then says so, and its code is used up', async () => {
    const { link } = await requestNew(aylin, 'bir-kez.example');
    await accept(aylin, link, 'it@bir-kez.example', { tenantId: deployment.context.newId() });
    const shown = valueOf(await aylin('showAcceptance', { body: { token: tokenOf(link) } }));
    expect(shown.state).toBe('accepted');
    const code = await aylin('sendCode', { body: { token: tokenOf(link), email: 'it@bir-kez.example' } });
    expect(problemOf(code)).toMatchObject({ code: 'request-not-open', detail: expect.stringContaining('accepted') });
  });

  it('is refused to a tenant in another country (R2), and a tenant of another domain', async () => {
    const { link } = await requestNew(aylin, 'uzakta.example');
    const abroad = { tenantId: deployment.context.newId(), country: 'DE' };
    const given = await codeFor(aylin, link, 'it@uzakta.example');
    const problems = [
      await answer(aylin, link, given, abroad),
      await answer(aylin, link, given, { tenantId: customerId(41) }),
      await answer(aylin, link, given, { tenantId: PARTNERS.kuzey }),
    ].map(problemOf);
    expect(problems.map(({ fields }) => fields?.[0]?.field)).toEqual([
      'organization.country',
      'organization.tenantId',
      'organization.tenantId',
    ]);
    // None of them cost a try.
    expect((await answer(aylin, link, given, { tenantId: deployment.context.newId() })).ok).toBe(true);
  });

  it('to a tenant that another partner serves relates the same tenant, and tells nobody of the other', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const [first] = valueOf(await wendy('listCustomers', {})).items;
    const [theirs, domain] = [first?.customerId ?? '', first?.domain ?? ''];
    const { link } = await requestNew(aylin, domain);
    const shown = valueOf(await aylin('showAcceptance', { body: { token: tokenOf(link) } }));
    expect(shown.isNew).toBe(true);
    const email = `it@${domain}`;
    const given = await codeFor(aylin, link, email);
    const problem = problemOf(await answer(aylin, link, given, { tenantId: deployment.context.newId() }));
    expect(problem.fields?.[0]?.field).toBe('organization.tenantId');
    expect(valueOf(await answer(aylin, link, given, { tenantId: theirs }))).toEqual({ state: 'accepted' });
    const held = await relationshipOf(theirs);
    expect(held.grants).toEqual([]);
    const { items } = valueOf(await aylin('listSubscriptions', { params: { customerId: theirs } }));
    expect(items.filter((one) => one.subscriptionId !== null)).toEqual([]);
    expect((await wendy('showRelationship', { params: { customerId: theirs } })).ok).toBe(true);
  });

  it('that the partner has already is asked for by its id', async () => {
    const { domain } = valueOf(await aylin('showCustomer', { params: { customerId: customerId(1) } }));
    const body = { customer: { name: 'X', domain }, privileges: { kind: 'none' }, language: 'tr' } as const;
    expect(problemOf(await aylin('requestRelationship', { body })).fields?.[0]?.field).toBe('customer.domain');
  });
});

describe('a request to a customer', () => {
  it('renews what is held, and the warning is gone', async () => {
    const of = await seed();
    const { link, requestId } = await request(aylin, of.customerId, GRANULAR);
    expect(await accept(aylin, link, of.email)).toEqual({ state: 'accepted' });
    expect((await auditOf(requestId)).map(({ action }) => action)).toContain('relationship.renewed');
    expect((await relationshipOf(of.customerId)).grants.map(({ kind }) => kind)).toEqual(['gdap', 'dap']);
  });

  it('that is declined grants nothing', async () => {
    const of = await seed();
    const { link, requestId } = await request(aylin, of.customerId, GRANULAR);
    const given = await codeFor(aylin, link, of.email);
    expect(valueOf(await answer(aylin, link, given, {}, 'decline'))).toEqual({ state: 'declined' });
    const held = await relationshipOf(of.customerId);
    expect(held.grants).toHaveLength(1);
    expect(held.requests).toMatchObject([{ requestId, state: 'declined' }]);
  });

  it('that was withdrawn or has expired leads to a clear sentence, and nothing can be answered', async () => {
    const of = await seed();
    const [withdrawn, expiring] = [await request(aylin, of.customerId), await request(aylin, of.customerId)];
    const params = { requestId: withdrawn.requestId };
    expect(valueOf(await aylin('withdrawRequest', { params })).state).toBe('withdrawn');
    expect(problemOf(await aylin('withdrawRequest', { params })).code).toBe('request-not-open');
    expect(problemOf(await aylin('composeRequestEmail', { params })).code).toBe('request-not-open');
    const token = tokenOf(withdrawn.link);
    expect(valueOf(await aylin('showAcceptance', { body: { token } })).state).toBe('withdrawn');
    await asSystem('update relationship_requests set expires_at = created_at where request_id = $1', [
      expiring.requestId,
    ]);
    expect(valueOf(await aylin('showAcceptance', { body: { token: tokenOf(expiring.link) } })).state).toBe('expired');
    const code = await aylin('sendCode', { body: { token: tokenOf(expiring.link), email: of.email } });
    expect(problemOf(code).code).toBe('request-not-open');
  });

  it('can have its email shown again; the link given first goes on working', async () => {
    const of = await seed();
    const first = await request(aylin, of.customerId);
    const again = valueOf(await aylin('composeRequestEmail', { params: { requestId: first.requestId } }));
    expect(again.link).not.toBe(first.link);
    expect(again.text.replace(again.link, first.link)).toBe(first.text);
    expect((await aylin('showAcceptance', { body: { token: tokenOf(first.link) } })).ok).toBe(true);
    expect(await accept(aylin, again.link, of.email)).toEqual({ state: 'accepted' });
  });

  it('may be made by roles that may request alone', async () => {
    const bora = await deployment.signIn('bora@kuzey.example');
    const body = { customerId: customerId(1), privileges: { kind: 'none' }, language: 'tr' } as const;
    expect(problemOf(await bora('requestRelationship', { body })).code).toBe('role-not-allowed');
    expect(problemOf(await bora('draftRelationshipRequest', { body })).code).toBe('role-not-allowed');
  });

  it('with an indirect reseller sets up both relationships, and says so (R6)', async () => {
    const of = await seed();
    const tenantId = deployment.context.newId();
    const indirectReseller = { tenantId, name: 'Alt Bayi', mpnId: '1234567' };
    const body = { customerId: of.customerId, privileges: { kind: 'none' }, language: 'en', indirectReseller } as const;
    const composed = valueOf(await aylin('requestRelationship', { body }));
    expect(composed.microsoftLink).toBe(
      `https://portal.office.com/partner/partnersignup.aspx?type=IndirectResellerRelationship&id=${tenantId}&csp=1&msppid=1234567&indirectCSP=${PARTNERS.kuzey}`,
    );
    const shown = valueOf(await aylin('showAcceptance', { body: { token: tokenOf(composed.link) } }));
    expect(shown.indirectReseller).toEqual({ tenantId, name: 'Alt Bayi' });
    await accept(aylin, composed.link, of.email);
    expect((await relationshipOf(of.customerId)).indirectReseller).toEqual(indirectReseller);
  });
});

describe('the email', () => {
  const draft = { privileges: { kind: 'none' }, language: 'tr' } as const;
  const write = (text: string, subject = 'Konu') =>
    aylin('requestRelationship', { body: { ...draft, customerId: customerId(1), email: { subject, text } } });

  it.each(['tr', 'en'] as const)(
    'is drafted in %s with the roles, the days and one place for the link',
    async (language) => {
      const body = { customerId: customerId(1), privileges: GRANULAR, language };
      const drafted = valueOf(await aylin('draftRelationshipRequest', { body }));
      expect(drafted.text.split('{link}')).toHaveLength(2);
      expect(drafted.text).toContain('365');
      expect(drafted.text).toContain(language === 'tr' ? 'Dizin yazarları' : 'Directory writers');
      expect(drafted.text.replace('{link}', '')).not.toMatch(/\{\w+\}/);
    },
  );

  it('never loses its link, and holds no other one of this page', async () => {
    const kept = valueOf(await write('Merhaba'));
    expect(kept.text).toBe(`Merhaba\n\n${kept.link}`);
    const first = valueOf(await write('Önce {link} sonra'));
    expect(first.text).toBe(`Önce ${first.link} sonra`);
    for (const text of ['{link} {link}', `{link} ${first.link}`, first.link.toUpperCase()]) {
      expect(problemOf(await write(text)).fields?.[0]?.field).toBe('email.text');
    }
    // What looks like a pattern of a replacement stays as it was written.
    expect(valueOf(await write("$& $1 {link} $'")).text).toMatch(/^\$& \$1 http.* \$'$/);
  });

  it('takes no header and no list of addresses', async () => {
    expect(problemOf(await write('x', 'Konu\r\nBcc: a@b.example')).fields?.[0]?.field).toBe('email.subject');
    for (const to of ['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'A <a@b.example>']) {
      const made = await aylin('requestRelationship', { body: { ...draft, customerId: customerId(1), to } });
      expect(problemOf(made).fields?.[0]?.field).toBe('to');
    }
  });

  it('opens in a mail program while it is short enough for an address', async () => {
    const short = valueOf(await write('Şimdi: {link}'));
    expect(decodeURIComponent(short.mailto ?? '')).toContain(`body=Şimdi: ${short.link}`);
    expect(valueOf(await write('ş'.repeat(400))).mailto).toBeNull();
  });

  it.each([
    [{ kind: 'gdap', roles: ['directoryReader'], days: 0 }, 'privileges.days'],
    [{ kind: 'gdap', roles: ['directoryReader'], days: 731 }, 'privileges.days'],
    [{ kind: 'gdap', roles: ['directoryReader'], days: 1.5 }, 'privileges.days'],
    [{ kind: 'gdap', roles: [], days: 30 }, 'privileges.roles'],
    [{ kind: 'gdap', roles: ['directoryReader', 'directoryReader'], days: 30 }, 'privileges.roles'],
    [{ kind: 'gdap', roles: ['god'], days: 30 }, 'privileges.roles.0'],
    [{ kind: 'dap', families: ['everything'] }, 'privileges.families.0'],
  ])('asks for %j: refused at %s', async (privileges, field) => {
    const body = { ...draft, customerId: customerId(1), privileges: privileges as never };
    expect(problemOf(await aylin('requestRelationship', { body })).fields?.[0]?.field).toBe(field);
  });
});

describe('the proof of an address', () => {
  it('is for addresses at the customer’s domain alone', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    const token = tokenOf(link);
    for (const email of ['it@elsewhere.example', `it@x.${of.email.split('@')[1]}`]) {
      expect(problemOf(await aylin('sendCode', { body: { token, email } })).fields?.[0]?.field).toBe('email');
    }
  });

  it('goes to a Global Administrator where they are known, and looks the same to everybody else', async () => {
    const of = await seed();
    const [user] = await asSystem<{ user_id: string }>(
      'insert into users (customer_id, user_id, user_principal_name, display_name, usage_location) values ($1, gen_random_uuid(), $2, $2, $3) returning user_id',
      [of.customerId, of.email, 'TR'],
    );
    await asSystem('insert into directory_role_members values ($1, $2, $3)', [
      of.customerId,
      '62e90394-69f5-4237-9190-012177145e10',
      user?.user_id,
    ]);
    const { link } = await request(aylin, of.customerId);
    const nobody = of.email.replace('yonetici', 'baska');
    const before = await lastMail(aylin);
    const sent = valueOf(await aylin('sendCode', { body: { token: tokenOf(link), email: nobody } }));
    expect(Object.keys(sent)).toEqual(['proof', 'expiresAt']);
    expect(await lastMail(aylin)).toEqual(before);
    expect(await accept(aylin, link, of.email.toUpperCase())).toEqual({ state: 'accepted' });
  });

  it('goes to nobody else either where a partner asks for another one’s customer as for a new one', async () => {
    const [id, domain] = [deployment.context.newId(), 'baskasinin.example'];
    await asSystem(`insert into customers (customer_id, name, name_folded, domain, country, created_at)
      values ('${id}', 'Başkasının', 'baskasinin', '${domain}', 'TR', now())`);
    await asSystem(
      'insert into relationships (customer_id, partner_id, reseller, created_at) values ($1, $2, true, now())',
      [id, PARTNERS.westwind],
    );
    const admin = `genel@${domain}`;
    const [user] = await asSystem<{ user_id: string }>(
      'insert into users (customer_id, user_id, user_principal_name, display_name, usage_location) values ($1, gen_random_uuid(), $2, $2, $3) returning user_id',
      [id, admin, 'TR'],
    );
    const member = [id, '62e90394-69f5-4237-9190-012177145e10', user?.user_id];
    await asSystem('insert into directory_role_members values ($1, $2, $3)', member);
    const { link } = await requestNew(aylin, domain, GRANULAR);
    const before = await lastMail(aylin);
    valueOf(await aylin('sendCode', { body: { token: tokenOf(link), email: `stajyer@${domain}` } }));
    expect(await lastMail(aylin)).toEqual(before);
    expect(await accept(aylin, link, admin, { tenantId: id })).toEqual({ state: 'accepted' });
  });

  it('holds for five tries, ten minutes, and the browser that asked', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    const [one, other] = [await codeFor(aylin, link, of.email), await codeFor(aylin, link, of.email)];
    const swapped = await answer(aylin, link, { ...one, proof: other.proof });
    expect(problemOf(swapped).code).toBe('code-refused');
    const wrong = one.code === '000000' ? '000001' : '000000';
    for (let tries = 1; tries <= 5; tries++) {
      expect(problemOf(await answer(aylin, link, { ...one, code: wrong })).code).toBe('code-refused');
    }
    expect(problemOf(await answer(aylin, link, one)).code).toBe('code-refused');
    await asSystem(`update relationship_codes set expires_at = created_at`);
    expect(problemOf(await answer(aylin, link, other)).code).toBe('code-refused');
    const problem = problemOf(await answer(aylin, link, { proof: 'made up', code: '123456' }));
    expect(problem.code).toBe('code-refused');
  });

  it('is told to be wrong or right before anything else is asked, and then holds ten minutes more, once', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    const given = await codeFor(aylin, link, of.email);
    const check = (code = given.code, proof = given.proof) =>
      aylin('checkCode', { body: { token: tokenOf(link), proof, code } });
    const wrong = given.code === '000000' ? '000001' : '000000';
    for (let tries = 1; tries <= 4; tries++) expect(problemOf(await check(wrong)).code).toBe('code-refused');
    expect(problemOf(await check(given.code, 'another browser')).code).toBe('code-refused');
    const sentAt = Temporal.Instant.from(
      (await asSystem<{ at: string }>('select max(created_at) as at from relationship_codes'))[0]?.at ?? '',
    );
    const minutesOf = ({ until }: { until: string }) =>
      Math.round(Temporal.Instant.from(until).since(sentAt).total('minutes'));
    // A right one costs no try, however often.
    for (let tries = 1; tries <= 3; tries++) expect(minutesOf(valueOf(await check()))).toBe(10);
    await asSystem(
      `update relationship_codes set created_at = created_at - interval '9 minutes', expires_at = expires_at - interval '9 minutes'`,
    );
    expect(minutesOf(valueOf(await check()))).toBe(10);
    await asSystem(`update relationship_codes set created_at = created_at - interval '9 minutes'`);
    expect(minutesOf(valueOf(await check()))).toBe(10);
    expect(minutesOf(valueOf(await check()))).toBeLessThan(20);
    expect(valueOf(await answer(aylin, link, given))).toEqual({ state: 'accepted' });
    expect(problemOf(await check()).code).toBe('request-not-open');
  });

  it('is checked five times, whichever way it is tried', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    const given = await codeFor(aylin, link, of.email);
    const wrong = { ...given, code: given.code === '000000' ? '000001' : '000000' };
    for (let tries = 1; tries <= 3; tries++) {
      expect(problemOf(await aylin('checkCode', { body: { token: tokenOf(link), ...wrong } })).code).toBe(
        'code-refused',
      );
    }
    for (let tries = 1; tries <= 2; tries++) {
      expect(problemOf(await answer(aylin, link, wrong)).code).toBe('code-refused');
    }
    expect(problemOf(await aylin('checkCode', { body: { token: tokenOf(link), ...given } })).code).toBe('code-refused');
  });

  it('is sent five times an hour', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    for (let sent = 1; sent <= 5; sent++) await codeFor(aylin, link, of.email);
    const sixth = await aylin('sendCode', { body: { token: tokenOf(link), email: of.email } });
    expect(problemOf(sixth)).toMatchObject({ code: 'too-many-codes', status: 429 });
  });

  it('cannot be guessed by way of many requests: after twenty wrong codes nothing is accepted for a day', async () => {
    const of = await seed();
    const links: string[] = [];
    for (let made = 0; made < 5; made++) links.push((await request(aylin, of.customerId)).link);
    const [last = '', ...guessed] = links;
    const right = await codeFor(aylin, last, of.email);
    for (const link of guessed) {
      const given = await codeFor(aylin, link, of.email);
      const wrong = given.code === '000000' ? '000001' : '000000';
      for (let tries = 1; tries <= 5; tries++) {
        expect(problemOf(await answer(aylin, link, { ...given, code: wrong })).code).toBe('code-refused');
      }
    }
    expect(problemOf(await answer(aylin, last, right)).code).toBe('code-refused');
    const next = await aylin('sendCode', { body: { token: tokenOf(last), email: of.email } });
    expect(problemOf(next)).toMatchObject({ code: 'too-many-codes', status: 429 });
    await asSystem(`update relationship_codes set created_at = created_at - interval '1 day'`);
    expect(valueOf(await answer(aylin, last, right))).toEqual({ state: 'accepted' });
  });

  it('is sent twenty times an hour to one organization, however many requests there are', async () => {
    const of = await seed();
    for (let made = 0; made < 4; made++) {
      const { link } = await request(aylin, of.customerId);
      for (let sent = 1; sent <= 5; sent++) await codeFor(aylin, link, of.email);
    }
    const { link } = await request(aylin, of.customerId);
    const more = await aylin('sendCode', { body: { token: tokenOf(link), email: of.email } });
    expect(problemOf(more).code).toBe('too-many-codes');
    const other = await seed();
    expect(await accept(aylin, (await request(aylin, other.customerId)).link, other.email)).toEqual({
      state: 'accepted',
    });
  });

  it('grants exactly what was shown: what changed meanwhile is shown anew', async () => {
    const of = await seed();
    const { link, requestId } = await request(aylin, of.customerId, GRANULAR);
    const token = tokenOf(link);
    const { digest } = valueOf(await aylin('showAcceptance', { body: { token } }));
    const given = await codeFor(aylin, link, of.email);
    await asSystem('update relationship_requests set days = 730 where request_id = $1', [requestId]);
    const body = {
      token,
      digest,
      decision: 'accept',
      ...given,
      agreement: { firstName: 'Ece', lastName: 'Kaya' },
    } as const;
    expect(problemOf(await aylin('answerRequest', { body })).code).toBe('shown-changed');
    expect((await relationshipOf(of.customerId)).grants).toHaveLength(1);
  });

  it('keeps neither secrets nor codes, only their hashes', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    const given = await codeFor(aylin, link, of.email);
    const rows = JSON.stringify(
      await asSystem('select l.*, c.* from relationship_links l left join relationship_codes c using (request_id)'),
    );
    for (const secret of [tokenOf(link), given.proof]) expect(rows).not.toContain(secret);
  });

  it.each(['', 'x', '../../etc', 'a'.repeat(200)])('a link with the secret %j leads nowhere', async (token) => {
    const problem = problemOf(await aylin('showAcceptance', { body: { token } }));
    expect(problem.code).toBe(token === '' ? 'invalid-request' : 'link-unknown');
  });
});

describe('the mails of a request', () => {
  const ask = async () => {
    const of = await seed();
    const body = { customerId: of.customerId, to: of.email, privileges: { kind: 'none' }, language: 'tr' } as const;
    return { ...of, ...valueOf(await aylin('requestRelationship', { body })) };
  };
  const send = (requestId: string) => aylin('sendRequestEmail', { params: { requestId } });

  it('are sent three times a day; it is said when the next may be, and each is in the audit log', async () => {
    const { requestId } = await ask();
    const earlier = (hours: number) =>
      asSystem(`update mails set created_at = created_at - make_interval(hours => $2) where request_id = $1`, [
        requestId,
        hours,
      ]);
    for (let sent = 1; sent <= 3; sent++) {
      valueOf(await send(requestId));
      await earlier(1);
    }
    const problem = problemOf(await send(requestId));
    expect(problem).toMatchObject({ code: 'too-many-emails', status: 429 });
    const until = Temporal.Instant.from(problem.until ?? '');
    expect(Math.round(until.since(deployment.context.clock.now()).total('hours'))).toBe(21);
    expect(problem.detail).toContain(problem.until);
    const sent = { action: 'relationship.email-sent', details: { mailId: expect.any(String) as string } };
    expect((await auditOf(requestId)).slice(1)).toMatchObject([sent, sent, sent]);
    valueOf(await send((await ask()).requestId));
    await earlier(21);
    valueOf(await send(requestId));
    expect(problemOf(await send(requestId)).code).toBe('too-many-emails');
  });

  it('are sent to two hundred a day by one partner, whatever they ask for', async () => {
    const { requestId } = await ask();
    await asSystem(
      `insert into mails (partner_id, mail_id, request_id, kind, recipient, created_at, state)
       select partner_id, gen_random_uuid(), request_id, 'request', 'a@b.example', $2, 'sent'
       from relationship_requests, generate_series(1, 200) where request_id = $1`,
      [requestId, deployment.context.clock.now().toString()],
    );
    expect(problemOf(await send((await ask()).requestId))).toMatchObject({
      code: 'too-many-emails-of-partner',
      status: 429,
      until: expect.any(String) as string,
    });
    await asSystem(`delete from mails where recipient = 'a@b.example'`);
  });

  it('are shown twenty times a day, because each brings a link', async () => {
    const { requestId } = await ask();
    const show = () => aylin('composeRequestEmail', { params: { requestId } });
    for (let shown = 2; shown <= 20; shown++) valueOf(await show());
    expect(problemOf(await show())).toMatchObject({ code: 'email-shown-too-often', status: 429 });
    expect(await asSystem('select 1 from relationship_links where request_id = $1', [requestId])).toHaveLength(20);
    expect((await auditOf(requestId)).map(({ action }) => action)).toEqual(['relationship.requested']);
  });
});

describe('the confirmation of an acceptance', () => {
  const linkIn = (text: string | undefined) => /http\S+#\S+/.exec(text ?? '')?.[0] ?? '';
  const resend = (link: string, email: string) =>
    aylin('resendConfirmation', { body: { token: tokenOf(link), email } });

  it('is sent once more to the customer’s domain, with a link that works; the answer tells it to nobody else', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    expect(problemOf(await resend(link, of.email)).code).toBe('request-not-open');
    await accept(aylin, link, of.email);
    const first = await lastMail(aylin);
    expect(problemOf(await resend(link, 'ben@elsewhere.example')).code).toBe('invalid-request');
    expect(valueOf(await resend(link, of.email))).toEqual({ email: of.email });
    const second = await lastMail(aylin);
    expect(second).toMatchObject({ kind: 'confirmation', to: of.email });
    expect(linkIn(second?.text)).not.toBe(linkIn(first?.text));
    for (const mail of [first, second]) {
      const shown = valueOf(await aylin('showAcceptance', { body: { token: tokenOf(linkIn(mail?.text)) } }));
      expect(shown).toMatchObject({ kind: 'manage', state: 'standing' });
    }
    expect(problemOf(await resend(linkIn(second?.text), of.email)).code).toBe('request-not-open');
  });

  it('goes to a Global Administrator alone where one is known, with the same answer for everybody', async () => {
    const id = customerId(1);
    const { domain } = valueOf(await aylin('showCustomer', { params: { customerId: id } }));
    const { link } = await request(aylin, id);
    await accept(aylin, link, `it@${domain}`);
    const [user] = await asSystem<{ user_id: string; name: string }>(
      'select user_id, user_principal_name as name from users where customer_id = $1 and deleted_at is null limit 1',
      [id],
    );
    const member = [id, '62e90394-69f5-4237-9190-012177145e10', user?.user_id];
    await asSystem('insert into directory_role_members values ($1, $2, $3)', member);
    const before = await lastMail(aylin);
    expect(valueOf(await resend(link, `stajyer@${domain}`))).toEqual({ email: `stajyer@${domain}` });
    expect(await lastMail(aylin)).toEqual(before);
    await asSystem(
      'delete from directory_role_members where customer_id = $1 and role_id = $2 and user_id = $3',
      member,
    );
  });

  it('is sent five times a day, whoever asks', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    await accept(aylin, link, of.email);
    for (let sent = 2; sent <= 5; sent++) valueOf(await resend(link, of.email));
    expect(problemOf(await resend(link, of.email))).toMatchObject({ code: 'too-many-confirmations', status: 429 });
  });
});

describe('what was granted can be taken back', () => {
  /** A customer that accepted, and the link of its confirmation. */
  async function related(status: 'active' | 'suspended') {
    const of = await seed(status);
    const { link } = await request(aylin, of.customerId, GRANULAR);
    await accept(aylin, link, of.email);
    const mail = await lastMail(aylin);
    return { ...of, link: /http\S+#\S+/.exec(mail?.text ?? '')?.[0] ?? '' };
  }

  it('by the customer: the privileges go, the relationship stays (R10)', async () => {
    const of = await related('active');
    const shown = valueOf(await aylin('showAcceptance', { body: { token: tokenOf(of.link) } }));
    expect(shown).toMatchObject({ kind: 'manage', state: 'standing', grants: [{ kind: 'dap' }, { kind: 'gdap' }] });
    const given = await codeFor(aylin, of.link, of.email);
    expect(problemOf(await answer(aylin, of.link, given, {}, 'accept')).code).toBe('request-not-open');
    expect(valueOf(await answer(aylin, of.link, given, {}, 'withdrawPrivileges'))).toEqual({
      state: 'privilegesWithdrawn',
    });
    expect((await relationshipOf(of.customerId)).grants).toEqual([]);
    expect(await auditOf(of.customerId)).toMatchObject([
      { action: 'privileges.revoked', agent_id: null, details: { by: 'customer' } },
    ]);
    const params = { customerId: of.customerId, subscriptionId: of.subscriptionId };
    const eligibility = valueOf(await aylin('showEligibility', { params }));
    expect(JSON.stringify(eligibility)).toContain('delegated-privileges-missing');
    expect((await aylin('changeSeats', { params, body: { quantity: 6 } })).ok).toBe(true);
  });

  it('by the customer: the relationship ends once nothing runs any more (R11)', async () => {
    const running = await related('active');
    const code = await codeFor(aylin, running.link, running.email);
    const refused = problemOf(await answer(aylin, running.link, code, {}, 'endRelationship'));
    expect(refused.fields?.[0]).toMatchObject({ field: 'decision', message: expect.stringContaining('suspend') });
    const of = await related('suspended');
    const given = await codeFor(aylin, of.link, of.email);
    expect(valueOf(await answer(aylin, of.link, given, {}, 'endRelationship'))).toEqual({ state: 'ended' });
    expect(problemOf(await aylin('showRelationship', { params: { customerId: of.customerId } })).code).toBe(
      'not-found',
    );
    expect(valueOf(await aylin('showAcceptance', { body: { token: tokenOf(of.link) } })).state).toBe('ended');
  });

  it('by the partner: one grant at a time, or all with the relationship', async () => {
    const of = await seed();
    const [grant] = (await relationshipOf(of.customerId)).grants;
    const params = { customerId: of.customerId, privilegesId: grant?.privilegesId ?? '' };
    const bora = await deployment.signIn('bora@kuzey.example');
    expect(problemOf(await bora('revokePrivileges', { params })).code).toBe('role-not-allowed');
    valueOf(await aylin('revokePrivileges', { params }));
    expect(problemOf(await aylin('revokePrivileges', { params })).code).toBe('not-found');
    expect((await relationshipOf(of.customerId)).grants).toEqual([]);
    expect(problemOf(await aylin('endRelationship', { params })).code).toBe('invalid-request');
    const over = await seed('suspended');
    valueOf(await aylin('endRelationship', { params: over }));
    expect(problemOf(await aylin('showRelationship', { params: over })).code).toBe('not-found');
  });
});

describe('a mail server', () => {
  const received: { to: string[]; raw: string }[] = [];
  const refusing = new Set<string>();
  const stops: (() => Promise<unknown>)[] = [];
  let api: Client;
  let mailing: TestDeployment;

  beforeAll(async () => {
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo({ address }, _session, done) {
        done(refusing.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null);
      },
      onData(stream, session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          received.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(parts).toString(),
          });
          done();
        });
      },
    });
    await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
    const { port } = smtp.server.address() as { port: number };
    const server = { url: `smtp://127.0.0.1:${port}`, from: 'desk@kuzey.example' };
    mailing = await startDeployment('demo', { mail: server });
    const { context, connectionString } = mailing;
    const queue = await openQueue(connectionString, context.log);
    const routine = await sendMails({ context, queue, server, pauseSeconds: 0, looksEveryMs: 20 });
    const keeping = keepUp([routine], context.log);
    stops.push(
      () => keeping.stop(),
      () => queue.stop(),
      () => mailing.stop(),
      () => new Promise((done) => smtp.close(() => done(undefined))),
    );
    api = await mailing.signIn('aylin@kuzey.example');
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  afterEach(() => received.splice(0));

  it('is handed the request as it was written, from the partner’s name, with the agent as whom to answer', async () => {
    const body = {
      customerId: customerId(1),
      to: 'yonetici@izmirtekstil.example',
      privileges: GRANULAR,
      language: 'tr',
      email: { subject: 'Şu ilişki', text: 'Çok şükür: {link}' },
    } as const;
    const { requestId } = valueOf(await api('requestRelationship', { body }));
    const params = { requestId };
    expect(valueOf(await api('sendRequestEmail', { params })).mail?.state).toBe('pending');
    await expect.poll(() => received.length, { timeout: 8000 }).toBe(1);
    expect(received[0]?.to).toEqual([body.to]);
    const mail = await PostalMime.parse(received[0]?.raw ?? '');
    expect(mail).toMatchObject({
      subject: 'Şu ilişki',
      from: { name: 'Kuzey Bulut A.Ş.', address: 'desk@kuzey.example' },
    });
    expect(mail.replyTo?.[0]?.address).toBe('aylin@kuzey.example');
    const link = /Çok şükür: (http\S+)/.exec(mail.text ?? '')?.[1] ?? '';
    expect(valueOf(await api('showAcceptance', { body: { token: tokenOf(link) } })).state).toBe('open');
    const states = async () => (await relationshipOf(customerId(1), api)).requests[0]?.mail?.state;
    await expect.poll(states, { timeout: 8000 }).toBe('sent');
    const kept = await mailing.context.database.asSystem((tx) =>
      tx.query('select text from mails where text is not null'),
    );
    expect(kept).toEqual([]);
    expect(problemOf(await api('listMailbox', {})).code).toBe('demo-only');
  });

  it('that refuses an address for good is not asked again, and the request says why', async () => {
    refusing.add('yok@izmirtekstil.example');
    const body = {
      customerId: customerId(1),
      to: 'yok@izmirtekstil.example',
      privileges: { kind: 'none' },
      language: 'en',
    } as const;
    const { requestId } = valueOf(await api('requestRelationship', { body }));
    valueOf(await api('sendRequestEmail', { params: { requestId } }));
    const mail = async () => (await relationshipOf(customerId(1), api)).requests[0]?.mail;
    await expect.poll(async () => (await mail())?.state, { timeout: 8000 }).toBe('failed');
    expect((await mail())?.error).toContain('no such mailbox');
  });
});

describe('without a mail server, outside sandbox and demo', () => {
  it('no code is sent, whatever the address', async () => {
    const of = await seed();
    const { link } = await request(aylin, of.customerId);
    const asked = { token: tokenOf(link), email: of.email, language: 'tr', mailing: 'none' } as const;
    expect(await sendCode(deployment.context, asked)).toEqual({ ok: false, refused: { code: 'mail-not-set-up' } });
  });

  it('a request without an address is not sent either', async () => {
    const { requestId } = await request(aylin, customerId(1));
    expect(problemOf(await aylin('sendRequestEmail', { params: { requestId } })).code).toBe('mail-not-set-up');
  });
});

describe('the warnings before privileges end', () => {
  it('are put down once each, for 30, 7 and 1 days, and not for what was renewed', async () => {
    const mine = await startDeployment('demo');
    const api = await mine.signIn('aylin@kuzey.example');
    const query = <Row extends object>(text: string) => mine.context.database.asSystem((tx) => tx.query<Row>(text));
    const warned = async () => {
      while (await warnOfEndsRoutine(mine.context).run());
      const rows = await query<{ subject_id: string; details: { days: number } }>(
        `select subject_id, details from audit_records where action = 'privileges.ending' order by audit_id`,
      );
      return Map.groupBy(rows, (row) => row.subject_id);
    };
    const daysOf = async (id: string) => (await warned()).get(id)?.map(({ details }) => details.days);
    const [first] = valueOf(await api('listRelationships', { query: { filter: 'ending' } })).items;
    const { grants } = await relationshipOf(first?.customerId ?? '', api);
    const grant = grants.find(({ warning }) => warning);
    const [id, end] = [grant?.privilegesId ?? '', Temporal.Instant.from(grant?.endsAt ?? '')];
    const before = (days: number) => end.subtract({ hours: days * 24 }).toString();
    expect(await daysOf(id)).toEqual([30]);
    expect(await daysOf(id)).toEqual([30]);
    await mine.moveClock(before(7));
    expect(await daysOf(id)).toEqual([30, 7]);
    await mine.moveClock(before(0.5));
    expect(await daysOf(id)).toEqual([30, 7, 1]);
    await mine.moveClock(before(-1));
    expect(await daysOf(id)).toEqual([30, 7, 1]);
    await mine.stop();
  });
});
