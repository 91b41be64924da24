import { randomUUIDv7 } from 'node:crypto';

/** How many ids of one millisecond can be told apart by their order. */
const IN_ONE = 0x1000;

/**
 * Makes ids that come in the order in which they were made, so that all that one act writes stands in the order of the act: within a millisecond
 * they count (RFC 9562, 6.2, method 1), and the rest of each is random.
 */
export function createIds(random: () => string = randomUUIDv7): () => string {
  let time = 0;
  let count = 0;
  return () => {
    const id = random();
    const now = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    count = now > time ? 0 : count + 1;
    time = Math.max(now, time);
    if (count === IN_ONE) {
      time += 1;
      count = 0;
    }
    const begin = time.toString(16).padStart(12, '0');
    return `${begin.slice(0, 8)}-${begin.slice(8)}-7${count.toString(16).padStart(3, '0')}${id.slice(18)}`;
  };
}
