import { describe, expect, it } from 'vitest';
import { BusyError, createTurns } from './turns.ts';

describe('work that takes turns', () => {
  it('runs as many as may at once, each one in the end, and turns away who comes when the queue is full', async () => {
    const turns = createTurns({ atOnce: 2, waiting: 3 });
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
    let running = 0;
    let most = 0;
    const done = gates.map(({ promise }, place) =>
      turns(async () => {
        running += 1;
        most = Math.max(most, running);
        await promise;
        running -= 1;
        return place;
      }),
    );
    await expect(done[5]).rejects.toThrow(BusyError);
    gates.forEach(({ resolve }) => resolve());
    expect(await Promise.all(done.slice(0, 5))).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
  });

  it('goes on after a piece of work that failed', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 1 });
    await expect(turns(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns(() => Promise.resolve('yes'))).toBe('yes');
  });
});
