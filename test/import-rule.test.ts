import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
let house: string;

/** A small house under the very rules of this one. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'yukselt-house-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'core/tsconfig.json']) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    copyFileSync(join(home, file), join(house, file));
  }
  symlinkSync(join(home, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rmSync(house, { recursive: true }));

function put(file: string, text: string): string {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
  return file;
}

function lint(file: string, text: string): string {
  put(file, text);
  const run = spawnSync(join(home, 'node_modules/.bin/oxlint'), ['-f', 'json', file], { cwd: house, encoding: 'utf8' });
  return run.stdout;
}

const importing = (specifier: string) => `import { thing } from '${specifier}';\nexport const kept = thing;\n`;

describe('the import rule fails when it is broken', () => {
  it.each([
    ['core may not import a package', 'core/upgrades/broken.ts', importing('zod'), 'core imports no packages'],
    ['core may not import Node', 'core/upgrades/broken.ts', importing('node:fs'), 'core imports no packages'],
    [
      'core may not import the contract',
      'core/upgrades/broken.ts',
      importing('../../contract/values.ts'),
      'core alone',
    ],
    ['core may not import the server', 'core/upgrades/broken.ts', importing('../../server/context.ts'), 'core alone'],
    [
      'core may not ask for the time',
      'core/upgrades/broken.ts',
      'export const now = Temporal.Now.instant();\n',
      'passed in',
    ],
    ['core may not make a Date', 'core/upgrades/broken.ts', 'export const now = new Date();\n', 'Date'],
    ['core may not throw dice', 'core/upgrades/broken.ts', 'export const die = Math.random();\n', 'passed in'],
    ['the contract may import zod alone', 'contract/broken.ts', importing('fastify'), 'zod alone'],
    ['the contract may not import core', 'contract/broken.ts', importing('../core/values/money.ts'), 'contract alone'],
    [
      'a noun may not reach another noun’s use case',
      'server/customers/broken.ts',
      importing('../upgrades/quote-upgrade.ts'),
      'through its store alone',
    ],
    [
      'a noun may not reach another noun’s routes',
      'server/customers/broken.ts',
      importing('../upgrades/upgrade.routes.ts'),
      'through its store alone',
    ],
    [
      'the dialect may not import routes',
      'server/partner-center/broken.ts',
      importing('../upgrades/upgrade.routes.ts'),
      'use cases and stores alone',
    ],
    ['the dialect may not write SQL', 'server/partner-center/broken.ts', importing('pg'), 'use cases and stores alone'],
    ['a noun may not know the demo', 'server/customers/broken.ts', importing('../../demo/world.ts'), 'no demo'],
    ['nothing imports the composition root', 'server/customers/broken.ts', importing('../main.ts'), 'composition root'],
    ['only main.ts knows the demo', 'server/broken.ts', importing('../demo/world.ts'), 'knows the demo'],
    [
      'the portal may not import core',
      'portal/upgrades/broken.ts',
      importing('../../core/values/money.ts'),
      'contract alone',
    ],
    [
      'the portal may not import the server',
      'portal/upgrades/broken.ts',
      importing('../../server/app.ts'),
      'contract alone',
    ],
    ['the CLI may not import the server', 'cli/broken.ts', importing('../server/app.ts'), 'contract alone'],
    ['the portal’s ui knows no domain word', 'portal/ui/broken.ts', importing('../upgrades/words.ts'), 'domain word'],
  ])('%s', (_rule, file, text, message) => {
    expect(lint(file, text)).toContain(message);
  });

  it('files may not import each other in a ring', () => {
    put('core/upgrades/one.ts', `import { two } from './two.ts';\nexport const one: number = two + 1;\n`);
    expect(
      lint('core/upgrades/two.ts', `import { one } from './one.ts';\nexport const two: number = one + 1;\n`),
    ).toContain('no-cycle');
  });

  it('core does not compile with what only Node or a browser has', () => {
    put('core/upgrades/broken.ts', 'export const where = process.cwd() + document.title;\n');
    const run = spawnSync(join(home, 'node_modules/.bin/tsc'), ['-p', 'core'], { cwd: house, encoding: 'utf8' });
    expect(run.stdout).toContain("Cannot find name 'process'");
    expect(run.stdout).toContain("Cannot find name 'document'");
  });
});

describe('the import rule lets through what it allows', () => {
  it.each([
    ['core/upgrades/fine.ts', importing('../values/money.ts')],
    ['contract/fine.ts', importing('zod')],
    ['server/customers/fine.ts', importing('../upgrades/upgrade.store.ts')],
    ['server/customers/fine.ts', importing('../../core/values/money.ts')],
    ['server/main.ts', importing('../demo/world.ts')],
    ['portal/upgrades/fine.ts', importing('../../contract/client.ts')],
  ])('%s: %s', (file, text) => {
    expect(lint(file, text)).not.toContain('no-restricted-imports');
  });
});
