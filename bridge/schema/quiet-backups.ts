/** Quiet backups: the game does not write while the panel copies the files. Times are in ms. */
import * as z from 'zod';
import { problemSchema } from './problem.js';

/**
 * How the game stops writing. `saving` = the game's console switches saving off, `stop` = the server is stopped,
 * `as-is` = the game keeps writing.
 */
export const quietMeansSchema = z.enum(['saving', 'stop', 'as-is']);
export type QuietMeans = z.infer<typeof quietMeansSchema>;

/** The step that brings the server back to its earlier state; null = none. */
export const wayBackSchema = z.enum(['save-on', 'start']).nullable();
export type WayBack = z.infer<typeof wayBackSchema>;

/** `back` = Perch brings the server back; `stuck` = Perch gave that up until a person asks for it. */
const quietStepSchema = z.enum([
  'warn',
  'save-off',
  'flush',
  'stop',
  'create',
  'wait',
  'back',
  'stuck',
  'over',
]);
export type QuietStep = z.infer<typeof quietStepSchema>;

/**
 * The first thing that went wrong. `unwarned` = Perch could not warn the players; `refused` = see the problem; `unseen`
 * = the game or the state did not show the end of a step; `left` = the server stopped, started or crashed meanwhile;
 * `failed` = the backup failed; `late` = the backup did not end; `cancelled` = by the user; `interrupted` = Perch ended.
 */
export const quietTroubleSchema = z.enum([
  'unwarned',
  'refused',
  'unseen',
  'left',
  'failed',
  'late',
  'cancelled',
  'interrupted',
]);
export type QuietTrouble = z.infer<typeof quietTroubleSchema>;

/** A quiet backup in progress, or one whose server Perch could not bring back. */
export const quietBackupSchema = z.object({
  serverId: z.string(),
  means: quietMeansSchema,
  step: quietStepSchema,
  owed: wayBackSchema,
  /** Id of the backup on the panel; null until it has begun. */
  backup: z.string().nullable(),
  trouble: quietTroubleSchema.nullable(),
  problem: problemSchema.nullable(),
});
export type QuietBackup = z.infer<typeof quietBackupSchema>;

/**
 * How a quiet backup ended, or its state once Perch notified a person that the server is not back; owed null = back.
 */
export const quietEndSchema = quietBackupSchema.pick({ owed: true, trouble: true });
export type QuietEnd = z.infer<typeof quietEndSchema>;

/** Record of a quiet backup for a crash of Perch in the middle. */
export const quietRecordSchema = z.object({
  serverId: z.string().max(300),
  means: quietMeansSchema,
  owed: wayBackSchema.unwrap(),
  backup: z.string().max(64).nullable(),
  /** Wall-clock time at which the step began. */
  at: z.number(),
});
export type QuietRecord = z.infer<typeof quietRecordSchema>;

/** Most records in the file. */
export const mostQuietRecords = 1000;
