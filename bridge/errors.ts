/**
 * The one error taxonomy (ERRORS "Problem").
 * Every edge of the system turns a failure into a `Problem`: what happened, where, and what to do next, as
 * sentences that the process showing them translates. A `Problem` crosses the process boundary unchanged and never
 * contains a key, a token or a raw response.
 */
import { inEnglish, sentence } from '../messages/messages.js';
import type { Problem } from './schema/problem.js';

export type { Problem, ProblemCode } from './schema/problem.js';

/** A `Problem` as an exception. Modules throw no other error type on purpose. `message` is English, for the log. */
export class PerchError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(inEnglish(problem.message), options);
    this.name = 'PerchError';
    this.problem = problem;
  }
}

/**
 * Converts any thrown value into a `Problem`.
 * Foreign errors become `internal` with a fixed text, so no secret leaks.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof PerchError) return error.problem;
  return {
    code: 'internal',
    message: sentence('common.internal'),
    next: sentence('common.internal-next'),
  };
}
