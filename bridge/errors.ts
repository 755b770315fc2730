/**
 * The one error taxonomy (ERRORS "Problem"). Every edge of the system turns a failure into a `Problem`: what happened,
 * where, and what to do next, as sentences, which are translated by the process that shows them. A `Problem` crosses
 * the process boundary unchanged and never contains a key, a token or a raw response.
 */
import { inEnglish, sentence, type IdWithNext, type Sentence } from '../messages/messages.js';
import type { Problem, ProblemCode } from './schema/problem.js';

export type { Problem, ProblemCode } from './schema/problem.js';

/** A `Problem` as an exception. Modules throw no other error type on purpose. `message` is English, for the log. */
export class PerchError extends Error {
  constructor(
    readonly problem: Problem,
    options?: { cause?: unknown },
  ) {
    super(inEnglish(problem.message), options);
    this.name = 'PerchError';
  }
}

/**
 * Converts any thrown value into a `Problem`.
 * Foreign errors become `internal` with a fixed text, so no secret leaks.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof PerchError) return error.problem;
  return newProblem('internal', sentence('common.internal'));
}

/** A problem with its next step. Without `next`, the next step is the message with the id of `message` plus `-next`. */
export function newProblem<Id extends IdWithNext>(code: ProblemCode, message: Sentence<Id>): Problem;
export function newProblem(code: ProblemCode, message: Sentence, next: Sentence): Problem;
export function newProblem(
  code: ProblemCode,
  message: Sentence,
  next: Sentence = { id: `${message.id}-next` },
): Problem {
  return { code, message, next };
}
