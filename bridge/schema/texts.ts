/** Texts: files of a server in the editor. */
import * as z from 'zod';

/** Longest file in bytes that the editor opens and saves: the panel gives no longer one (PROTOCOL 2.17.3). */
export const mostTextBytes = 4 * 1024 * 1024;

export const textFormatSchema = z.object({
  /** `latin-1`: the bytes are not UTF-8, so each byte is one character. */
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'latin-1']),
  /** Whether the file begins with a byte order mark, which is not in the text. */
  bom: z.boolean(),
});
export type TextFormat = z.infer<typeof textFormatSchema>;

/** SHA-256 of a file's bytes in hexadecimal digits: two contents with the same version are the same. */
export const textVersionSchema = z.string().regex(/^[\da-f]{64}$/);

export const openedTextSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    /** With the line ends of the file. */
    text: z.string(),
    format: textFormatSchema,
    version: textVersionSchema,
  }),
  z.object({ kind: z.literal('refused'), why: z.enum(['binary', 'too-large']) }),
]);
export type OpenedText = z.infer<typeof openedTextSchema>;
export type ReadText = Extract<OpenedText, { kind: 'text' }>;

/** Unsaved text, kept on this computer. */
export const textDraftSchema = z.object({
  text: z.string().max(mostTextBytes),
  format: textFormatSchema,
  /** Version of the file that was edited. */
  version: textVersionSchema,
});
export type TextDraft = z.infer<typeof textDraftSchema>;
