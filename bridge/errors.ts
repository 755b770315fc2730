/**
 * The one error taxonomy (ARCHITECTURE "Errors"). Every edge turns what went wrong into a `Problem`: what happened,
 * where, and what to do next, as sentences for a person, which are said where they are read. Problems cross the process
 * wall as they are; they never carry a key, a token or a raw answer.
 */
import * as z from 'zod';
import { inEnglish, sentence } from '../words/words.js';
import { refusedCertificateSchema } from './certificate.js';
import { sentenceSchema } from './sentence.js';

export const problemCodes = [
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'invalid',
  'rate-limited',
  'node-unreachable',
  'node-unencrypted',
  'panel-unreachable',
  'panel-error',
  'timeout',
  'tls-untrusted',
  'not-a-panel',
  'protocol',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-silent',
  'offline',
  'internal',
] as const;

export const problemSchema = z.object({
  code: z.enum(problemCodes),
  /** One sentence: what happened, and where. */
  message: sentenceSchema,
  /** One sentence: what to do next. */
  next: sentenceSchema,
  /** The permission that is missing, in the panel's words (`control.start`). With code `forbidden`. */
  permission: z.string().optional(),
  /** Field of the input -> what is wrong with it. With code `invalid`. */
  fields: z.record(z.string(), sentenceSchema).optional(),
  /** When to try again, milliseconds since the epoch. With code `rate-limited`. */
  retryAt: z.number().optional(),
  /** True where that limit is one server's and says nothing about the account. With code `rate-limited`. */
  ofServer: z.boolean().optional(),
  /** The certificate that was refused, where it was seen. With code `tls-untrusted`. */
  certificate: refusedCertificateSchema.optional(),
  /** The condition of the server that stood in the way. With code `conflict`. */
  condition: z.string().optional(),
  /** True where the request may have been carried out although no answer came (PROTOCOL, trap 18). */
  maybeDone: z.boolean().optional(),
});

export type ProblemCode = (typeof problemCodes)[number];
export type Problem = z.infer<typeof problemSchema>;

/**
 * A `Problem` as an exception: the only error type that rooms throw at each other on purpose. Its own `message` is for
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
