import { createHash } from 'node:crypto';
import type { Language } from '../../contract/values.ts';

const WORDS = {
  en: {
    title: 'Subscription upgrade desk',
    lead: 'Which of a customer’s subscriptions can be upgraded, why the others cannot, what an upgrade costs to the cent and whose accounts it touches.',
    reference: 'API reference',
    referenceHint: 'Every call, with its fields and errors; it can be tried in the browser.',
    document: 'OpenAPI document',
    documentHint: 'The same for programs.',
    ways: 'Ways to sign in',
    waysHint: 'In the demo, the agents to choose from.',
    demo: 'This is the demo: its customers, prices and people are made up, and anybody may sign in.',
    sandbox: 'Sandbox: the clock can be moved and everything can be reset.',
  },
  tr: {
    title: 'Abonelik yükseltme masası',
    lead: 'Bir müşterinin hangi abonelikleri yükseltilebilir, diğerleri neden yükseltilemez, yükseltme kuruşuna kadar ne tutar ve kimin hesaplarını etkiler.',
    reference: 'API başvurusu',
    referenceHint: 'Alanları ve hatalarıyla her çağrı; tarayıcıda denenebilir.',
    document: 'OpenAPI belgesi',
    documentHint: 'Aynısı, programlar için.',
    ways: 'Oturum açma yolları',
    waysHint: 'Demoda seçilebilecek aracılar.',
    demo: 'Bu bir demodur: müşteriler, fiyatlar ve kişiler uydurmadır, herkes oturum açabilir.',
    sandbox: 'Korumalı alan: saat değiştirilebilir ve her şey sıfırlanabilir.',
  },
} as const;

const STYLE = `
  :root { color-scheme: light dark; --ground: #fafafa; --panel: #fff; --text: #242424; --quiet: #5c5c5c; --edge: #e0e0e0; --brand: #0b6a8f; --soft: #e9f4f9; }
  @media (prefers-color-scheme: dark) { :root { --ground: #1f1f1f; --panel: #292929; --text: #fff; --quiet: #adadad; --edge: #3d3d3d; --brand: #7db8d3; --soft: #0d3647; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--text); font: 16px/1.5 "Segoe UI", system-ui, sans-serif; }
  main { max-width: 44rem; margin: 0 auto; padding: clamp(1.5rem, 8vh, 6rem) 1.25rem; }
  h1 { margin: 0; font-size: 2.25rem; line-height: 1.2; color: var(--brand); }
  h2 { margin: .25rem 0 1rem; font-size: 1.125rem; font-weight: 600; }
  p { margin: 0 0 1.5rem; text-wrap: pretty; }
  .note { padding: .75rem 1rem; border-left: 3px solid var(--brand); background: var(--soft); }
  ul { list-style: none; margin: 0; padding: 0; border: 1px solid var(--edge); border-radius: 8px; background: var(--panel); }
  li + li { border-top: 1px solid var(--edge); }
  a { display: block; padding: .875rem 1rem; color: var(--brand); font-weight: 600; text-decoration: none; }
  a span { display: block; color: var(--quiet); font-weight: 400; font-size: .875rem; }
  a:hover strong, a:focus-visible strong { text-decoration: underline; }
  a:focus-visible { outline: 2px solid var(--brand); outline-offset: 1px; border-radius: 8px; }`;

/** The page at `/`: what this is and where to go, in the caller's language. */
export function frontPage(
  language: Language,
  { demo, sandbox }: { demo: boolean; sandbox: boolean },
): { html: string; policy: string } {
  const words = WORDS[language];
  const link = (href: string, text: string, hint: string) =>
    `<li><a href="${href}"><strong>${text}</strong><span>${hint}</span></a></li>`;
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Yükselt</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Yükselt</h1>
<h2>${words.title}</h2>
<p>${words.lead}</p>
${demo ? `<p class="note">${words.demo}${sandbox ? ` ${words.sandbox}` : ''}</p>` : ''}
<ul>
${link('/api/docs', words.reference, words.referenceHint)}
${link('/api/openapi.json', words.document, words.documentHint)}
${link('/api/sign-in', words.ways, words.waysHint)}
</ul>
</main>
</body>
</html>
`;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return {
    html,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
