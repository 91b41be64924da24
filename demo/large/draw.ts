import { mulberry32 } from '../../server/sandbox/mulberry32.ts';

/** Draws from a seed: the same ones in the same order, each time. */
export type Draw = {
  /** From 0 up, and below 1. */
  share(): number;
  /** A whole number from 0 up, and below a limit. */
  below(limit: number): number;
  one<Value>(of: readonly [Value, ...Value[]] | readonly Value[]): Value;
  /** A GUID that nothing else has: its end is the number of the thing, its kind in the middle. */
  id(kind: number, number: number): string;
};

export function drawFrom(seed: number): Draw {
  let drawn = 0;
  const share = () => mulberry32(seed, drawn++);
  const below = (limit: number) => Math.floor(share() * limit);
  return {
    share,
    below,
    one: (of) => {
      const found = of[below(of.length)];
      if (found === undefined) throw new RangeError('nothing to draw from');
      return found;
    },
    id: (kind, number) => `${hex(below(2 ** 32), 8)}-${hex(kind, 4)}-4000-8000-${hex(number, 12)}`,
  };
}

/** A seed of its own for a part of a world, so that it can be made without the parts before it. */
export function seedOf(seed: number, kind: number, number: number): number {
  return Math.floor(mulberry32(seed ^ Math.imul(kind, 0x9e3779b1), number) * 2 ** 32) | 0;
}

/** Parts of a whole by weights; none is below the least, and together they are the whole exactly. */
export function shareOut(whole: number, weights: readonly number[], least = 0): number[] {
  const rest = whole - least * weights.length;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let passed = 0;
  let given = 0;
  return weights.map((weight) => {
    passed += weight;
    const until = Math.round((rest * passed) / sum);
    const part = until - given;
    given = until;
    return part + least;
  });
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}
