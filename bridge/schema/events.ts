/**
 * What happened to a server, a node, a panel, as it is kept and shown. Times are the system's own (`Clock.wall`), for they
 * are kept from one run to the next and read as times of day.
 */
import * as z from 'zod';
import { fixKindSchema } from './fix-its.js';

/** Who did it, as far as anybody told. */
const actorSchema = z.discriminatedUnion('kind', [
  /** The person, by Perch; `bulk` = as one of many. `program` = what a program calls itself that they let do it. */
  z.object({ kind: z.literal('me'), bulk: z.boolean(), program: z.string().optional() }),
  /** Somebody whom the panel's activity names. */
  z.object({ kind: z.literal('person'), name: z.string() }),
  /** A schedule that somebody ran by hand; `by` = who, where the panel names them. */
  z.object({ kind: z.literal('schedule'), name: z.string(), by: z.string().nullable() }),
  /**
   * Not by Perch, and nothing more is known. `isUnnamed` = the panel was asked, and lists nobody: it writes down neither
   * schedules that run by themselves nor what its host does past it (PROTOCOL 2.14).
   */
  z.object({ kind: z.literal('unknown'), isUnnamed: z.literal(true).optional() }),
]);
export type Actor = z.infer<typeof actorSchema>;

/** What followed a crash: it `stays-down` where the node has given up, or has not started it for a while. */
const aftermathSchema = z.enum(['open', 'starting', 'stays-down', 'up']);
export type Aftermath = z.infer<typeof aftermathSchema>;

const limitedSchema = z.enum(['cpu', 'memory', 'disk']);
export type Limited = z.infer<typeof limitedSchema>;

/** What happened, with its evidence. Those that last have `HistoryEvent.endedAt`. */
const happeningSchema = z.discriminatedUnion('kind', [
  /** Lasts until it runs again. */
  z.object({
    kind: z.literal('crashed'),
    exitCode: z.number().nullable(),
    outOfMemory: z.boolean(),
    aftermath: aftermathSchema,
    /** What it was, where its console named it. */
    reason: fixKindSchema.optional(),
  }),
  /** Nobody saw how it ended, after `from`; `by` is there once the panel was asked. Lasts until it runs again. */
  z.object({ kind: z.literal('went-offline'), from: z.number(), by: actorSchema.optional() }),
  z.object({ kind: z.literal('stopped'), by: actorSchema, isKill: z.boolean() }),
  /** `upAt` = when it said that it is up. */
  z.object({ kind: z.literal('started'), by: actorSchema, upAt: z.number().nullable() }),
  /** `from` is there where nobody saw it: it was after that. */
  z.object({ kind: z.literal('restarted'), by: actorSchema, from: z.number().optional() }),
  /** A restart by Perch has stopped it, and it did not start again. Lasts until it runs. */
  z.object({ kind: z.literal('restart-failed'), by: actorSchema, isPanelAway: z.boolean() }),
  /** It starts, and does not say that it is up. Lasts until it does, or ends. */
  z.object({ kind: z.literal('slow-start'), minutes: z.number() }),
  /** Lasts. */
  z.object({ kind: z.literal('limit'), of: limitedSchema, percent: z.number() }),
  /** Lasts. `servers` = how many of them Perch watches. */
  z.object({
    kind: z.literal('node-unreachable'),
    node: z.string(),
    servers: z.number(),
    /** There where it has not answered since Perch was started. */
    isFromStart: z.literal(true).optional(),
  }),
  /** Lasts. `isFromStart` = it has not answered since Perch was started. */
  z.object({ kind: z.literal('panel-unreachable'), isFromStart: z.boolean() }),
  /** Lasts. */
  z.object({ kind: z.literal('key-refused') }),
  /** Lasts until it is trusted, or another one is presented. */
  z.object({ kind: z.literal('certificate'), host: z.string() }),
  z.object({ kind: z.literal('installed') }),
  z.object({ kind: z.literal('install-failed') }),
  z.object({
    kind: z.literal('backup'),
    isSuccessful: z.boolean(),
    /** Somebody has deleted it while it was made. */
    isDeleted: z.boolean().optional(),
  }),
  /** A restoration is over; whether it succeeded is not told (PROTOCOL 4.5). */
  z.object({ kind: z.literal('restored') }),
  /** Lasts. */
  z.object({ kind: z.literal('suspended') }),
  z.object({ kind: z.literal('transferred'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('added') }),
  z.object({ kind: z.literal('removed') }),
]);
export type Happening = z.infer<typeof happeningSchema>;
export type HappeningKind = Happening['kind'];

/** Whom an entry is about: a server as one account knows it, or an account for what is its panel's or a node's. */
const eventPlaceSchema = z.object({
  accountId: z.string(),
  /** null where it is the panel's, or a node's. */
  serverId: z.string().nullable(),
});
export type EventPlace = z.infer<typeof eventPlaceSchema>;

export const historyEventSchema = eventPlaceSchema.extend({
  /** Sorts by time. */
  id: z.string(),
  at: z.number(),
  /** null while it lasts; absent where it is over as soon as it happens. */
  endedAt: z.number().nullable().optional(),
  /** The same server, or the same panel, as further accounts of that panel know it: the entry is theirs as well. */
  also: z.array(eventPlaceSchema).optional(),
  /** What the panel and the server were called then. */
  panel: z.string(),
  server: z.string().nullable(),
  what: happeningSchema,
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

/** What the id of an entry of that time begins with. */
export function idTime(at: number): string {
  return Math.max(0, Math.round(at)).toString(36).padStart(9, '0');
}

/** Whether it goes on. */
export function isLasting({ endedAt }: Pick<HistoryEvent, 'endedAt'>): boolean {
  return endedAt === null;
}
