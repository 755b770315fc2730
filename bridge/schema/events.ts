/**
 * Events of servers, nodes and panels, as stored and shown.
 * Times are wall-clock times (`Clock.wall`, ms since the epoch), because events outlive a run of Perch and are read
 * as times of day.
 */
import * as z from 'zod';
import { planMissedSchema } from './backup-plans.js';
import { actorSchema } from './event-actor.js';
import { fixKindSchema } from './fix-its.js';
import { playerVerbSchema, verbOutcomeSchema } from './player-act.js';
import { sentenceSchema } from './sentence.js';
import { runEndSchema } from './rule-runs.js';
import { quietTroubleSchema, wayBackSchema } from './quiet-backups.js';
import { deliverySchema } from './deliveries.js';

/**
 * What followed a crash; `open` = not known yet, `stays-down` = the node gave up or has not started the server for
 * a while.
 */
const aftermathSchema = z.enum(['open', 'starting', 'stays-down', 'up']);
export type Aftermath = z.infer<typeof aftermathSchema>;

const limitedSchema = z.enum(['cpu', 'memory', 'disk']);
export type LimitedFigure = z.infer<typeof limitedSchema>;

/**
 * UUID and name of the backup, and who made, deleted or restored it; missing if unknown. The panel's activity names no
 * UUID (PROTOCOL 2.16.19).
 */
const ofBackup = {
  backupId: z.string().max(64).optional(),
  name: z.string().optional(),
  by: actorSchema.optional(),
};

/** The event with its evidence. Lasting events also have `HistoryEvent.endedAt`. */
const happeningSchema = z.discriminatedUnion('kind', [
  /** Lasts until the server runs again. */
  z.object({
    kind: z.literal('crashed'),
    exitCode: z.number().nullable(),
    outOfMemory: z.boolean(),
    aftermath: aftermathSchema,
    /** Cause named by the console. */
    reason: fixKindSchema.optional(),
    /** The plugin, mod, file or option of the reason. */
    about: z.string().max(60).optional(),
  }),
  /**
   * Perch did not see how the server ended, some time after `from`.
   * `by` is set once the panel was asked. Lasts until the server runs again.
   */
  z.object({ kind: z.literal('went-offline'), from: z.number(), by: actorSchema.optional() }),
  z.object({ kind: z.literal('stopped'), by: actorSchema, isKill: z.boolean() }),
  /** `upAt` = when the server reported that it is up; null before. */
  z.object({ kind: z.literal('started'), by: actorSchema, upAt: z.number().nullable() }),
  /** `from` is set if Perch did not see the restart, which then happened after `from`. */
  z.object({ kind: z.literal('restarted'), by: actorSchema, from: z.number().optional() }),
  /** A restart by Perch stopped the server, and the server did not start again. Lasts until it runs. */
  z.object({ kind: z.literal('restart-failed'), by: actorSchema, isPanelAway: z.boolean() }),
  /** The server starts, but does not report that it is up. Lasts until it does, or ends. */
  z.object({ kind: z.literal('slow-start'), minutes: z.number() }),
  /** Lasts while usage is high. */
  z.object({ kind: z.literal('limit'), of: limitedSchema, percent: z.number() }),
  /** Lasts until the node answers. `servers` = number of the node's servers that Perch watches. */
  z.object({
    kind: z.literal('node-unreachable'),
    node: z.string(),
    servers: z.number(),
    /** Set if the node has not answered since Perch started. */
    isFromStart: z.literal(true).optional(),
  }),
  /** Lasts until the panel answers. `isFromStart` = the panel has not answered since Perch started. */
  z.object({ kind: z.literal('panel-unreachable'), isFromStart: z.boolean() }),
  /** Lasts until the panel accepts a key. */
  z.object({ kind: z.literal('key-refused') }),
  /** Lasts until the user trusts the certificate, or the host presents another certificate. */
  z.object({ kind: z.literal('certificate'), host: z.string() }),
  z.object({ kind: z.literal('installed') }),
  z.object({ kind: z.literal('install-failed') }),
  z.object({
    kind: z.literal('backup'),
    isSuccessful: z.boolean(),
    /** True if somebody deleted the backup while it was being made. */
    isDeleted: z.boolean().optional(),
    ...ofBackup,
  }),
  /**
   * Lasts until a good backup is new enough. `newest` = beginning of the newest good one by the panel's clock; null =
   * none.
   */
  z.object({ kind: z.literal('backup-overdue'), newest: z.number().nullable() }),
  /** Somebody deleted a finished backup through Perch. */
  z.object({ kind: z.literal('backup-deleted'), ...ofBackup }),
  /** A good backup could not be copied to this computer. `differs` = the file here is not the backup. */
  z.object({ kind: z.literal('copy-failed'), differs: z.boolean(), ...ofBackup }),
  /** The server's files were backed up to this computer, without a backup on the panel. */
  z.object({ kind: z.literal('files-copied'), ...ofBackup }),
  /**
   * Perch stopped to delete backups by a rule: the panel refused this one, or the list changed otherwise after its
   * deletion.
   */
  z.object({ kind: z.literal('rule-stopped'), why: z.enum(['refused', 'changed']), ...ofBackup }),
  /**
   * A restore has ended. The node does not report whether it succeeded (PROTOCOL 4.5); `isSuccessful` is set if the
   * panel's activity says so.
   */
  z.object({ kind: z.literal('restored'), isSuccessful: z.boolean().optional(), ...ofBackup }),
  /**
   * Planned backups were not made, of so many servers. `problem` = why they were refused; missing = several reasons, or
   * no refusal.
   */
  z.object({
    kind: z.literal('plan-missed'),
    why: planMissedSchema,
    servers: z.number(),
    problem: sentenceSchema.optional(),
  }),
  /**
   * Schedules of a panel do not run as they should. Lasts until the panel shows all of them well again.
   * `why`: see `ScheduleTrouble`. `schedule` = name of one of them; `servers` = number of servers that have some.
   */
  z.object({
    kind: z.literal('schedule-stuck'),
    why: z.enum(['stuck', 'overdue']),
    schedule: z.string(),
    servers: z.number(),
  }),
  /** A quiet backup had trouble. `owed` = what would bring the server back; null = the server is back. */
  z.object({ kind: z.literal('quiet-backup'), trouble: quietTroubleSchema, owed: wayBackSchema }),
  /**
   * A run of a rule of the user that did something has ended. `isTold` = the person must know; `isOff` = the rule
   * failed too often and switched itself off. `run` = id of its trace.
   */
  z.object({
    kind: z.literal('rule-run'),
    rule: z.string(),
    end: runEndSchema,
    isTold: z.boolean(),
    isOff: z.boolean(),
    run: z.string().optional(),
  }),
  /** A step of a rule sends the person a message. `order` = id of the trace and place of the step (`orderIdOf`). */
  z.object({
    kind: z.literal('rule-told'),
    rule: z.string(),
    text: z.string(),
    order: z.string().optional(),
  }),
  /**
   * A person acted on a player by a console command. `text` = the reason; a message to a player is not kept. `line` =
   * the console's answer.
   */
  z.object({
    kind: z.literal('player-act'),
    verb: playerVerbSchema,
    player: z.string(),
    outcome: verbOutcomeSchema,
    text: z.string().optional(),
    line: z.string().optional(),
    by: actorSchema,
  }),
  /**
   * A message to all players was sent to so many servers; `failed` = number of servers that did not get the message.
   * `outcome` and `line` = the console's answer, for one server.
   */
  z.object({
    kind: z.literal('broadcast'),
    text: z.string(),
    servers: z.number(),
    failed: z.number(),
    outcome: verbOutcomeSchema.optional(),
    line: z.string().optional(),
    by: actorSchema,
  }),
  /** The server runs, and its game does not answer this computer. Lasts until it answers, or the server stops. */
  z.object({
    kind: z.literal('game-silent'),
    /** Whether the game ever answered this computer. */
    hasAnswered: z.boolean(),
    /** See `Reach`. */
    suspect: z.enum(['server', 'node', 'network']).nullable(),
  }),
  /** The first player came to a server that was empty. */
  z.object({ kind: z.literal('players-on'), count: z.number() }),
  /** The last player left. */
  z.object({ kind: z.literal('players-gone') }),
  z.object({ kind: z.literal('full'), slots: z.number() }),
  /** Players whom the user watches came, within a minute. */
  z.object({ kind: z.literal('player-joined'), players: z.array(z.string()).min(1) }),
  /** Lasts until the host reopens the server. */
  z.object({ kind: z.literal('suspended') }),
  z.object({ kind: z.literal('transferred'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('added') }),
  z.object({ kind: z.literal('removed') }),
]);
export type Happening = z.infer<typeof happeningSchema>;
export type HappeningKind = Happening['kind'];

/** Subject of an event: a server of one account, or an account for events of its panel or a node. */
const eventPlaceSchema = z.object({
  accountId: z.string(),
  /** null for events of the panel or a node. */
  serverId: z.string().nullable(),
});
export type EventPlace = z.infer<typeof eventPlaceSchema>;

export const historyEventSchema = eventPlaceSchema.extend({
  /** Sorts by time. */
  id: z.string(),
  at: z.number(),
  /** null while the event lasts; missing for events without duration. */
  endedAt: z.number().nullable().optional(),
  /** The same server or panel in other accounts of that panel; the event belongs to them too. */
  also: z.array(eventPlaceSchema).optional(),
  /** Names at the time of the event. */
  panel: z.string(),
  server: z.string().nullable(),
  what: happeningSchema,
  /** Messages to channels about the event; missing = none. */
  deliveries: z.array(deliverySchema).optional(),
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

/** Whether the event is ongoing. */
export function isLasting({ endedAt }: Pick<HistoryEvent, 'endedAt'>): boolean {
  return endedAt === null;
}
