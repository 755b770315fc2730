/**
 * The one error taxonomy (ERRORS "Problem"). Every edge turns what went wrong into a `Problem`: what happened,
 * where, and what to do next, as sentences for a person, which are said where they are read. Problems cross the process
 * wall as they are; they never carry a key, a token or a raw answer.
 */
import { inEnglish, sentence } from '../messages/messages.js';
import type { Problem } from './schema/problem.js';

export type { Problem, ProblemCode } from './schema/problem.js';

/**
 * A `Problem` as an exception: the only error type that modules throw at each other on purpose. Its own `message` is for
 * the log, and English.
 */
export class PerchError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(inEnglish(problem.message), options);
    this.name = 'PerchError';
    this.problem = problem;
  }
}

/** Any thrown value as a `Problem`; what is not ours becomes `internal` with a fixed text, so nothing leaks. */
export function toProblem(error: unknown): Problem {
  if (error instanceof PerchError) return error.problem;
  return {
    code: 'internal',
    message: sentence('common.internal'),
    next: sentence('common.internal-next'),
  };
}
