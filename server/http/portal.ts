import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import { languageOf } from './language.ts';

const LANGUAGE_COOKIE = 'yukselt_language';
/** Tells a tab that was opened long ago of which portal the server is now. */
const BUILD_HEADER = 'x-yukselt-build';
const BUILD_LENGTH = 12;

const WORDS: Readonly<Record<Language, { tagline: string; noScript: string }>> = {
  en: {
    tagline: 'The upgrade desk for cloud resellers',
    noScript: 'Yükselt needs JavaScript in the browser. For programs there is the API: /api/docs',
  },
  tr: {
    tagline: 'Bulut bayileri için yükseltme masası',
    noScript: 'Yükselt tarayıcıda JavaScript gerektirir. Programlar için API vardır: /api/docs',
  },
};

/** Answers with the portal's one page in the reader's language; what it shows at an address it decides itself. */
export type SendPortal = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Serves the built portal from a directory: its files for good, since their names change with their content, and its page at `/`. */
export async function mountPortal(app: FastifyInstance, directory: string): Promise<SendPortal> {
  const template = readFileSync(join(directory, 'index.html'), 'utf8');
  const files = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Record<string, { file: string }>;
  const textsOf = (language: Language) => `/${files[`locales/${language}.json`]?.file ?? ''}`;
  // The page names all its code by what is in it.
  const build = createHash('sha256').update(template).digest('hex').slice(0, BUILD_LENGTH);
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) void reply.header(BUILD_HEADER, build);
  });
  await app.register(serveFiles, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    preCompressed: true,
  });
  app.get('/icon.svg', (_request, reply) => reply.sendFile('icon.svg', directory, { maxAge: '1d' }));

  const send: SendPortal = (request, reply) => {
    const chosen = request.cookies[LANGUAGE_COOKIE];
    const language = chosen === 'tr' || chosen === 'en' ? chosen : languageOf(request.headers['accept-language']);
    const nonce = randomBytes(16).toString('base64url');
    const { tagline, noScript } = WORDS[language];
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policyWith(nonce))
      .send(fill(template, { build, language, nonce, tagline, noScript, texts: textsOf(language) }));
  };
  app.get('/', send);
  return send;
}

/** A page of the portal was asked for, and not an answer for a program. */
export function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');
}

/** Our own code and styles alone; the styles that components make carry the page's nonce. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
