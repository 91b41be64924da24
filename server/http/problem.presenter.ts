import { z } from 'zod';
import { type Problem, PROBLEM_TEXTS, type ProblemCode, PROBLEMS } from '../../contract/problems.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { Language } from '../../contract/values.ts';
import type { Role } from '../../core/access/may.ts';
import type { Failure } from '../failure.ts';
import { presentRefusal, type Wording } from './reason.presenter.ts';
import { fill } from './language.ts';

type Details = Partial<Pick<Problem, 'fields' | 'refusals' | 'differences' | 'roles'>>;
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
  const say = (values: Values, details?: Details, code: ProblemCode | 'invalid-field' = failure.code) =>
    presentProblem(code === 'invalid-field' ? 'invalid-request' : code, language, correlationId, values, details);
  switch (failure.code) {
    case 'not-found':
      return say({ what: failure.what });
    case 'role-not-allowed': {
      const names = (roles: readonly Role[]) => roles.map((role) => REASON_TEXTS[language].roles[role]).join(', ');
      return say({ held: names(failure.held) || '-', roles: names(failure.roles) }, { roles: [...failure.roles] });
    }
    case 'refused': {
      const refusals = failure.refusals.map((refusal) => presentRefusal(refusal, wording));
      return say({ reasons: refusals.map(({ message }) => message).join(' ') }, { refusals });
    }
    case 'quote-outdated': {
      const refusals = failure.refusals.map((refusal) => presentRefusal(refusal, wording));
      const points = [
        ...failure.differences.map(({ point }) => REASON_TEXTS[language].quotePoints[point]),
        ...refusals.map(({ title }) => title),
      ];
      const differences = failure.differences.map((one) => ({
        ...one,
        before: [...one.before],
        after: [...one.after],
      }));
      return say({ points: points.join(', ') }, { differences, refusals });
    }
    case 'quote-expired':
      return say({ until: failure.until.toString({ smallestUnit: 'second' }) });
    case 'changed-meanwhile':
      return say({ version: failure.version });
    case 'issue-already-resolved':
    case 'action-does-not-apply':
      return say({ user: failure.user });
    case 'invalid-field': {
      const message = REASON_TEXTS[language].expected[failure.expected];
      return say({ fields: `${failure.field}: ${message}` }, { fields: [{ field: failure.field, message }] });
    }
    default:
      return say({});
  }
}

/** Malformed input: each field that is wrong, with what is expected. */
export function presentInvalid(error: z.ZodError, language: Language, correlationId: string): Problem {
  const fields = error.issues.map((issue) => ({ field: issue.path.join('.') || 'body', message: issue.message }));
  const text = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return presentProblem('invalid-request', language, correlationId, { fields: text }, { fields });
}

/** zod's own words, in the caller's language. */
export function zodWords(language: Language) {
  return { error: (language === 'tr' ? TURKISH : ENGLISH).localeError };
}

const TURKISH = z.locales.tr();
const ENGLISH = z.locales.en();
