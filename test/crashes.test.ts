import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk, playRound, type Strike } from './crash-rounds.ts';
import { type Cause, playWaitingRound } from './crash-waiting.ts';
import { createDirectory, endServers } from './server-process.ts';

const CUSTOMERS = 40;

describe('what is killed while four clients upgrade', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(join(createDirectory(), 'data'));
  });
  afterAll(endServers);

  const strikeAt = (strike: Strike, afterSubmits: number) =>
    playRound(desk, { strike, customers: CUSTOMERS, afterSubmits, delayMs: 2 });

  it('is the server: nothing acknowledged is lost, nothing is half done, and what is sent again is done once', async () => {
    const round = await strikeAt('server', 15);
    expect(round).toMatchObject({ acknowledged: CUSTOMERS, lost: [], halfDone: [], surprises: [] });
    expect(round.acknowledgedBefore).toBeLessThan(CUSTOMERS);
    expect(round.repeated).toBeGreaterThan(0);
  });

  it('is the database: requests succeed or answer 503 with Retry-After, and the service comes back by itself', async () => {
    const { pid } = desk.server;
    const round = await strikeAt('database', 15);
    expect(round).toMatchObject({ acknowledged: CUSTOMERS, lost: [], halfDone: [], surprises: [] });
    expect(round.unavailable).toBeGreaterThan(0);
    expect(desk.server.pid).toBe(pid);
    expect(desk.server.output()).toContain('PostgreSQL ended unexpectedly; starting it again');
  });

  it('is the database, stopped in order by somebody else: likewise', async () => {
    const { pid } = desk.server;
    const round = await strikeAt('database in order', 15);
    expect(round).toMatchObject({ acknowledged: CUSTOMERS, lost: [], halfDone: [], surprises: [] });
    expect(desk.server.pid).toBe(pid);
  });

  it.each<[string, Cause]>([
    ['the delay of upgrades passes', 'clock'],
    ['a second agent approves upgrades', 'approval'],
  ])('is the server while %s: each is applied as a whole, once, or waits untouched', async (_what, cause) => {
    const round = await playWaitingRound(desk, { cause, customers: CUSTOMERS, afterApplied: 5, delayMs: 2 });
    expect(round).toMatchObject({ applied: CUSTOMERS, lost: [], halfDone: [] });
    expect(round.appliedBefore).toBeGreaterThanOrEqual(5);
    expect(round.appliedBefore).toBeLessThan(CUSTOMERS);
  });
});
