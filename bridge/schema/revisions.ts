/** Earlier contents of a server's text files (REVISIONS "What is kept"). Times are ms since 1970. */
import * as z from 'zod';

const whySchema = z.enum(['read', 'written', 'watched']);
/** `read` = read to edit, `written` = written by Perch, `watched` = read because Perch watches the configuration. */
export type RevisionWhy = z.infer<typeof whySchema>;

export const revisionSchema = z.object({
  /** Unique among the revisions of one server. */
  id: z.string().min(1).max(20),
  at: z.number(),
  why: whySchema,
  /** Size of the file. */
  bytes: z.number().min(0),
  /** SHA-256 of the bytes, hexadecimal. */
  version: z.string().regex(/^[\da-f]{64}$/),
});
export type Revision = z.infer<typeof revisionSchema>;
