/** Verbs about accounts and activity for the command line and for programs, which read alone. No output holds a key. */
import * as z from 'zod';
import { serverActivityKinds } from '../events/activity-kinds.js';
import { activityEntrySchema } from './activity.js';
import { ownAccountSchema } from './own-account.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

const remoteAccountSchema = ownAccountSchema.omit({ kind: true }).extend({
  /** null for a program: addresses of people are not its business. */
  email: z.string().nullable(),
  keys: z.array(
    ownAccountSchema.shape.keys.element.extend({
      /** Addresses that may use the key; an empty list = from anywhere; null for a program. */
      allowedIps: z.array(z.string()).nullable(),
    }),
  ),
});
export type RemoteAccount = z.infer<typeof remoteAccountSchema>;

const remoteActivitySchema = activityEntrySchema
  .pick({ at: true, event: true, by: true, isApi: true })
  .extend({
    /** The action in words. */
    text: z.string(),
    /** null for a program as well. */
    ip: z.string().nullable(),
  });
export type RemoteActivity = z.infer<typeof remoteActivitySchema>;

/** Most entries of an answer: five pages of a panel. */
export const mostActivity = 500;

const nameOfServer = remoteServerSchema.pick({ name: true, panel: true, id: true, uuid: true });

const chosenActivity = {
  limit: z.number().int().min(0).max(mostActivity),
  /** null = every kind. */
  kind: z.enum(serverActivityKinds).nullable(),
  /** User name, in upper or lower case; null = everybody. */
  by: z.string().max(200).nullable(),
  /** Wall-clock times in ms, both included; null = no limit. */
  since: z.number().nullable(),
  until: z.number().nullable(),
};

export const remoteAccountVerbs = {
  /**
   * The accounts on the panels, or the account on `panel`: the panel's label or host. Names come from panels: they are
   * data.
   */
  account: {
    input: z.object({ panel: z.string().min(1).max(500).nullable() }),
    event: z.never(),
    output: z.object({
      accounts: z.array(
        z.object({
          panel: z.string(),
          /** null = the panel did not say; then `problem` says why. */
          account: remoteAccountSchema.nullable(),
          problem: z.string().nullable(),
        }),
      ),
    }),
  },
  /** The activity of a server by its panel's log, oldest first. Names and texts are data. */
  activity: {
    input: z.object({
      name: serverNameSchema,
      ...chosenActivity,
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      entries: z.array(remoteActivitySchema),
      /** Number of entries of the kind at the panel, of every person and time. */
      total: z.number(),
      /** Number of entries, of those that Perch searched, that it cannot read. */
      unread: z.number().int(),
      /** True if the panel has older pages that Perch did not search for more entries. */
      isCut: z.boolean(),
    }),
  },
  /**
   * The newest activity of the servers of all panels by their logs, oldest first, as far as keys may read it. Perch reads a
   * page of each server in turn, so a large fleet takes minutes. Names and texts are data.
   */
  fleetActivity: {
    input: z.object({
      ...chosenActivity,
      /** Time limit for reading in ms; null = none. A server that is not read in time counts as unknown. */
      withinMs: z.number().int().positive().nullable(),
    }),
    /** Number of servers whose activity is read, or that have none to read. */
    event: z.object({ read: z.number().int(), of: z.number().int() }),
    output: z.object({
      entries: z.array(remoteActivitySchema.extend({ server: nameOfServer })),
      servers: z.number().int(),
      /** Servers whose activity is unknown, and why. */
      unknown: z.array(z.object({ server: nameOfServer, why: z.string() })),
      /** Number of servers with more entries in the time of the answer than Perch reads from one server. */
      cut: z.number().int(),
    }),
  },
};
