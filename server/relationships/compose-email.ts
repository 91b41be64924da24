import { REASON_TEXTS } from '../../contract/refusals.ts';
import { fill } from '../../contract/words.ts';
import type { FieldRule } from '../../contract/words.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Actor } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { dayIn, EMAIL_TEXTS } from './email-texts.ts';
import { microsoftLinkOf } from './microsoft-link.ts';
import type { Request } from './request.store.ts';

/** Where the link stands in an email’s text. */
export const LINK_PLACE = '{link}';
/** Mail programs and systems take no longer address than this one. */
const LONGEST_MAILTO = 2000;

type Asked = Pick<
  Request,
  'customerId' | 'customerName' | 'privileges' | 'roles' | 'days' | 'families' | 'language' | 'expiresAt'
>;

/** The email to a customer as it is drafted: subject, and text with the place for the link (R3, R4). */
export function draftEmail(asked: Asked, actor: Actor): { readonly subject: string; readonly text: string } {
  const { language } = asked;
  const words = EMAIL_TEXTS[language];
  const company = actor.partner.name;
  const values = { company, customer: asked.customerName };
  const paragraphs = [
    fill(words.greeting, { name: fill(words.team, values) }),
    fill(asked.customerId === null || asked.privileges === 'none' ? words.request : words.renewal, values),
    LINK_PLACE,
    `${privilegesIn(asked)} ${words.seeFirst}`,
    `${fill(words.validUntil, { date: dayIn(language, asked.expiresAt) })} ${words.revoke}`,
    `${words.closing}\n${actor.displayName}\n${company}`,
  ];
  return { subject: fill(words.requestSubject, values), text: paragraphs.join('\n\n') };
}

function privilegesIn({ privileges, roles, days, families, language }: Asked): string {
  const words = EMAIL_TEXTS[language];
  if (privileges === 'none') return words.nothingMore;
  const names = REASON_TEXTS[language];
  const asked =
    privileges === 'dap'
      ? words.full
      : fill(words.granular, { days: days ?? 0, roles: roles.map((role) => names.directoryRoles[role]).join(', ') });
  if (families === null) return asked;
  const services = families.map((family) => names.families[family as keyof typeof names.families]).join(', ');
  return `${asked} ${fill(words.services, { services })}`;
}

/**
 * A text as an agent left it, with the place for the link in it exactly once: one that lost it gets it at the end. Refused: the place twice,
 * or a link to an acceptance page of its own, which would be another request’s.
 */
export function settleText(text: string, publicUrl: string): Outcome<string> {
  const wrong = (expected: FieldRule) => refused({ code: 'invalid-field' as const, field: 'email.text', expected });
  const places = text.split(LINK_PLACE).length - 1;
  if (places > 1) return wrong('linkOnce');
  const { host } = new URL(publicUrl);
  if (text.toLowerCase().includes(`${host}/accept`.toLowerCase())) return wrong('noOtherLink');
  return accepted(places === 1 ? text : `${text}\n\n${LINK_PLACE}`);
}

/** A request’s email with its link in it, and what else the agent may send. */
export function composeEmail(request: Request, link: string) {
  const text = request.text.replace(LINK_PLACE, () => link);
  const { recipient: to, subject } = request;
  const mailto = `mailto:${encodeURIComponent(to ?? '').replaceAll('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
  return {
    requestId: request.requestId,
    to,
    subject,
    text,
    link,
    microsoftLink: microsoftLinkOf(request),
    mailto: mailto.length <= LONGEST_MAILTO ? mailto : null,
  };
}
