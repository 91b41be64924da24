import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { customerId, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { expireAudit } from '../server/audit/expire-audit.ts';
import { verifyAuditLogs } from '../server/audit/keep-verifying.ts';
import { sealAudit } from '../server/audit/seal-audit.ts';
import { verifyChain } from '../server/audit/verify-audit.ts';
import type { Client } from '../contract/client.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let superuser: pg.Client;
let aylin: Client;

beforeAll(async () => {
  deployment = await startDeployment();
  const url = new URL(inject('postgres'));
  url.pathname = new URL(deployment.connectionString).pathname;
  superuser = new pg.Client({ connectionString: url.href });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await deployment.stop();
});
beforeEach(async () => {
  await deployment.reset();
  aylin = await signIn('aylin@kuzey.example');
});

/** Signs somebody in, and takes that out of the log again: the tests count their own acts. */
async function signIn(email: string): Promise<Client> {
  const client = await deployment.signIn(email);
  await tamper(
    `with gone as (delete from audit_records where action = 'agent.signed-in' returning audit_id)
     delete from audit_unsealed where audit_id in (select audit_id from gone)`,
  );
  return client;
}

const PATH = 'apps-business--o365-e5';
let enabled = false;
/** Leaves one row in the log of the partner. */
const act = async () => {
  enabled = !enabled;
  valueOf(await aylin('switchPath', { params: { pathId: PATH }, body: { enabled } }));
};
const acts = async (number: number) => {
  for (let turn = 0; turn < number; turn++) await act();
};
const seal = () => sealAudit(deployment.context).run();
const verify = () => verifyChain(deployment.context.database, PARTNERS.kuzey);
const breaks = async () => (await verify()).breaks;

/** Moves the clock on; it never goes back. */
const wait = (days: number) =>
  deployment.moveClock(
    deployment.context.clock
      .now()
      .add({ hours: 24 * days })
      .toString(),
  );

/** Past trigger and row-level security, as only somebody from outside the program can. */
async function tamper<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
  await superuser.query(`set session_replication_role = 'replica'`);
  try {
    return (await superuser.query<Row>(statement, values)).rows;
  } finally {
    await superuser.query(`set session_replication_role = 'origin'`);
  }
}

async function idsOf(limit: number): Promise<string[]> {
  const rows = await tamper<{ audit_id: string }>(
    'select audit_id from audit_records where partner_id = $1 order by at, audit_id limit $2',
    [PARTNERS.kuzey, limit],
  );
  return rows.map((row) => row.audit_id);
}

describe('the log is chained', () => {
  it('in seals that follow each other, until nothing waits', async () => {
    await acts(2);
    expect(await verify()).toMatchObject({ sealed: 0, waiting: 2, head: null, breaks: [] });
    await seal();
    await acts(1);
    await seal();
    const verified = await verify();
    expect(verified).toMatchObject({ sealed: 3, waiting: 0, breaks: [], head: { sealNumber: 2 } });
    expect(verified.since).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    // Where nothing is new, there is nothing to seal.
    await seal();
    expect((await verify()).head).toEqual(verified.head);
  });

  it('and each partner has a chain of its own', async () => {
    const wendy = await signIn('wendy@westwind.example');
    await act();
    valueOf(await wendy('switchPath', { params: { pathId: PATH }, body: { enabled: false } }));
    await seal();
    for (const partner of [PARTNERS.kuzey, PARTNERS.westwind]) {
      const verified = await verifyChain(deployment.context.database, partner);
      expect(verified).toMatchObject({ sealed: 1, breaks: [], head: { sealNumber: 1 } });
    }
  });

  it('a row that is committed after a younger one was sealed goes into the next seal', async () => {
    const late = new pg.Client({ connectionString: deployment.connectionString });
    await late.connect();
    try {
      await late.query('begin');
      await late.query(`select set_config('yukselt.partner_id', $1, true)`, [PARTNERS.kuzey]);
      await late.query(
        `with written as (
           insert into audit_records (customer_id, audit_id, partner_id, action, subject_id, details, correlation_id, at)
           values ($1, gen_random_uuid(), $1, 'path.switched', 'x', '{}', 'late', '2026-11-16T08:59:00Z')
           returning customer_id, audit_id, partner_id)
         insert into audit_unsealed select * from written`,
        [PARTNERS.kuzey],
      );
      await act();
      await seal();
      expect(await verify()).toMatchObject({ sealed: 1, waiting: 0, breaks: [] });
      await late.query('commit');
      expect(await verify()).toMatchObject({ sealed: 1, waiting: 1, breaks: [] });
      await seal();
      expect(await verify()).toMatchObject({ sealed: 2, waiting: 0, breaks: [], head: { sealNumber: 2 } });
    } finally {
      await late.end();
    }
  });

  it('many servers that seal while acts go on make one chain without a gap', async () => {
    const switching = Array.from({ length: 12 }, (_one, index) => {
      const params = { pathId: PATH };
      return aylin('switchPath', {
        params,
        body: { enabled: index % 2 === 0, markets: index % 3 === 0 ? ['TR'] : ['DE'] },
      });
    });
    const sealing = Array.from({ length: 8 }, () => seal());
    const checking = Array.from({ length: 4 }, () => breaks());
    await Promise.all([...switching, ...sealing]);
    expect((await Promise.all(checking)).flat()).toEqual([]);
    await seal();
    const rows = await tamper<{ count: string }>('select count(*) from audit_records where partner_id = $1', [
      PARTNERS.kuzey,
    ]);
    expect(await verify()).toMatchObject({ sealed: Number(rows[0]?.count), waiting: 0, breaks: [] });
  });

  it('an act does not wait for a server that is sealing', async () => {
    await act();
    await superuser.query('begin');
    await superuser.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`audit chain ${PARTNERS.kuzey}`]);
    await superuser.query('select * from audit_unsealed for update');
    try {
      await act();
      // Another server holds the chain: this one passes by.
      expect(await seal()).toBe(false);
      expect(await verify()).toMatchObject({ sealed: 0, waiting: 2, breaks: [] });
    } finally {
      await superuser.query('rollback');
    }
  });

  it('a server that dies while it seals leaves nothing half done', async () => {
    await acts(2);
    const dying = sealAudit({
      ...deployment.context,
      clock: {
        now: () => {
          throw new Error('dying');
        },
      },
    });
    await expect(dying.run()).rejects.toThrow('dying');
    expect(await verify()).toMatchObject({ sealed: 0, waiting: 2, breaks: [] });
    await seal();
    expect(await verify()).toMatchObject({ sealed: 2, waiting: 0, breaks: [] });
  });
});

describe('whoever changes the log from outside is found out:', () => {
  beforeEach(async () => {
    await acts(3);
    await seal();
    await acts(2);
    await seal();
    expect(await breaks()).toEqual([]);
  });

  it.each([
    ['action', `action = 'seats.changed'`],
    ['who', 'agent_id = gen_random_uuid()'],
    ['moment, by a microsecond', `at = at + interval '1 microsecond'`],
    ['details', `details = details || '{"more": 1}'`],
    ['address', `address = '192.0.2.1'`],
    ['outcome', `outcome = 'refused', reason = 'refused'`],
    ['correlation id', `correlation_id = 'other'`],
  ])('an entry whose %s was changed', async (_what, change) => {
    const [, auditId] = await idsOf(2);
    await tamper(`update audit_records set ${change} where audit_id = $1`, [auditId]);
    expect(await breaks()).toEqual([{ kind: 'changed', auditId, sealNumber: 1 }]);
  });

  it('an entry that was removed', async () => {
    const [auditId] = await idsOf(1);
    await tamper('delete from audit_records where audit_id = $1', [auditId]);
    expect(await breaks()).toEqual([{ kind: 'removed', auditId, sealNumber: 1 }]);
  });

  it('an entry that was removed before it was sealed', async () => {
    await act();
    const auditId = (await idsOf(6)).at(-1);
    await tamper('delete from audit_records where audit_id = $1', [auditId]);
    expect(await breaks()).toEqual([{ kind: 'removed', auditId, sealNumber: null }]);
    await seal();
    expect(await breaks()).toHaveLength(1);
  });

  it('an entry that was inserted', async () => {
    const [inserted] = await tamper<{ audit_id: string }>(
      `insert into audit_records select customer_id, gen_random_uuid(), partner_id, agent_id, action, subject_id, details,
         correlation_id, at, address, via, client_id, outcome, reason
       from audit_records where audit_id = $1 returning audit_id`,
      await idsOf(1),
    );
    expect(await breaks()).toEqual([{ kind: 'inserted', auditId: inserted?.audit_id, sealNumber: null }]);
  });

  it('an entry whose hash was changed with it', async () => {
    const [auditId] = await idsOf(1);
    await tamper(`update audit_records set details = '{}' where audit_id = $1`, [auditId]);
    await tamper(`update audit_seals set entry_hashes = decode(repeat('00', length(entry_hashes)), 'hex')
      where seal_number = 1 and partner_id = '${PARTNERS.kuzey}'`);
    expect(await breaks()).toContainEqual({ kind: 'seal-changed', auditId: null, sealNumber: 1 });
  });

  it('a seal that was taken out with its entries', async () => {
    await tamper(
      `delete from audit_records r using audit_seals s where s.seal_number = 1 and r.audit_id = any (s.audit_ids)`,
    );
    await tamper('delete from audit_seals where seal_number = 1');
    expect(await breaks()).toContainEqual({ kind: 'seal-removed', auditId: null, sealNumber: 1 });
  });

  it('the oldest part of the log, taken away as if it had expired', async () => {
    await acts(1);
    await seal();
    await tamper(
      `delete from audit_records r using audit_seals s where s.seal_number <= 2 and r.audit_id = any (s.audit_ids)`,
    );
    await tamper('delete from audit_seals where seal_number <= 2');
    expect((await verify()).breaks.map(({ kind }) => kind)).toEqual(['seal-removed']);
  });
});

describe('how far the log was verified is kept:', () => {
  const show = async () => valueOf(await aylin('showAuditVerification', {}));
  const verifyWhole = async () => valueOf(await aylin('verifyAudit', {}));
  const look = () => verifyAuditLogs(deployment.context).run();
  /** Looks until no whole verification is under way. */
  const lookToTheEnd = async () => {
    do await look();
    while ((await show()).running);
  };
  const change = (auditId: string | undefined) =>
    tamper(`update audit_records set details = '{}' where audit_id = $1`, [auditId]);

  beforeEach(async () => {
    await acts(3);
    await seal();
    await acts(2);
    await seal();
  });

  it('a look at it moves the mark on over what is new, and reads nothing twice', async () => {
    expect((await show()).mark).toMatchObject({ sealNumber: 2 });
    const [old] = await idsOf(1);
    await change(old);
    await acts(1);
    await seal();
    const shown = await show();
    expect(shown).toMatchObject({ unbroken: true, mark: { sealNumber: 3 }, whole: null });
    expect(shown.mark?.hash).toBe(shown.head?.hash);
    // What is older than the mark is the whole verification's to find.
    const whole = await verifyWhole();
    expect(whole.breaks).toEqual([{ kind: 'changed', auditId: old, sealNumber: 1 }]);
    expect(whole).toMatchObject({ unbroken: false, whole: { entries: 6, unbroken: false }, running: null });
    expect((await show()).unbroken).toBe(false);
  });

  it('what was changed before anybody looked is found by the look, and stays found', async () => {
    await show();
    await acts(2);
    await seal();
    const changed = (await idsOf(7)).at(-1);
    await change(changed);
    const found = [{ kind: 'changed', auditId: changed, sealNumber: 3 }];
    expect((await show()).breaks).toEqual(found);
    await acts(1);
    await seal();
    expect(await show()).toMatchObject({ breaks: found, mark: { sealNumber: 4 } });
    expect((await verifyWhole()).breaks).toEqual(found);
  });

  it.each([
    [
      'changed',
      (id: string | undefined) => tamper(`update audit_records set address = '192.0.2.1' where audit_id = $1`, [id]),
    ],
    ['removed', (id: string | undefined) => tamper('delete from audit_records where audit_id = $1', [id])],
    [
      'inserted',
      () =>
        tamper(`insert into audit_records select customer_id, gen_random_uuid(), partner_id, agent_id, action, subject_id, details,
          correlation_id, at, address, via, client_id, outcome, reason from audit_records where partner_id = '${PARTNERS.kuzey}' limit 1`),
    ],
  ])('a row before the mark that was %s is found in the next night, in steps', async (kind, change) => {
    await lookToTheEnd();
    expect(await show()).toMatchObject({ unbroken: true, whole: { entries: 5, unbroken: true } });
    const [old] = await idsOf(1);
    await change(old);
    await look();
    expect(await show()).toMatchObject({ unbroken: true, running: null });
    await wait(1);
    aylin = await signIn('aylin@kuzey.example');
    await look();
    expect((await show()).running).toMatchObject({ sealNumber: 2 });
    await lookToTheEnd();
    expect((await show()).breaks).toMatchObject([{ kind }]);
  });

  it('newest seals that were cut off with their rows are missed, as far as they were looked at', async () => {
    await show();
    await tamper(
      `delete from audit_records r using audit_seals s where s.seal_number = 2 and r.audit_id = any (s.audit_ids)`,
    );
    await tamper('delete from audit_seals where seal_number = 2');
    // The chain by itself does not tell.
    expect(await breaks()).toEqual([]);
    const lost = [{ kind: 'seal-removed', auditId: null, sealNumber: 2 }];
    expect((await show()).breaks).toEqual(lost);
    expect((await verifyWhole()).breaks).toEqual(lost);
    await acts(1);
    await seal();
    expect((await verifyWhole()).breaks).toMatchObject([{ kind: 'seal-changed', sealNumber: 2 }]);
  });

  it('what cannot be a break is none: a row that is changed back', async () => {
    const [old] = await idsOf(1);
    const [kept] = await tamper<{ details: object }>('select details from audit_records where audit_id = $1', [old]);
    await change(old);
    expect((await show()).unbroken).toBe(false);
    await tamper('update audit_records set details = $2 where audit_id = $1', [old, kept?.details]);
    expect((await verifyWhole()).unbroken).toBe(true);
    expect((await show()).unbroken).toBe(true);
  });

  it('a whole verification goes on past what expires meanwhile, and beside acts and other servers', async () => {
    const gulay = await signIn('gulay@kuzey.example');
    valueOf(await gulay('changeSettings', { body: { auditDays: 90 } }));
    await lookToTheEnd();
    await wait(100);
    aylin = await signIn('aylin@kuzey.example');
    await acts(2);
    await seal();
    await look();
    expect((await show()).running).not.toBeNull();
    await expireAudit(deployment.context).run();
    await Promise.all([...Array.from({ length: 6 }, look), ...Array.from({ length: 4 }, act), seal(), seal()]);
    await lookToTheEnd();
    expect(await show()).toMatchObject({ unbroken: true, whole: { unbroken: true } });
  });

  it('a look passes by while another server is at the chain', async () => {
    await superuser.query('begin');
    await superuser.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`audit chain ${PARTNERS.kuzey}`]);
    try {
      expect(await show()).toMatchObject({ unbroken: true, mark: null });
      expect(await verifyWhole()).toMatchObject({ whole: null, running: { sealNumber: 0 } });
    } finally {
      await superuser.query('rollback');
    }
    await lookToTheEnd();
    expect(await show()).toMatchObject({ whole: { entries: 5 }, running: null });
  });
});

describe('what is older than a partner keeps its log', () => {
  const expire = () => expireAudit(deployment.context).run();
  const keep = async (auditDays: number | null) => {
    const gulay = await signIn('gulay@kuzey.example');
    valueOf(await gulay('changeSettings', { body: { auditDays } }));
  };
  const count = async () => Number((await tamper<{ count: string }>('select count(*) from audit_records'))[0]?.count);

  /** Three acts now, sealed; and two a hundred days later, sealed. */
  beforeEach(async () => {
    await acts(3);
    await seal();
    await wait(100);
    aylin = await signIn('aylin@kuzey.example');
    await acts(2);
    await seal();
  });
  afterEach(async () => {
    expect(await breaks()).toEqual([]);
  });

  it('stays as long as nothing is set', async () => {
    await expire();
    expect(await count()).toBe(5);
  });

  it('goes by whole seals, and the chain is verified from there on', async () => {
    await keep(90);
    await expire();
    // The two that are young, the change of the setting, and the row that tells of the expiry.
    expect(await count()).toBe(4);
    expect(await verify()).toMatchObject({ sealed: 2, waiting: 2, breaks: [], head: { sealNumber: 2 } });
    await seal();
    expect(await verify()).toMatchObject({ sealed: 4, waiting: 0, breaks: [], head: { sealNumber: 3 } });
    const [told] = valueOf(await aylin('listAudit', { query: { action: 'audit.expired' } })).items;
    expect(told).toMatchObject({ actor: null, via: 'server', sealNumber: 3 });
    expect(told?.changes).toContainEqual({ field: 'entries', label: 'Entries', before: null, after: '3' });
    await expire();
    expect(await count()).toBe(4);
  });

  it('goes only when a whole seal is old enough, and never the last', async () => {
    await keep(101);
    await expire();
    expect(await count()).toBe(6);
    await keep(null);
    await keep(90);
    await wait(1000);
    await expire();
    expect(await verify()).toMatchObject({ sealed: 2, head: { sealNumber: 2 } });
  });

  it('is deleted once, however many servers look', async () => {
    await keep(90);
    await Promise.all([expire(), expire(), expire()]);
    const told = await tamper(`select 1 from audit_records where action = 'audit.expired'`);
    expect(told).toHaveLength(1);
  });

  it('goes in no other way, whatever a session sets or calls itself', async () => {
    await keep(90);
    const tries = [
      'delete from audit_records',
      `select set_config('yukselt.audit', 'on', true); delete from audit_records`,
      '/* delete_expired_audit(uuid,timestamp with time zone) */ delete from audit_records',
      `do $$ begin perform 'delete_expired_audit'; delete from audit_records; end $$`,
      'delete from audit_seals',
    ];
    for (const statement of tries) {
      const work = deployment.context.database.asSystem((tx) => tx.query(statement));
      await expect(work, statement).rejects.toThrow(/insert-only/);
    }
    const early = deployment.context.database.write(PARTNERS.westwind, (tx) =>
      tx.query(`select * from delete_expired_audit($1, '2199-01-01Z')`, [PARTNERS.westwind]),
    );
    expect(await early).toEqual([]);
    expect(await count()).toBe(6);
  });
});

it('an upgrade whose row is sealed can be found by its seal', async () => {
  const params = { customerId: customerId(2), subscriptionId: subscriptionId(2) };
  const selim = await signIn('selim@kuzey.example');
  valueOf(await selim('changeSeats', { params, body: { quantity: 13 } }));
  const entry = async () => valueOf(await aylin('listAudit', { query: { action: 'seats.changed' } })).items[0];
  expect(await entry()).toMatchObject({ sealNumber: null });
  await seal();
  expect(await entry()).toMatchObject({ sealNumber: 1 });
});
