/** Schema of `Problem` (ERRORS "Problem"). */
import * as z from 'zod';
import { refusedCertificateSchema } from './certificate.js';
import { changedHostKeySchema } from './sftp.js';
import { sentenceSchema } from './sentence.js';
import { takenFileSchema } from './taken-file.js';

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
  'host-key-changed',
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
  /** One sentence: the failure, and its place. */
  message: sentenceSchema,
  /** One sentence: the next step. */
  next: sentenceSchema,
  /** With code `forbidden`: the missing permission by the panel's id (`control.start`). */
  permission: z.string().optional(),
  /** With code `invalid`: input field -> error of the field. */
  fields: z.record(z.string(), sentenceSchema).optional(),
  /** When to try again (ms since the epoch). With code `rate-limited`, and when Perch itself waits. */
  retryAt: z.number().optional(),
  /** With `retryAt`: true if the wait concerns one server only, not the whole account. */
  ofServer: z.boolean().optional(),
  /** With code `tls-untrusted`: the refused certificate, if it was seen. */
  certificate: refusedCertificateSchema.optional(),
  /** With code `host-key-changed`: both fingerprints of the node's key. */
  hostKey: changedHostKeySchema.optional(),
  /** With code `conflict`: the server's condition that caused the conflict. */
  condition: z.string().optional(),
  /** With code `conflict`: files that the change would replace. */
  taken: z.array(takenFileSchema).readonly().optional(),
  /** True if the request may have been carried out although no response came (PROTOCOL, trap 18). */
  maybeDone: z.boolean().optional(),
  /** Section of the settings that solves the problem. */
  section: z.literal('network').optional(),
});

export type ProblemCode = (typeof problemCodes)[number];
export type Problem = z.infer<typeof problemSchema>;
