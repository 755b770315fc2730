/** Calls about servers: power, commands, console, startup, bulk actions, warned restarts, history and events. */
import * as z from 'zod';
import { bulkActionSchema } from './bulk.js';
import { shownReportSchema } from './crash-reports.js';
import { powerSignalSchema } from './domain.js';
import { sharedAccessSchema } from './people.js';
import { wholeScheduleSchema } from './schedules.js';
import { startupSchema } from './startup.js';
import { historyEventSchema } from './events.js';
import { historyRangeSchema, stateRunSchema, usageSampleSchema } from './history.js';
import { warningSchema } from './warned-restart.js';

const nothing = z.void();
export const serverRef = z.object({ serverId: z.string().min(1).max(300) });

export const serverContract = {
  'power.send': {
    input: serverRef.extend({
      signal: powerSignalSchema,
      /** True if the user agreed to a start or restart although the panel does not answer; refused otherwise. */
      despitePanel: z.boolean().optional(),
    }),
    output: nothing,
  },
  'command.send': {
    input: serverRef.extend({
      command: z.string().min(1).max(65_536),
      /** Start of the run of commands that contains this command. Refused if an earlier command of the run failed. */
      runSince: z.number().optional(),
      /** True if the user agreed to repeat a command that may have been sent already. */
      again: z.boolean().optional(),
    }),
    /** False = not sent. The command may have been sent earlier, and the user must agree to repeat it. */
    output: z.object({ isTaken: z.boolean() }),
  },
  /** Commands sent to this server, oldest first, also from earlier runs of Perch. */
  'command.history': { input: serverRef, output: z.object({ commands: z.array(z.string()) }) },
  'command.forgetHistory': { input: serverRef, output: nothing },
  /** Removes a command (perhaps a password) from the server's history, however often it was sent. */
  'command.forget': { input: serverRef.extend({ command: z.string().min(1).max(65_536) }), output: nothing },
  /** Asks for a file and writes the console's text to it; `path` null = the user chose no file. */
  'console.save': {
    input: serverRef.extend({ text: z.string().max(50_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /**
   * Asks for a file and writes a chart to it: figures as text (`csv`) or a picture as base64 (`png`).
   * `path` null = no file chosen.
   */
  'chart.save': {
    input: serverRef.extend({ kind: z.enum(['csv', 'png']), content: z.string().max(20_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Renames a server within the limits of `Server.naming`; missing fields stay as they are. */
  'server.rename': {
    input: serverRef.extend({
      name: z.string().max(10_000).optional(),
      description: z.string().max(100_000).optional(),
    }),
    output: nothing,
  },
  'server.reinstall': { input: serverRef, output: nothing },
  'server.setDockerImage': {
    input: serverRef.extend({ image: z.string().min(1).max(1000) }),
    output: nothing,
  },
  /** The user read and accepted Mojang's licence; Perch writes that into the server's files. */
  'server.acceptEula': { input: serverRef, output: nothing },
  /** The newest crash report in the server's folder. Rejects with `not-found` if there is none. */
  'crashReport.open': { input: serverRef, output: shownReportSchema },
  'startup.read': { input: serverRef, output: startupSchema },
  /** Sets a startup variable and returns the startup after the change. Problems of the value are in `fields.value`. */
  'startup.setVariable': {
    input: serverRef.extend({ key: z.string().min(1).max(200), value: z.string().max(65_536) }),
    output: startupSchema,
  },
  /**
   * Sends one power signal to many servers, backs each of them up, or sends a message to the players of each; refused
   * while another bulk action runs.
   * The feed `bulk` reports the progress.
   */
  'bulk.start': {
    input: z.object({
      serverIds: z.array(z.string().min(1).max(300)).min(1).max(10_000),
      action: bulkActionSchema,
      /** True if each server must run before the next one gets its signal. Only for start and restart. */
      waitsForEach: z.boolean(),
      /** For backups only: true = the games do not write meanwhile. */
      quietly: z.boolean().optional(),
      /** The message to the players; needed for messages only. */
      text: z.string().max(500).optional(),
      /** The schedule to copy; needed for copies only. */
      schedule: wholeScheduleSchema.optional(),
      /** Whose access, and which; needed for `give-access` and `take-access` only. */
      access: sharedAccessSchema.optional(),
    }),
    output: nothing,
  },
  /** Cancels the bulk action for the servers that still wait. */
  'bulk.cancel': { input: nothing, output: nothing },
  /** Dismisses the result of a finished bulk action. */
  'bulk.dismiss': { input: nothing, output: nothing },
  /**
   * Warns the players of a server and restarts it later.
   * Resolves after the first warning; the feed `warned` reports the rest.
   */
  'warned.begin': { input: warningSchema.extend(serverRef.shape), output: nothing },
  /** Cancels the restart and tells the players. */
  'warned.callOff': { input: serverRef, output: nothing },
  /** Dismisses the result of a warned restart. */
  'warned.dismiss': { input: serverRef, output: nothing },
  /** Reports how much of a console feed the terminal has drawn (back-pressure), in units of `consoleCost`. */
  'console.acknowledge': {
    input: serverRef.extend({ cost: z.number().int().nonnegative() }),
    output: nothing,
  },
  /** Stored usage of a server, oldest first; the longer the range, the longer each averaged sample. */
  'history.usage': {
    input: serverRef.extend({ range: historyRangeSchema }),
    output: z.object({ samples: z.array(usageSampleSchema) }),
  },
  /** CPU and memory of many servers during the last hour, a few points each, for sparklines. */
  'history.sparks': {
    input: z.object({ serverIds: z.array(z.string().min(1).max(300)).max(500) }),
    output: z.object({
      lines: z.array(
        z.object({
          serverId: z.string(),
          points: z.array(
            z.object({
              at: z.number(),
              cpuPercent: z.number(),
              memoryBytes: z.number(),
              afterGap: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  },
  /** States of a server between two times without a gap; at most 92 days back. */
  'history.states': {
    input: serverRef.extend({ from: z.number(), to: z.number() }),
    output: z.object({ runs: z.array(stateRunSchema) }),
  },
  /** States of several servers; servers without stored states are missing. */
  'history.statesOf': {
    input: z.object({
      serverIds: z.array(z.string().min(1).max(300)).max(500),
      from: z.number(),
      to: z.number(),
    }),
    output: z.object({ servers: z.array(z.object({ serverId: z.string(), runs: z.array(stateRunSchema) })) }),
  },
  /** Asks for a file and writes events to it, as the window formatted them; `path` null = no file chosen. */
  'events.save': {
    input: z.object({
      format: z.enum(['csv', 'json']),
      text: z.string().max(50_000_000),
      /** Missing = events. */
      about: z.literal('people').optional(),
    }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Events before the event with the id `before`, newest first: of one server, or of all. */
  'events.older': {
    input: z.object({
      before: z.string().min(1).max(100),
      limit: z.number().int().min(1).max(500),
      serverId: z.string().min(1).max(300).optional(),
    }),
    output: z.object({ events: z.array(historyEventSchema), isEnd: z.boolean() }),
  },
  /** Events of a server, its node and its panel since `from` (wall-clock time, ms since the epoch), newest first. */
  'events.ofServer': {
    input: serverRef.extend({ from: z.number() }),
    output: z.object({ events: z.array(historyEventSchema) }),
  },
  'server.retry': { input: serverRef, output: nothing },
};
