import { campaignFileRefusalText } from '../../contract/campaign-texts.ts';
import type { z } from 'zod';
import { CAMPAIGN_TEXTS } from '../../contract/campaign-texts.ts';
import { type Problem, PROBLEM_TEXTS, type ProblemCode, PROBLEMS } from '../../contract/problems.ts';
import { fileRefusalText } from '../../contract/imports.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { Language } from '../../contract/values.ts';
import { FIELD_TEXTS, type FieldRule, fill } from '../../contract/words.ts';
import type { Role } from '../../core/access/may.ts';
import type { Failure, Thing } from '../failure.ts';
import { plainDayText } from './day-text.ts';
import { channelName, offerName, presentRefusal, type Wording } from './reason.presenter.ts';

/** How many codes a link is sent. */
export const MOST_CODES_AN_HOUR = 5;

type Details = Partial<Pick<Problem, 'fields' | 'refusals' | 'differences' | 'roles' | 'action' | 'until'>>;
type Values = Readonly<Record<string, string | number>>;

/** One problem document in the caller's language. */
export function presentProblem(
  code: ProblemCode,
  language: Language,
  correlationId: string,
  values: Values = {},
  details: Details = {},
): Problem {
  const words = PROBLEM_TEXTS[language][code];
  return {
    code,
    status: PROBLEMS[code],
    title: words.title,
    detail: fill(words.detail, values),
    remedy: fill(words.remedy, values),
    correlationId,
    ...details,
  };
}

/** What a use case answered instead of doing it. */
export function presentFailure(failure: Failure, wording: Wording, correlationId: string): Problem {
  const { language } = wording;
  if (failure.code === 'invalid-field')
    return presentBrokenRule(failure.field, failure.expected, language, correlationId);
  const { code } = failure;
  const say = (values: Values, details?: Details) => presentProblem(code, language, correlationId, values, details);
  const values = valuesOf(failure, language);
  if (values) return say(values);
  switch (failure.code) {
    case 'not-found':
      return presentNotFound(failure.thing, failure.id, language, correlationId);
    case 'role-not-allowed': {
      const names = (roles: readonly Role[]) => roles.map((role) => REASON_TEXTS[language].roles[role]).join(', ');
      const held = names(failure.held) || REASON_TEXTS[language].noRole;
      const { action } = failure;
      return say({ held, roles: names(failure.roles) }, { roles: [...failure.roles], ...(action && { action }) });
    }
    case 'refused': {
      const refusals = failure.refusals.map((refusal) => presentRefusal(refusal, wording));
      return say({ reasons: refusals.map(({ message }) => message).join(' ') }, { refusals });
    }
    case 'quote-outdated':
      return say(...outdated(failure, wording));
    case 'quote-expired':
      return say({ until: failure.until.toString({ smallestUnit: 'second' }) });
    case 'too-many-emails':
    case 'too-many-emails-of-partner':
    case 'email-shown-too-often':
    case 'too-many-confirmations':
      return say(...untilOf(failure.until, 'minute', { limit: failure.limit }));
    case 'sign-in-locked':
      return say(...untilOf(failure.until, 'second'));
    case 'upgrade-waiting':
      return say({ upgrade: failure.upgradeId, state: REASON_TEXTS[language].upgradeStates[failure.state] });
    case 'upgrade-already-decided': {
      const { upgradeStates, nobody } = REASON_TEXTS[language];
      return say({ state: upgradeStates[failure.state], by: failure.by ?? nobody });
    }
    case 'own-upgrade':
    case 'own-campaign':
      return say({ approvers: failure.approvers.join(', ') || REASON_TEXTS[language].nobody });
    case 'too-many-requests':
      return say({ limit: failure.limit, seconds: failure.seconds });
    case 'request-not-open':
      return say({ state: REASON_TEXTS[language].requestStates[failure.state] });
    case 'too-many-codes':
      return say({ limit: MOST_CODES_AN_HOUR });
    case 'cart-already-ordered':
      return say({ cart: failure.cartId });
    case 'already-recorded':
    case 'already-counts': {
      const channel = channelName({ channel: failure.channel, ours: false }, wording);
      return say({ offer: offerName(failure.offerId, wording), channel });
    }
    case 'import-in-doubt':
      return say({ lines: failure.lines.join(', ') });
    case 'file-not-read':
      return say({ reason: fileRefusalText(failure.refusal, language) });
    case 'campaign-file-not-read':
      return say({ reason: campaignFileRefusalText(failure.refusal, language) });
    case 'licenses-not-changed':
      return say({ users: failure.users.join(', ') });
    case 'issue-already-resolved':
    case 'action-does-not-apply':
      return say({ user: failure.user });
    default:
      return say({});
  }
}

/** What the words name, where they need no more than what the failure says; undefined: another failure. */
function valuesOf(failure: Failure, language: Language): Values | undefined {
  switch (failure.code) {
    case 'campaign-state':
      return { state: CAMPAIGN_TEXTS[language].campaignStates[failure.state] };
    case 'campaign-count':
      return { upgrades: failure.upgrades };
    case 'campaign-too-large':
    case 'too-many-webhooks':
    case 'too-many-streams':
      return { limit: failure.limit };
    case 'approval-needed':
      return { minutes: failure.delayMinutes };
    case 'changed-meanwhile':
    case 'import-applied':
      return { version: failure.version };
    case 'plan-outdated':
      return { planned: plainDayText(failure.planned, language), day: plainDayText(failure.day, language) };
    default:
      return undefined;
  }
}

/** From when on it is possible again, rounded up. */
function untilOf(
  moment: Temporal.Instant,
  smallestUnit: 'minute' | 'second',
  values: Values = {},
): [Values, Pick<Details, 'until'>] {
  const until = moment.toString({ smallestUnit, roundingMode: 'ceil' });
  return [{ ...values, until }, { until }];
}

/** What differs from a quote and what stands in the way now, in words and in full. */
function outdated(
  { differences, refusals: found }: Extract<Failure, { code: 'quote-outdated' }>,
  wording: Wording,
): [Values, Details] {
  const refusals = found.map((refusal) => presentRefusal(refusal, wording));
  const points = [
    ...differences.map(({ point }) => REASON_TEXTS[wording.language].quotePoints[point]),
    ...refusals.map(({ title }) => title),
  ];
  const shown = differences.map((one) => ({ ...one, before: [...one.before], after: [...one.after] }));
  return [{ points: points.join(', ') }, { differences: shown, refusals }];
}

/** Where things of a partner are listed; all others are a customer's. */
const LISTS: Partial<Record<Thing | 'page', string>> = {
  agent: '/api/agents',
  campaign: '/api/campaigns',
  apiClient: '/api/api-clients',
  identityProvider: '/api/identity-providers',
  session: '/api/sessions',
  webhook: '/api/webhooks',
  eventDelivery: '/api/webhooks/{id}/deliveries',
};

/** The same answer for what does not exist and for what is another partner's. */
export function presentNotFound(thing: Thing | 'page', id: string, language: Language, correlationId: string): Problem {
  const what = `${REASON_TEXTS[language].things[thing]} ${id}`;
  const list = LISTS[thing] ?? '/api/customers';
  return presentProblem('not-found', language, correlationId, { what, list });
}

/** A field that breaks a rule which no schema knows. */
export function presentBrokenRule(
  field: string,
  broken: FieldRule,
  language: Language,
  correlationId: string,
): Problem {
  return presentFields([{ field, message: FIELD_TEXTS[language].rules[broken] }], language, correlationId);
}

/** Malformed input: each field that is wrong, with what is expected. */
export function presentInvalid(error: z.ZodError, language: Language, correlationId: string): Problem {
  const found = error.issues.flatMap((issue) => fieldsOf(issue, language));
  // The first sentence about a field is enough: what comes after it mostly follows from it.
  const fields = [...Map.groupBy(found, ({ field }) => field).values()].flatMap(([first]) => first ?? []);
  return presentFields(fields, language, correlationId);
}

type WrongField = NonNullable<Problem['fields']>[number];

function presentFields(fields: WrongField[], language: Language, correlationId: string): Problem {
  const text = fields.map(({ field, message }) => `${field}: ${message}`).join(' ');
  return presentProblem('invalid-request', language, correlationId, { fields: text }, { fields });
}

function fieldsOf(issue: z.core.$ZodIssue, language: Language): WrongField[] {
  const { path, message } = issue;
  const named = (field: PropertyKey[], words: string) => ({
    field: field.map(String).join('.') || 'body',
    message: words,
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => named([...path, key], FIELD_TEXTS[language].unknown));
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [named(path, message)];
  // A form counts as meant when all that was given belongs to it; its own faults say most.
  const meant = issue.errors.filter((faults) => !faults.some((fault) => fault.code === 'unrecognized_keys'));
  const [form, ...others] = meant;
  if (form && others.length === 0) {
    return form.flatMap((fault) => fieldsOf({ ...fault, path: [...path, ...fault.path] }, language));
  }
  const { and, ways } = FIELD_TEXTS[language];
  const forms = issue.errors.map((faults) => faults.flatMap((fault) => fault.path.slice(0, 1).map(String)));
  const words = fill(ways, { ways: forms.map((form) => form.join(and)).join('; ') });
  const names = [...new Set(forms.flat())];
  // No form has a field that is wrong: what was given is no object at all.
  return names.length > 0
    ? names.map((name) => named([...path, name], words))
    : [named(path, form?.[0]?.message ?? message)];
}
