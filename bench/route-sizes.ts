import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Manifest } from 'vite';

/** A page of the portal, and what its scripts weigh beyond those of the first load, compressed with gzip. */
export type RouteSize = { readonly page: string; readonly kb: number };

const PORTAL = fileURLToPath(new URL('../portal', import.meta.url));

/** Builds the portal once more, to learn which script belongs to which page; the heaviest first. */
export async function measureRouteSizes(): Promise<{ readonly firstKb: number; readonly pages: readonly RouteSize[] }> {
  const outDir = mkdtempSync(join(tmpdir(), 'yukselt-bench-portal-'));
  try {
    await build({
      root: PORTAL,
      configFile: join(PORTAL, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir, manifest: true },
    });
    const manifest: Manifest = JSON.parse(readFileSync(join(outDir, '.vite', 'manifest.json'), 'utf8'));
    const kbOf = (keys: Iterable<string>) =>
      [...keys].reduce((kb, key) => kb + statSync(join(outDir, `${manifest[key]?.file}.gz`)).size / 1024, 0);
    const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? '';
    const first = closureOf(manifest, entry);
    const pages = Object.keys(manifest)
      .filter((key) => manifest[key]?.isDynamicEntry && key.endsWith('Page.tsx'))
      .map((key) => ({
        page: basename(key, '.tsx'),
        kb: kbOf([...closureOf(manifest, key)].filter((one) => !first.has(one))),
      }));
    return { firstKb: kbOf(first), pages: pages.toSorted((one, other) => other.kb - one.kb) };
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** A chunk with everything that it imports before it runs. */
function closureOf(manifest: Manifest, key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key]?.imports ?? []) closureOf(manifest, imported, seen);
  return seen;
}
