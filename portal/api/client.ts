import { createClient } from '../../contract/client.ts';
import type { Problem } from '../../contract/problems.ts';
import type { Language } from '../../contract/values.ts';

/** What the server answered instead of doing it; `problem` is in the reader's language. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export function clientOf(language: Language) {
  return createClient({ baseUrl: window.location.origin, language });
}

/** The problem of an answer; undefined where there was no answer at all. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof ProblemError ? error.problem : undefined;
}
