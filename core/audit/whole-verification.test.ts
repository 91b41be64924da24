import { describe, expect, it } from 'vitest';
import { isWholeVerificationDue } from './whole-verification.ts';

/** At 02:00 and at 05:59, UTC. */
const [EARLY, LATE] = ['0b000000-0000-4000-8000-000000000078', '0b000000-0000-4000-8000-000000000167'];
const due = (partnerId: string, began: string | undefined, now: string) =>
  isWholeVerificationDue(partnerId, {
    beganAt: began === undefined ? undefined : Temporal.Instant.from(began),
    now: Temporal.Instant.from(now),
  });

describe('the whole audit log of a partner is verified', () => {
  it('at once where it never was', () => {
    expect(due(EARLY, undefined, '2026-12-01T12:00:00Z')).toBe(true);
  });

  it('once a day, at the minute of the night that is the partner’s own', () => {
    expect(due(EARLY, '2026-11-30T02:00:00Z', '2026-12-01T01:59:59Z')).toBe(false);
    expect(due(EARLY, '2026-11-30T02:00:00Z', '2026-12-01T02:00:00Z')).toBe(true);
    expect(due(EARLY, '2026-12-01T02:00:00Z', '2026-12-02T01:59:00Z')).toBe(false);
    expect(due(LATE, '2026-11-30T05:59:00Z', '2026-12-01T02:00:00Z')).toBe(false);
    expect(due(LATE, '2026-11-30T05:59:00Z', '2026-12-01T05:59:00Z')).toBe(true);
  });

  it('in the next night also where somebody had it verified by day, and at once where nights were missed', () => {
    expect(due(EARLY, '2026-11-30T15:00:00Z', '2026-12-01T02:00:00Z')).toBe(true);
    expect(due(EARLY, '2026-11-20T02:00:00Z', '2026-12-01T01:00:00Z')).toBe(true);
  });
});
