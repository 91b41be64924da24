/** Runs a piece of work when it is its turn. @throws BusyError when too many wait already. */
export type Turns = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Lets so many pieces of work run at once, and so many wait; the rest is turned away at once rather than late. */
export function createTurns({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }): Turns {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new BusyError('too many wait already');
      // Whoever ends hands its own place on: nobody can step in between.
      await new Promise<void>((resolve) => void queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

export class BusyError extends Error {
  readonly code = 'BUSY';
}
