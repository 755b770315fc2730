/** What a `Problem` is made of (ERRORS "Problem"), for those who parse one. */
import * as z from 'zod';
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
  /** When to try again, milliseconds since the epoch. With code `rate-limited`, and where Perch itself waits. */
  retryAt: z.number().optional(),
  /** True where what holds it back is about one server and says nothing of the account. With `retryAt`. */
  ofServer: z.boolean().optional(),
  /** The certificate that was refused, where it was seen. With code `tls-untrusted`. */
  certificate: refusedCertificateSchema.optional(),
  /** The condition of the server that stood in the way. With code `conflict`. */
  condition: z.string().optional(),
  /** True where the request may have been carried out although no answer came (PROTOCOL, trap 18). */
  maybeDone: z.boolean().optional(),
  /** The section of the settings in which it is put right. */
  section: z.literal('network').optional(),
});

export type ProblemCode = (typeof problemCodes)[number];
export type Problem = z.infer<typeof problemSchema>;
