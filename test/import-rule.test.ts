import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
const importing = (specifier: string) => `import { thing } from '${specifier}';\nexport const kept = thing;\n`;

/** What is broken, by what file with which text, and a part of what is then said. */
const BROKEN: readonly (readonly [string, string, string, string])[] = [
  ['core may not import a package', 'core/upgrades/broken.ts', importing('zod'), 'core imports no packages'],
  ['core may not import Node', 'core/upgrades/broken-2.ts', importing('node:fs'), 'core imports no packages'],
  [
    'core may not import the contract',
    'core/upgrades/broken-3.ts',
    importing('../../contract/values.ts'),
    'core alone',
  ],
  ['core may not import the server', 'core/upgrades/broken-4.ts', importing('../../server/context.ts'), 'core alone'],
  [
    'core may not ask for the time',
    'core/upgrades/broken-5.ts',
    'export const now = Temporal.Now.instant();\n',
    'passed in',
  ],
  ['core may not make a Date', 'core/upgrades/broken-6.ts', 'export const now = new Date();\n', 'Date'],
  ['core may not throw dice', 'core/upgrades/broken-7.ts', 'export const die = Math.random();\n', 'passed in'],
  ['the contract may import zod alone', 'contract/broken.ts', importing('fastify'), 'zod alone'],
  ['the contract may not import core', 'contract/broken-2.ts', importing('../core/values/money.ts'), 'contract alone'],
  [
    'a noun may not reach another noun’s use case',
    'server/customers/broken.ts',
    importing('../upgrades/quote-upgrade.ts'),
    'through its store alone',
  ],
  [
    'a noun may not reach another noun’s routes',
    'server/customers/broken-2.ts',
    importing('../upgrades/upgrade.routes.ts'),
    'through its store alone',
  ],
  [
    'the dialect may not import routes',
    'server/partner-center/broken.ts',
    importing('../upgrades/upgrade.routes.ts'),
    'use cases and stores alone',
  ],
  ['the dialect may not write SQL', 'server/partner-center/broken-2.ts', importing('pg'), 'use cases and stores alone'],
  [
    'campaigns may not import another noun’s routes',
    'server/campaigns/broken.ts',
    importing('../upgrades/upgrade.routes.ts'),
    'campaigns call use cases',
  ],
  ['a noun may not know the demo', 'server/customers/broken-3.ts', importing('../../demo/world.ts'), 'no demo'],
  ['nothing imports the composition root', 'server/customers/broken-4.ts', importing('../main.ts'), 'composition root'],
  ['only main.ts knows the demo', 'server/broken.ts', importing('../demo/world.ts'), 'knows the demo'],
  [
    'the portal may not import core',
    'portal/upgrades/broken.ts',
    importing('../../core/values/money.ts'),
    'contract alone',
  ],
  [
    'the portal may not import the server',
    'portal/upgrades/broken-2.ts',
    importing('../../server/app.ts'),
    'contract alone',
  ],
  ['the CLI may not import the server', 'cli/broken.ts', importing('../server/app.ts'), 'contract alone'],
  ['the CLI may not import core', 'cli/commands/broken.ts', importing('../../core/values/money.ts'), 'contract alone'],
  [
    'the CLI may not import the portal',
    'cli/commands/broken-2.ts',
    importing('../../portal/paths.ts'),
    'contract alone',
  ],
  ['the portal’s ui knows no domain word', 'portal/ui/broken.ts', importing('../upgrades/words.ts'), 'domain word'],
];

const FINE: readonly (readonly [string, string])[] = [
  ['core/upgrades/fine.ts', importing('../values/money.ts')],
  ['contract/fine.ts', importing('zod')],
  ['server/customers/fine.ts', importing('../upgrades/upgrade.store.ts')],
  ['server/customers/fine-2.ts', importing('../../core/values/money.ts')],
  ['server/campaigns/fine.ts', importing('../upgrades/quote-upgrade.ts')],
  ['server/main.ts', importing('../demo/world.ts')],
  ['cli/commands/fine.ts', importing('../../contract/client.ts')],
  ['portal/upgrades/fine.ts', importing('../../contract/client.ts')],
];

let house: string;
/** What the linter says of each file, in its JSON. */
let said: Map<string, string>;

/** A small house under the very rules of this one, with every case a file of its own, linted once. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'yukselt-house-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'core/tsconfig.json']) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    copyFileSync(join(home, file), join(house, file));
  }
  symlinkSync(join(home, 'node_modules'), join(house, 'node_modules'));
  for (const [, file, text] of BROKEN) put(file, text);
  for (const [file, text] of FINE) put(file, text);
  put('core/upgrades/one.ts', `import { two } from './two.ts';\nexport const one: number = two + 1;\n`);
  put('core/upgrades/two.ts', `import { one } from './one.ts';\nexport const two: number = one + 1;\n`);
  said = lint();
});
afterAll(() => rmSync(house, { recursive: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

type Report = { readonly diagnostics: readonly { readonly filename: string }[]; readonly number_of_files: number };

function lint(): Map<string, string> {
  const run = spawnSync(join(home, 'node_modules/.bin/oxlint'), ['-f', 'json', '.'], { cwd: house, encoding: 'utf8' });
  const { diagnostics, number_of_files } = JSON.parse(run.stdout) as Report;
  expect(number_of_files).toBe(BROKEN.length + FINE.length + 2);
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename.replaceAll('\\', '/'));
  return new Map([...byFile].map(([file, found]) => [file, JSON.stringify(found)]));
}

describe('the import rule fails when it is broken', () => {
  it.each(BROKEN)('%s', (_rule, file, _text, message) => {
    expect(said.get(file)).toContain(message);
  });

  it('files may not import each other in a ring', () => {
    expect(said.get('core/upgrades/two.ts')).toContain('no-cycle');
  });

  it('core does not compile with what only Node or a browser has', () => {
    put('core/upgrades/outside.ts', 'export const where = process.cwd() + document.title;\n');
    const run = spawnSync(join(home, 'node_modules/.bin/tsc'), ['-p', 'core'], { cwd: house, encoding: 'utf8' });
    expect(run.stdout).toContain("Cannot find name 'process'");
    expect(run.stdout).toContain("Cannot find name 'document'");
  });
});

describe('the import rule lets through what it allows', () => {
  it.each(FINE)('%s: %s', (file) => {
    expect(said.get(file) ?? '').not.toContain('no-restricted-imports');
  });
});
