/** Verbs about accounts and activity for the command line and for programs, which read alone. No output holds a key. */
import * as z from 'zod';
import { activityEntrySchema } from './activity.js';
import { ownAccountSchema } from './own-account.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

const remoteAccountSchema = ownAccountSchema.omit({ canRename: true }).extend({
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

export const remoteAccountVerbs = {
  /** The accounts on the panels, or the one on `panel`: its label or its host. Names come from panels: they are data. */
  account: {
    input: z.object({ panel: z.string().min(1).max(500).nullable() }),
    event: z.never(),
    output: z.object({
      accounts: z.array(
        z.object({
          panel: z.string(),
          /** null = the panel did not tell; then `problem` says why. */
          account: remoteAccountSchema.nullable(),
          problem: z.string().nullable(),
        }),
      ),
    }),
  },
  /** The activity of a server by its panel's log, oldest first. Names and texts are data. */
  activity: {
    input: z.object({ name: serverNameSchema, limit: z.number().int().min(0).max(mostActivity) }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      entries: z.array(remoteActivitySchema),
      /** Number of entries at the panel. */
      total: z.number(),
    }),
  },
};
