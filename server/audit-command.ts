import { parseArgs } from 'node:util';
import type { ChainBreak } from './audit/verification.store.ts';
import { type Verification, verifyChain } from './audit/verify-audit.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './postgres/database.ts';
import { reachDatabase } from './reach-database.ts';

const USAGE = 'Say: audit verify [--partner TENANT-ID]';
/** All partners' logs are unbroken; one is broken; it could not be found out. */
const [UNBROKEN, BROKEN, UNKNOWN] = [0, 1, 2];
const MOST_TOLD = 5;

/**
 * `audit verify`: recomputes the chain of each partner's audit log, or of one partner's, beside a running server or without one, and says a
 * line for each. The answer is the exit code of the program.
 */
export async function runAuditCommand(
  args: readonly string[],
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<number> {
  try {
    const wanted = readArguments(args);
    const config = readConfig(process.env, []);
    const reached = await reachDatabase(config, complain);
    const { connectionString } = reached;
    const database = openDatabase({ connectionString, timeoutMs: 0, connections: 1 });
    try {
      const partners = await database.asSystem((tx) =>
        tx.query<{ partner_id: string; name: string }>(
          'select partner_id, name from partners where $1::uuid is null or partner_id = $1 order by name, partner_id',
          [wanted ?? null],
        ),
      );
      if (wanted !== undefined && partners.length === 0) throw new Error(`There is no partner ${wanted}.`);
      let code = UNBROKEN;
      for (const { partner_id: partnerId, name } of partners) {
        const verified = await verifyChain(database, partnerId);
        if (verified.breaks.length > 0) code = BROKEN;
        say(`${name} (${partnerId}): ${tell(verified)}`);
      }
      return code;
    } finally {
      await database.close();
      await reached.stop();
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return UNKNOWN;
  }
}

function readArguments(args: readonly string[]): string | undefined {
  const options = { partner: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { partner } = values;
  if (positionals.join(' ') !== 'verify') throw new Error(USAGE);
  if (partner !== undefined && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(partner)) {
    throw new Error(`${partner} is no tenant id. ${USAGE}`);
  }
  return partner;
}

function tell({ breaks, sealed, waiting, since, head }: Verification): string {
  if (breaks.length > 0) {
    const more = breaks.length > MOST_TOLD ? `; and ${breaks.length - MOST_TOLD} more` : '';
    return `BROKEN: ${breaks.slice(0, MOST_TOLD).map(tellBreak).join('; ')}${more}`;
  }
  if (since === null) return 'unbroken; there are no entries';
  const end = head ? `; the chain ends with seal ${head.sealNumber}, ${head.hash}` : '';
  return `unbroken since ${since}; ${sealed} entries sealed, ${waiting} waiting${end}`;
}

function tellBreak({ kind, auditId, sealNumber }: ChainBreak): string {
  switch (kind) {
    case 'changed':
      return `entry ${auditId} of seal ${sealNumber} was changed`;
    case 'removed':
      return sealNumber === null
        ? `entry ${auditId} was removed before it was sealed`
        : `entry ${auditId} of seal ${sealNumber} was removed`;
    case 'inserted':
      return `entry ${auditId} was inserted`;
    case 'seal-changed':
      return `seal ${sealNumber} was changed`;
    case 'seal-removed':
      return `seal ${sealNumber} was removed`;
  }
}
