/** Refusals of the bridge, in the words of the taxonomy. */
import type * as z from 'zod';
import type { Problem } from '../../bridge/errors.js';

export const untrusted: Problem = {
  code: 'forbidden',
  message: 'This page may not talk to Perch.',
  next: 'Close it and open Perch from the tray.',
};

export function unknownName(what: 'call' | 'feed'): Problem {
  return {
    code: 'not-found',
    message: `Perch has no such ${what}.`,
    next: 'Restart Perch; if it happens again, install it anew.',
  };
}

/** What does not fit, field by field; the values themselves stay out, they may be keys. */
export function invalid(what: string, error: z.ZodError): Problem {
  const fields = error.issues.map((issue): [string, string] => [
    issue.path.join('.') || what,
    sentence(issue),
  ]);
  return {
    code: 'invalid',
    message: 'Something in this request is not valid.',
    next: 'Correct it and try again.',
    fields: Object.fromEntries(fields),
  };
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return 'This is too long.';
  if (issue.code === 'too_small') return 'This is missing or too short.';
  return 'This is not valid.';
}
