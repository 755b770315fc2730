/** Calls about the text of one file of a server. */
import * as z from 'zod';
import { accountRef } from './account-calls.js';
import { pathSchema } from './files.js';
import { serverRef } from './server-calls.js';
import {
  mostTextBytes,
  openedTextSchema,
  textDraftSchema,
  textFormatSchema,
  textVersionSchema,
} from './texts.js';

const fileRef = serverRef.extend({ path: pathSchema });

export const textContract = {
  /** Reads a file as text; `draft` = unsaved text of an earlier window or run. `gone` = only the draft is left. */
  'texts.open': {
    input: fileRef,
    output: z.object({
      opened: z.union([openedTextSchema, z.object({ kind: z.literal('gone') })]),
      draft: textDraftSchema.nullable(),
    }),
  },
  /**
   * Saves a text and forgets a draft with this text. Main reads the file first: if the panel has another version than
   * `version`, nothing is written, and `changed` is the panel's text; `gone` = the panel no longer has the file.
   * `version` null = replace any content of the file. `makes` = make a missing file instead of answering `gone`.
   */
  'texts.save': {
    input: fileRef.extend({
      text: z.string().max(mostTextBytes),
      format: textFormatSchema,
      version: textVersionSchema.nullable(),
      makes: z.boolean().optional(),
    }),
    output: z.union([
      z.object({ saved: textVersionSchema }),
      z.object({ changed: openedTextSchema }),
      z.object({ gone: z.literal(true) }),
    ]),
  },
  /** Keeps unsaved text on this computer, instead of the file's earlier draft. */
  'texts.keepDraft': { input: fileRef.extend({ draft: textDraftSchema }), output: z.void() },
  'texts.dropDraft': { input: fileRef, output: z.void() },
  /** Files whose changes are only on this computer: unsaved texts, and copies for other programs not yet uploaded. */
  'texts.unsaved': { input: accountRef, output: z.array(fileRef) },
  /** Stops naming the unsaved texts of earlier runs; they stay. */
  'texts.dismissLeft': { input: z.void(), output: z.void() },
};
