/** Problems of the bridge itself. */
import type * as z from 'zod';
import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';

export const untrusted = newProblem('forbidden', sentence('desktop.untrusted-page'));

export function unknownName(what: 'call' | 'feed'): Problem {
  return newProblem('not-found', sentence(`desktop.no-${what}`), sentence('desktop.unknown-next'));
}

/** Problem for invalid input, field by field. The values stay out, because they may be keys. */
export function invalidCall(what: string, error: z.ZodError): Problem {
  const fields = error.issues.map((issue): [string, Sentence] => [
    issue.path.join('.') || what,
    wrongWith(issue),
  ]);
  return { ...newProblem('invalid', sentence('desktop.invalid')), fields: Object.fromEntries(fields) };
}

function wrongWith(issue: z.core.$ZodIssue): Sentence {
  if (issue.code === 'too_big') return sentence('desktop.too-long');
  if (issue.code === 'too_small') return sentence('desktop.too-short');
  return sentence('desktop.not-valid');
}
