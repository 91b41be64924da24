import type { Problem } from '../contract/problems.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';

/** Why a command ends without having done what it was asked: a sentence for people, and how the program ends. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The server said no, with its reasons in the caller’s language. */
export class ProblemFailure extends Failure {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(exitCodeOf(problem), problem.title);
    this.problem = problem;
  }
}

export const badUsage = (message: string) => new Failure(EXIT.usage, message);
