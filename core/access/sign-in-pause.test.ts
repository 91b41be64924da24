import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseAfter } from './sign-in-pause.ts';

describe('the pause after failed sign-ins', () => {
  it('begins at the limit and grows to a quarter of an hour', () => {
    const pauses = [4, 5, 6, 7, 8, 9, 10, 11, 5000].map((failures) => pauseAfter(failures, 5));
    expect(pauses).toEqual([0, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('never gets shorter with another failure', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 1, max: 100 }), (failures, limit) => {
        expect(pauseAfter(failures + 1, limit)).toBeGreaterThanOrEqual(pauseAfter(failures, limit));
      }),
    );
  });
});
