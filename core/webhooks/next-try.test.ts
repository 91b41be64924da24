import { describe, expect, it } from 'vitest';
import { nextTry } from './next-try.ts';

const askedAt = Temporal.Instant.from('2026-11-16T09:00:00Z');

describe('an event that could not be delivered', () => {
  it('is tried fourteen times in about a day, with pauses that double up to four hours', () => {
    const minutes: number[] = [];
    let now: Temporal.Instant | undefined = askedAt;
    while (now) {
      minutes.push(askedAt.until(now).total('minutes'));
      now = nextTry({ askedAt, failures: minutes.length, now });
    }
    expect(minutes).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 495, 735, 975, 1215, 1455]);
  });

  it('is given up at the first failure after a day, however long it had to wait for it', () => {
    expect(nextTry({ askedAt, failures: 1, now: askedAt.add({ hours: 24 }) })).toBeUndefined();
    expect(nextTry({ askedAt, failures: 1, now: askedAt.add({ hours: 900 }) })).toBeUndefined();
  });
});
