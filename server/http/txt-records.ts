import { Resolver } from 'node:dns/promises';
import { accepted, refused, type Result } from '../../core/values/result.ts';

/** Reads the TXT records of a name, the parts of each put together. None is an empty list; refused: no name server tells. */
export type ReadTxt = (name: string) => Promise<Result<readonly string[], { readonly reason: string }>>;

const WAITS_MS = 2000;
const TRIES = 2;
/** The name is not there, or has no record of the kind. */
const NONE = new Set(['ENODATA', 'ENOTFOUND']);

/** Asks name servers (`192.0.2.53` or `192.0.2.53:5353`), the system's where none are named. */
export function createTxtReader(servers: readonly string[]): ReadTxt {
  return async (name) => {
    const resolver = new Resolver({ timeout: WAITS_MS, tries: TRIES });
    if (servers.length > 0) resolver.setServers([...servers]);
    try {
      return accepted((await resolver.resolveTxt(name)).map((parts) => parts.join('')));
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      return NONE.has(code) ? accepted([]) : refused({ reason: message });
    }
  };
}
