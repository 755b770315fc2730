/** Calls about players by console command, and the lists that a game keeps in files. */
import * as z from 'zod';
import { textMark } from '../players/fitting-text.js';
import { playerVerbSchema, verbOutcomeSchema } from './player-act.js';
import { problemSchema } from './problem.js';
import { serverRef } from './server-calls.js';

/** The name or id that a command takes; `playerCommand` refuses a name that does not fit into a command. */
const playerSchema = z.string().min(1).max(200);

/** `whitelist` is Bedrock's allowlist as well. */
const playerListKindSchema = z.enum(['whitelist', 'bans', 'ip-bans', 'ops']);
export type PlayerListKind = z.infer<typeof playerListKindSchema>;

const listedPlayerSchema = z.object({
  /** Name, or address of an IP ban. */
  name: z.string(),
  /** True if Perch had to change the name to show it, so that a command with the name could reach another player. */
  isAltered: z.literal(true).optional(),
  reason: z.string().nullable(),
  /** Who wrote the entry; null if the file does not say. */
  by: z.string().nullable(),
  /** Wall-clock times in ms since the epoch. `at` null = not in the file; `until` null = without an end. */
  at: z.number().nullable(),
  until: z.number().nullable(),
});
export type ListedPlayer = z.infer<typeof listedPlayerSchema>;

const playerListSchema = z.object({
  kind: playerListKindSchema,
  /** Path of the file that holds the list. */
  path: z.string(),
  /** Sorted by name, at most 1,000; null = the file could not be read (`problem`). A missing file is an empty list. */
  entries: z.array(listedPlayerSchema).nullable(),
  /** Number of entries in the file. */
  total: z.number(),
  problem: problemSchema.nullable(),
});
export type PlayerList = z.infer<typeof playerListSchema>;

/** Outcome of a command, as far as the console showed it. */
const answerSchema = z.object({
  outcome: verbOutcomeSchema,
  /** The console's line that was the answer, without its time; null = none. */
  line: z.string().nullable(),
});

export const playerVerbContract = {
  /** Sends the command of a verb to the server's console, and waits up to 5 s for the console's answer. */
  'players.act': {
    input: serverRef.extend({
      verb: playerVerbSchema,
      player: playerSchema,
      /** A reason or a message. */
      text: z.string().max(2000).optional(),
    }),
    output: answerSchema,
  },
  /**
   * Sends a message to all players of one server, and waits up to 5 s until the console shows it. `command` = the command
   * instead of the usual one.
   */
  'players.broadcast': {
    input: serverRef.extend({
      text: z.string().min(1).max(500),
      command: z.string().max(500).includes(textMark).optional(),
    }),
    output: answerSchema,
  },
  /** The lists that the game keeps in files; empty for games without such files. */
  'players.lists': { input: serverRef, output: z.object({ lists: z.array(playerListSchema) }) },
};
