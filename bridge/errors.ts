/**
 * The one error taxonomy (ARCHITECTURE "Errors"). Every edge turns what went wrong into a `Problem`: what happened,
 * where, and what to do next, in words for a person. Problems cross the process wall as they are; they never
 * carry a key, a token or a raw answer.
 */
import * as z from 'zod';

export const problemCodes = [
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'invalid',
  'rate-limited',
  'node-unreachable',
  'panel-unreachable',
  'panel-error',
  'timeout',
  'tls-untrusted',
  'not-a-panel',
  'protocol',
  'keychain-unavailable',
  'keychain-locked',
  'offline',
  'internal',
] as const;

export const problemSchema = z.object({
  code: z.enum(problemCodes),
  /** One sentence: what happened, and where. */
  message: z.string(),
  /** One sentence: what to do next. */
  next: z.string(),
  /** The permission that is missing, in the panel's words (`control.start`). With code `forbidden`. */
  permission: z.string().optional(),
  /** Field of the input -> what is wrong with it. With code `invalid`. */
  fields: z.record(z.string(), z.string()).optional(),
  /** When to try again, milliseconds since the epoch. With code `rate-limited`. */
  retryAt: z.number().optional(),
  /** SHA-256 of the certificate, colon-separated upper-case hex. With code `tls-untrusted`. */
  fingerprint: z.string().optional(),
  /** The condition of the server that stood in the way. With code `conflict`. */
  condition: z.string().optional(),
  /** True where the request may have been carried out although no answer came (PROTOCOL, trap 18). */
  maybeDone: z.boolean().optional(),
});

export type ProblemCode = (typeof problemCodes)[number];
export type Problem = z.infer<typeof problemSchema>;

/** A `Problem` as an exception: the only error type that rooms throw at each other on purpose. */
export class PerchError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.message, options);
    this.name = 'PerchError';
    this.problem = problem;
  }
}

/** Any thrown value as a `Problem`; what is not ours becomes `internal` with a fixed text, so nothing leaks. */
export function toProblem(error: unknown): Problem {
  if (error instanceof PerchError) return error.problem;
  return {
    code: 'internal',
    message: 'Perch ran into an error of its own.',
    next: 'Try again; if it happens again, open the log from the settings and report it.',
  };
}
