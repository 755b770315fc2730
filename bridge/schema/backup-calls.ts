/** Calls about the backups of one server. Links to archives are secrets, so no call returns one. */
import * as z from 'zod';
import { backupSchema } from './backups.js';
import { serverRef } from './server-calls.js';

const backupRef = serverRef.extend({ backup: z.string().min(1).max(64) });
const nameSchema = z.string().max(255);

const wantedSchema = serverRef.extend({
  name: nameSchema,
  /** Patterns of files to leave out, as in `.gitignore`; empty = the patterns in the server's own file. */
  ignored: z.array(z.string().max(1000)).max(1000),
  locked: z.boolean(),
});

export const backupContract = {
  /** Begins a backup. An empty name lets the panel choose one. The feed `backups` reports the end. */
  'backups.create': {
    input: wantedSchema,
    output: backupSchema,
  },
  /**
   * Begins a backup of the server's files on this computer, without a backup on the panel. Resolves when the panel is
   * about to be asked; the feed `fileBackups` shows the rest.
   */
  'backups.here': { input: serverRef, output: z.void() },
  /**
   * Begins a quiet backup: warns players, switches saving off or stops the server, creates the backup, waits for its
   * end and brings the server back. Resolves when the first step begins; the feed `quiet` shows the rest.
   */
  'backups.quietly': { input: wantedSchema, output: z.void() },
  /** Switches saving on or starts the server now, again after a failure. The panel still completes the backup. */
  'backups.bringBack': { input: serverRef, output: z.void() },
  /** Makes the missed planned backups of these servers now. Servers without a missed one are left out. */
  'backups.catchUp': {
    input: z.object({ serverIds: z.array(serverRef.shape.serverId).max(10_000) }),
    output: z.void(),
  },
  'backups.lock': { input: backupRef.extend({ locked: z.boolean() }), output: backupSchema },
  /** Pelican only (PROTOCOL 2.16). */
  'backups.rename': { input: backupRef.extend({ name: nameSchema.min(1) }), output: backupSchema },
  'backups.delete': { input: backupRef, output: z.void() },
  /**
   * Begins to replace the server's files with those of a backup; stops a running server.
   * `truncate` = delete all files of the server first.
   */
  'backups.restore': { input: backupRef.extend({ truncate: z.boolean() }), output: z.void() },
  /** Reads the list of the feed `backups` from the panel again. */
  'backups.refresh': { input: serverRef, output: z.void() },
};
