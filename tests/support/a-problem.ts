import type { Problem, ProblemCode } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';

/** A problem with sentences that no message file has. */
export function aProblem(code: ProblemCode, fields: Partial<Problem> = {}): Problem {
  return {
    code,
    message: verbatim(`Something went wrong: ${code}.`),
    next: verbatim('Do something.'),
    ...fields,
  };
}
