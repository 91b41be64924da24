import { describe, expect, it } from 'vitest';
import { type ApprovalReason, NO_POLICY } from '../upgrades/approval.ts';
import { campaignReasons } from './campaign-approval.ts';
import { isPossible } from './campaign-state.ts';
import { secondsLeft } from './time-left.ts';

const AT = Temporal.Instant.from('2026-11-16T09:00:00Z');
const limit = { minor: 10_000n, currency: 'USD' };

describe('why a second agent is asked about a campaign', () => {
  it('is what all of it comes to, though no row alone would pass the limit', () => {
    const totals = { nets: [{ minor: 10_001n, currency: 'USD' }], users: 40, work: 0 };
    const reasons = campaignReasons({ ...NO_POLICY, netAbove: limit, usersAbove: 40 }, totals, [], AT);
    expect(reasons).toEqual([{ name: 'net-above', limit: '100.00', net: '100.01', currency: 'USD' }]);
  });

  it('is what a row alone would be asked about, though credits of others make up for it', () => {
    const ofRow: ApprovalReason = { name: 'net-above', limit: '100.00', net: '250.00', currency: 'USD' };
    const totals = { nets: [{ minor: -500n, currency: 'USD' }], users: 2, work: 0 };
    expect(campaignReasons({ ...NO_POLICY, netAbove: limit }, totals, [ofRow], AT)).toEqual([ofRow]);
  });

  it('is told once, for all of it, where both pass the limit, and in whatever currency', () => {
    const ofRow: ApprovalReason = { name: 'users-above', limit: 5, users: 6 };
    const nets = ['USD', 'EUR'].map((currency) => ({ minor: 0n, currency }));
    const reasons = campaignReasons({ ...NO_POLICY, usersAbove: 5 }, { nets, users: 90, work: 0 }, [ofRow], AT);
    expect(reasons).toEqual([{ name: 'users-above', limit: 5, users: 90 }]);
  });
});

describe('the time that is left', () => {
  it('goes by what was done in the last minute', () => {
    expect(secondsLeft({ left: 30, rowsPerMinute: 600, lastMinute: 15, seconds: 300 })).toBe(120);
  });
  it('counts no more than the seconds that it has run', () => {
    expect(secondsLeft({ left: 30, rowsPerMinute: 600, lastMinute: 5, seconds: 10 })).toBe(60);
  });
  it('is never shorter than the pace allows, also before anything was done', () => {
    expect(secondsLeft({ left: 30, rowsPerMinute: 60, lastMinute: 0, seconds: 1 })).toBe(30);
    expect(secondsLeft({ left: 30, rowsPerMinute: 60, lastMinute: 5, seconds: 1 })).toBe(30);
  });
  it('is not told where nothing is left', () => {
    expect(secondsLeft({ left: 0, rowsPerMinute: 60, lastMinute: 5, seconds: 1 })).toBeNull();
  });
});

describe('a campaign in a state', () => {
  it('is changed only before it is submitted, and renewed only while nothing runs', () => {
    expect(isPossible('change', 'planned')).toBe(true);
    expect(isPossible('change', 'scheduled')).toBe(false);
    expect(isPossible('renew', 'running')).toBe(false);
    expect(isPossible('renew', 'stopped')).toBe(true);
  });
  it('is not resumed after it was stopped', () => {
    expect(isPossible('resume', 'paused')).toBe(true);
    expect(isPossible('resume', 'stopped')).toBe(false);
  });
});
