/**
 * The number with this index, from 0 up, in the sequence of a seed; 0 ≤ number < 1. Mulberry32 by Tommy Ettinger (public domain): its state
 * grows by the same step each time, so that any number of the sequence is there without those before it.
 */
export function mulberry32(seed: number, index: number): number {
  const state = (seed + Math.imul(index + 1, 0x6d2b79f5)) | 0;
  const mixed = Math.imul(state ^ (state >>> 15), state | 1);
  const twice = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((twice ^ (twice >>> 14)) >>> 0) / 0x1_0000_0000;
}
