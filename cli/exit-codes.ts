import type { Problem } from '../contract/problems.ts';

/** How the program ends; the same table stands in docs/cli.md. */
export const EXIT = {
  done: 0,
  /** Something went wrong, or what was looked at is not as it should be. */
  failed: 1,
  /** What was typed is wrong, or names something that there is not. */
  usage: 2,
  /** A rule, or how things stand, says no. */
  refused: 3,
  /** Not signed in, or no role that allows it. */
  notAllowed: 4,
  /** No answer, or one that asks to try again later. */
  unreachable: 5,
  /** Asked, and not confirmed. */
  notConfirmed: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_STATUS: Readonly<Record<number, ExitCode>> = {
  400: EXIT.usage,
  401: EXIT.notAllowed,
  403: EXIT.notAllowed,
  404: EXIT.usage,
  409: EXIT.refused,
  410: EXIT.refused,
  413: EXIT.usage,
  415: EXIT.usage,
  422: EXIT.refused,
  429: EXIT.unreachable,
  502: EXIT.unreachable,
  503: EXIT.unreachable,
  504: EXIT.unreachable,
};

export function exitCodeOf({ status }: Pick<Problem, 'status'>): ExitCode {
  return BY_STATUS[status] ?? EXIT.failed;
}
