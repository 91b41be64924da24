import { readFileSync, writeFileSync } from 'node:fs';
import { createClient } from '../contract/client.ts';
import type { Language } from '../contract/values.ts';
import { openTerminal } from './cli-process.ts';
import { createDirectory, endServers, startServer } from './server-process.ts';

const DOCUMENT = new URL('../docs/cli.md', import.meta.url);
/** The day of the demo world, so that every recording shows the same dates. */
const NOW = '2026-11-16T09:00:00Z';
const AYLIN = 'aylin@kuzey.example';

type Step = readonly [line: string, input?: string];
type Session = {
  readonly title: string;
  readonly language: Language;
  readonly columns: number;
  readonly steps: readonly Step[];
};

const SESSIONS: readonly Session[] = [
  {
    title: 'Looking around',
    language: 'en',
    columns: 80,
    steps: [
      ['yukselt whoami'],
      ['yukselt customers izmir'],
      ['yukselt subscriptions "İzmir Tekstil"'],
      ['yukselt upgradable "İzmir Tekstil"'],
      ['yukselt why-not "İzmir Tekstil" Basic --to "Office 365 Enterprise E1"'],
    ],
  },
  {
    title: 'An upgrade',
    language: 'en',
    columns: 80,
    steps: [
      ['yukselt upgrade "İzmir Tekstil" Basic --to "Office 365 Enterprise E3" --dry-run'],
      ['yukselt upgrade "İzmir Tekstil" Basic --to "Office 365 Enterprise E3" --yes'],
      ['yukselt upgrade "Ege Gıda" Basic --to "Office 365 Enterprise E3"'],
    ],
  },
  {
    title: 'Bir müşteri, Türkçe',
    language: 'tr',
    columns: 120,
    steps: [
      ['yukselt customers rize'],
      ['yukselt subscriptions "Rize Çay"'],
      ['yukselt quote "Rize Çay" Temel --to Standart --quantity 10'],
      ['yukselt why-not "Rize Çay" Temel'],
      ['yukselt subscriptions Rze'],
    ],
  },
  {
    title: 'A bulk upgrade',
    language: 'en',
    columns: 80,
    steps: [
      [
        'yukselt campaign new "Basic to Standard" --from "Microsoft 365 Business Basic" --to "Microsoft 365 Business Standard" --platform legacy --dry-run',
      ],
      [
        'yukselt campaign new "Basic to Standard" --from "Microsoft 365 Business Basic" --to "Microsoft 365 Business Standard" --platform legacy',
      ],
      ['yukselt campaign report "Basic to Standard"'],
      ['yukselt campaign start "Basic to Standard" --yes'],
      ['yukselt campaign list'],
    ],
  },
  {
    title: 'Invoices and the audit log',
    language: 'en',
    columns: 80,
    steps: [
      ['yukselt invoice list'],
      ['yukselt audit verify'],
      ['yukselt export customers --filter search=izmir'],
      ['yukselt token list'],
    ],
  },
];

/** Words of a line as a shell reads them; the sessions quote with double quotes alone. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** What differs each time: ids, hashes and addresses. */
function steady(text: string, url: string): string {
  return (
    text
      .replaceAll(url, 'http://127.0.0.1:8080')
      .replace(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g, '0199…')
      .replace(/\b[\da-f]{64}\b/g, '5f0c…')
      // Minutes go by while it is recorded.
      .replace(/(16 Nov 2026,|16\.11\.2026) 09:\d\d/g, '$1 09:…')
      // How much is sealed by now is a matter of moments.
      .replace(/(recomputed:|seal:|seal) \d+/g, '$1 …')
      .trimEnd()
  );
}

async function record(url: string): Promise<string> {
  const parts: string[] = [];
  for (const { title, language, columns, steps } of SESSIONS) {
    const terminal = openTerminal(url, { COLUMNS: String(columns), YUKSELT_LANG: language, NO_COLOR: '1' });
    await terminal.run(['login', '--demo', AYLIN]);
    const lines: string[] = [];
    for (const [line, input] of steps) {
      const { code, out, err } = await terminal.run(wordsOf(line).slice(1), input === undefined ? {} : { input });
      lines.push(`$ ${line}`, steady(`${out}${err}`, url), ...(code === 0 ? [] : [`(exit code ${code})`]), '');
    }
    parts.push(`### ${title}\n\n\`\`\`console\n${lines.join('\n').trimEnd()}\n\`\`\``);
  }
  return parts.join('\n\n');
}

const BEGIN = '<!-- recorded -->';
try {
  const server = await startServer(createDirectory(), { YUKSELT_SANDBOX: '1', YUKSELT_DEMO: '1' }, ['--sandbox']);
  const nobody = createClient({ baseUrl: server.address });
  await nobody('resetSandbox', { body: { scenario: 'empty' } });
  await nobody('moveClock', { body: { now: NOW } });
  await nobody('resetSandbox', { body: { scenario: 'demo' } });
  const recorded = await record(server.address);
  const [head = ''] = readFileSync(DOCUMENT, 'utf8').split(BEGIN);
  writeFileSync(DOCUMENT, `${head}${BEGIN}\n\n${recorded}\n`);
} finally {
  await endServers();
}
process.exit(0);
