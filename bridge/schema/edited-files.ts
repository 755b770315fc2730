/**
 * Files of servers that a person edits in a program of this computer (EDITOR "In another program").
 *
 * A local copy of the file is in Perch's data folder. Perch uploads the copy after each save of the program.
 */
import * as z from 'zod';
import { pathSchema } from './files.js';
import { problemSchema } from './problem.js';
import { serverRef } from './server-calls.js';
import { openedTextSchema, textVersionSchema } from './texts.js';

/** Most files that are edited in other programs at a time. */
export const mostEditedFiles = 50;

const editedFileRef = serverRef.extend({ path: pathSchema });

/** An edited file as main keeps it in a file. */
export const editedRecordSchema = z.object({
  /** Name of the folder with the local copy. */
  id: z.string().regex(/^[\da-f]{16}$/),
  ...editedFileRef.shape,
  /** Name of the local copy. */
  name: z
    .string()
    .min(1)
    .max(255)
    .refine((name) => name !== '.' && name !== '..' && !/[/\\\0]/.test(name)),
  /** Version of the server's file that the local copy replaces. */
  version: textVersionSchema,
  /** Wall-clock time of the last opening or upload. */
  at: z.number(),
});
export type EditedRecord = z.infer<typeof editedRecordSchema>;

const editedStateSchema = z.discriminatedUnion('kind', [
  /** The server has the content of the local copy. `uploadedAt` null = no upload so far. Wall-clock time. */
  z.object({ kind: z.literal('same'), uploadedAt: z.number().nullable() }),
  /** The program has saved; Perch waits until it has finished writing. */
  z.object({ kind: z.literal('saved') }),
  z.object({ kind: z.literal('uploading') }),
  /** Not uploaded. `retryAt` = when Perch tries again; null = at the next save, or when a person asks. */
  z.object({ kind: z.literal('failed'), problem: problemSchema, retryAt: z.number().nullable() }),
  /** Not uploaded, because somebody changed or removed the file of the server. */
  z.object({ kind: z.literal('conflict'), why: z.enum(['changed', 'gone']) }),
  /** Not uploaded when Perch or the editor of a terminal ended. */
  z.object({ kind: z.literal('left') }),
]);

/** An edited file as windows show it. */
export const editedFileSchema = z.object({
  ...editedFileRef.shape,
  /** False for a local copy that Perch can't show as text. */
  isText: z.boolean(),
  state: editedStateSchema,
});
export type EditedFile = z.infer<typeof editedFileSchema>;
export type EditedState = EditedFile['state'];

/**
 * The file that a person saw on the server, and may replace: this content, no file, or a file too large to show.
 * `modifiedAt` in ms since the epoch.
 */
const seenContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('content'), version: textVersionSchema }),
  z.object({ kind: z.literal('gone') }),
  z.object({ kind: z.literal('too-large'), bytes: z.number(), modifiedAt: z.number() }),
]);
export type SeenContent = z.infer<typeof seenContentSchema>;

/** null for a file of which nothing is known. `modifiedAt` in ms since the epoch. */
const sizeAndAge = z.object({ bytes: z.number(), modifiedAt: z.number() }).nullable();

export const editedContract = {
  /**
   * Opens the file in the program of the setting `ownEditor`, or the system's program for such files. Repeated for the
   * same file, the local copy opens again.
   */
  'ownEditor.open': { input: editedFileRef, output: z.void() },
  /**
   * Uploads the local copy now. `replaces` = `seen` of the comparison that the person agreed to replace; anything else
   * on the server is a conflict again.
   */
  'ownEditor.upload': {
    input: editedFileRef.extend({ replaces: seenContentSchema.nullable() }),
    output: z.void(),
  },
  /**
   * The server's text and the local one, to compare. `gone` = the server no longer has the file. `seen` null = the
   * panel does not show enough about a large file to replace the file.
   */
  'ownEditor.compare': {
    input: editedFileRef,
    output: z.object({
      theirs: z.union([openedTextSchema, z.object({ kind: z.literal('gone') })]),
      mine: openedTextSchema,
      seen: seenContentSchema.nullable(),
      facts: z.object({ there: sizeAndAge, mine: sizeAndAge }),
    }),
  },
  /** Keeps the local text as unsaved text of Perch's own editor, and ends the editing. */
  'ownEditor.keepDraft': { input: editedFileRef, output: z.void() },
  /** Ends the editing and removes the local copy. Refused with `conflict` if that would lose text, without `discards`. */
  'ownEditor.stop': { input: editedFileRef.extend({ discards: z.boolean() }), output: z.void() },
  /** Asks for a program and keeps it as the setting `ownEditor`. */
  'ownEditor.chooseProgram': { input: z.void(), output: z.void() },
  'ownEditor.forgetProgram': { input: z.void(), output: z.void() },
};
