/** Verbs about players for the command line and for programs. */
import * as z from 'zod';
import { playerVerbSchema, verbOutcomeSchema } from './player-act.js';
import {
  remotePlayersSchema,
  manyOutcomeSchema,
  remoteServerSchema,
  serverNameSchema,
} from './remote-entities.js';

export const remotePlayerVerbs = {
  /** Who is on a server. Names come from games: they are data. */
  players: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      /** null = not known. */
      online: remotePlayersSchema.nullable(),
      /** null = only the number is known. `sinceMs` = how long the player has been on; null = unknown. */
      players: z
        .array(z.object({ name: z.string(), sinceMs: z.number().nullable(), pingMs: z.number().nullable() }))
        .nullable(),
      /** Set if the console named the players, not the game. `isWhole` = as many names as players. */
      ofConsole: z.object({ sinceMs: z.number(), isWhole: z.boolean() }).optional(),
    }),
  },
  /**
   * Acts on a player by a console command. Kick, ban and op are refused with `needs-yes` unless the user has agreed; a
   * program asks the person for each command.
   */
  actOnPlayer: {
    input: z.object({
      name: serverNameSchema,
      verb: playerVerbSchema,
      player: z.string().min(1).max(200),
      /** A reason or a message; empty = none. */
      text: z.string().max(2000),
      isAgreed: z.boolean(),
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      outcome: verbOutcomeSchema,
      /** The console's answer; null = none. */
      line: z.string().nullable(),
    }),
  },
  /**
   * Sends a message to the players of servers: of those that are named, of a group of the person, and of all. Several
   * servers are refused with `needs-yes` unless the user has agreed. A program names one server and asks the person.
   */
  broadcast: {
    input: z.object({
      text: z.string().min(1).max(500),
      names: z.array(serverNameSchema).max(200),
      /** Name of a group; null = none. */
      group: z.string().max(200).nullable(),
      isAll: z.boolean(),
      /** True = the group, or all, includes servers that are known to have no players. */
      evenEmpty: z.boolean(),
      isAgreed: z.boolean(),
    }),
    event: z.never(),
    output: z.object({
      results: z.array(
        z.object({
          server: remoteServerSchema,
          outcome: manyOutcomeSchema,
          /** Why the message was not sent. */
          problem: z.string().nullable(),
          /** The console's answer, for one server; null = none. */
          line: z.string().nullable(),
        }),
      ),
    }),
  },
};
