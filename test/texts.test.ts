import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import en from '../portal/locales/en.json' with { type: 'json' };
import tr from '../portal/locales/tr.json' with { type: 'json' };

const PORTAL = fileURLToPath(new URL('../portal/', import.meta.url));
const TEXTS: Readonly<Record<'en' | 'tr', Readonly<Record<string, string>>>> = { en, tr };
const KEYS = Object.keys(en);

/** A part of a text in ICU MessageFormat, as its parser gives it: words, or the name of a value. */
type Part = {
  readonly type: number;
  readonly value: string;
  /** Of a plural or a choice. */
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
  readonly pluralType?: string;
};
const WORDS = 0;
const NUMBER = 2;
const partsOf = (language: 'en' | 'tr', key: string) => {
  const text = new IntlMessageFormat(TEXTS[language][key] ?? '', language, undefined, { ignoreTag: true });
  return text.getAst() as unknown as readonly Part[];
};
const innerOf = ({ options = {} }: Part) => Object.values(options).map((option) => option.value);

/** The values that a text takes, each as a number or as it is. */
function valuesOf(parts: readonly Part[]): string[] {
  const found = parts
    .filter((part) => part.type !== WORDS && part.value)
    .flatMap((part) => {
      const kind = part.pluralType || part.type === NUMBER ? ' (a number)' : '';
      return [`${part.value}${kind}`, ...innerOf(part).flatMap(valuesOf)];
    });
  return [...new Set(found)].toSorted();
}

/** Anything of a syntax tree; only what is asked for here is named. */
type Node = { readonly type: string; readonly [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** All nodes of a tree, from the top down. */
function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) yield* nodesOf(child);
  }
}

const SOURCES = readdirSync(PORTAL, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => {
    const program = parseSync(path, readFileSync(join(PORTAL, path), 'utf8')).program as unknown as Node;
    return { path, nodes: [...nodesOf(program)] };
  });

const textOf = (node: unknown) =>
  isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
/** The words that are written out in an expression itself, not in what it calls. */
function wordsIn(node: unknown): string[] {
  const compares = isNode(node) && node.type === 'BinaryExpression' && node['operator'] !== '+';
  if (!isNode(node) || compares) return [];
  if (node.type === 'TemplateLiteral') {
    return (node['quasis'] as { value: { raw: string } }[]).map(({ value }) => value.raw);
  }
  const parts = ['expression', 'consequent', 'alternate', 'left', 'right'].flatMap((part) => wordsIn(node[part]));
  return [...(textOf(node) === undefined ? [] : [textOf(node) ?? '']), ...parts];
}

/** Attributes that a person reads or hears. */
const SEEN =
  /^(aria-label|aria-description|title|placeholder|alt|label|hint|content|text|header|body|validationMessage)$/;
/** A word of any language; the product's own name is the same in all of them. */
const isWord = (text: string) => /\p{L}/u.test(text.replaceAll('Yükselt', '').replaceAll(/&\w+;/g, ''));

/** What a node writes on the screen by itself. */
function seenIn(node: Node): string[] {
  if (node.type === 'JSXText') return [String(node['value'])];
  if (node.type === 'JSXAttribute') {
    const name = isNode(node['name']) ? String(node['name']['name']) : '';
    return SEEN.test(name) ? wordsIn(node['value']) : [];
  }
  const children = node.type === 'JSXElement' || node.type === 'JSXFragment' ? (node['children'] as Node[]) : [];
  return children.filter((child) => child.type === 'JSXExpressionContainer').flatMap((child) => wordsIn(child));
}

describe('the texts of the portal', () => {
  it('are the same in Turkish and in English', () => {
    expect(Object.keys(tr).toSorted()).toEqual(KEYS.toSorted());
  });

  it('take the same values in both languages', () => {
    const differing = KEYS.map((key) => [key, valuesOf(partsOf('en', key)), valuesOf(partsOf('tr', key))]).filter(
      ([, english, turkish]) => JSON.stringify(english) !== JSON.stringify(turkish),
    );
    expect(differing).toEqual([]);
  });

  it('are not empty, do not shout, and have typographic quotes', () => {
    const wrong = (['en', 'tr'] as const).flatMap((language) =>
      KEYS.filter((key) => /^\s*$|^\s|\s$|!|["']/.test(TEXTS[language][key] ?? '')).map((key) => `${language} ${key}`),
    );
    expect(wrong).toEqual([]);
  });

  it('hang no Turkish suffix on a value, whose last sound is not known', () => {
    const hangs = (parts: readonly Part[]): boolean =>
      parts.some((part, index) => {
        const next = parts[index + 1];
        const suffixed = part.type !== WORDS && next?.type === WORDS && /^[\p{L}’]/u.test(next.value);
        return suffixed || innerOf(part).some(hangs);
      });
    expect(KEYS.filter((key) => hangs(partsOf('tr', key)))).toEqual([]);
  });
});

describe('the sources of the portal', () => {
  const literals = SOURCES.flatMap(({ path, nodes }) =>
    nodes.flatMap((node) => (textOf(node) === undefined ? [] : [{ path, text: textOf(node) ?? '' }])),
  );

  it('use every text', () => {
    const used = new Set(literals.map(({ text }) => text));
    expect(KEYS.filter((key) => !used.has(key))).toEqual([]);
  });

  it('use no text that is not there', () => {
    const rooms = new Set(KEYS.map((key) => key.split('.')[0]));
    const asked = literals.filter(({ text }) => /^\w+(\.\w+)+$/.test(text) && rooms.has(text.split('.')[0]));
    expect(asked.filter(({ text }) => !KEYS.includes(text))).toEqual([]);
    const said = SOURCES.flatMap(({ path, nodes }) =>
      nodes
        .filter((node) => node.type === 'CallExpression' && isNode(node['callee']) && node['callee']['name'] === 'say')
        .flatMap((node) => wordsIn((node['arguments'] as unknown[])[0]).map((text) => ({ path, text }))),
    );
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter(({ text }) => !KEYS.includes(text))).toEqual([]);
  });

  it('write out nothing that a person reads or hears', () => {
    const written = SOURCES.flatMap(({ path, nodes }) => nodes.flatMap(seenIn).map((text) => ({ path, text })));
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter(({ text }) => isWord(text))).toEqual([]);
  });
});
