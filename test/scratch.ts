import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 2 ** 30;

/** Where tests put their data directories: in memory, where that has room, because a run makes and empties thousands of tables. */
export const SCRATCH = isRoomy(MEMORY) ? MEMORY : tmpdir();

function isRoomy(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize > ROOM_BYTES;
  } catch {
    return false;
  }
}
