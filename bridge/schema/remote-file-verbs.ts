/** Verbs of the command line about the files of a server. */
import * as z from 'zod';
import { foundPartSchema, pathSchema, serverFileSchema } from './files.js';
import { remoteServerSchema, remoteTransferSchema, serverNameSchema } from './remote-entities.js';

/** As `remoteVerbs`, of which these are a part. */
export const remoteFileVerbs = {
  /** Files in a folder, by name. */
  files: {
    input: z.object({ name: serverNameSchema, path: pathSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      files: z.array(serverFileSchema),
      /** True if the folder has more files than the list. */
      isCut: z.boolean(),
    }),
  },
  /** Files of the whole server whose names have all words of the query. The search ends if the client disconnects. */
  findFiles: {
    input: z.object({ name: serverNameSchema, query: z.string().min(1).max(255) }),
    event: z.never(),
    output: foundPartSchema
      .pick({ files: true, folders: true, unread: true, cut: true })
      .extend({ server: remoteServerSchema }),
  },
  /** Deletes a file, or a folder with its content. Refused for programs, and with `needs-yes` if nobody agreed. */
  deleteFile: {
    input: z.object({ name: serverNameSchema, path: pathSchema, isAgreed: z.boolean() }),
    event: z.never(),
    output: z.object({ server: remoteServerSchema }),
  },
  /**
   * Downloads a file or a folder. Resolves when the whole file or folder has its final name; the download continues if the
   * client disconnects. `as` = what a folder becomes here; missing = a folder. `folder` null = the system's folder for
   * downloads; `file` null = the name on the server. Refused for programs.
   */
  getFile: {
    input: z.object({
      name: serverNameSchema,
      path: pathSchema,
      as: z.enum(['folder', 'archive']).optional(),
      folder: z.string().min(1).max(5000).nullable(),
      file: z
        .string()
        .min(1)
        .max(255)
        .refine((file) => file !== '.' && file !== '..' && !/[/\0]/.test(file))
        .nullable(),
    }),
    event: z.object({ transfer: remoteTransferSchema }),
    output: z.object({ server: remoteServerSchema, transfer: remoteTransferSchema }),
  },
  /**
   * Edits a file of a server in the editor of a terminal. The event names the copy on this computer, and the answer comes
   * once `closeEdit` has named the same copy: by then Perch has uploaded the copy. If the file of the server has changed
   * meanwhile, the call fails with `wrong-state`. `isKept` = the copy has text of an earlier call that was not uploaded.
   * `replace` = upload over a change of the server's file. Refused for programs.
   */
  editFile: {
    input: z.object({ name: serverNameSchema, path: pathSchema, replace: z.boolean() }),
    event: z.object({ file: z.string(), isKept: z.boolean() }),
    output: z.object({ server: remoteServerSchema, outcome: z.enum(['unchanged', 'uploaded']) }),
  },
  /** The editor of a copy has ended; `isDone` false = with an error, so Perch uploads nothing. */
  closeEdit: {
    input: z.object({ file: z.string().min(1).max(5000), isDone: z.boolean() }),
    event: z.never(),
    output: z.object({}),
  },
  /**
   * Uploads a file or a folder of this computer. Resolves when the server has all files under their names. `as` = name
   * for a single file, or a folder of the server; null = its own name. Refused with `needs-yes` if files would be
   * replaced and `replace` is false. Refused for programs.
   */
  putFile: {
    input: z.object({
      name: serverNameSchema,
      source: z.string().min(1).max(5000),
      folder: pathSchema,
      as: z.string().min(1).max(255).nullable(),
      replace: z.boolean(),
    }),
    event: z.object({ transfer: remoteTransferSchema }),
    output: z.object({ server: remoteServerSchema, transfers: z.array(remoteTransferSchema) }),
  },
} satisfies Record<string, { input: z.ZodType; event: z.ZodType; output: z.ZodType }>;
