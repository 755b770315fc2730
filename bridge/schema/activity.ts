/** Entries of a panel's activity log: what people and programs did to a server or an account (PROTOCOL 2.14, 2.24.9). */
import * as z from 'zod';

/** A property of an entry as main passes it on: short texts without control characters. */
const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
export type ActivityValue = z.infer<typeof valueSchema>;

export const activityEntrySchema = z.object({
  id: z.string(),
  /** Wall-clock time in ms, by the clock of the panel or the node. */
  at: z.number(),
  /** The panel's name, such as `server:power.start`. */
  event: z.string(),
  /** User name; null if the panel names nobody. */
  by: z.string().nullable(),
  /** True for an action over the API, false for the panel's own pages, SFTP and nodes. */
  isApi: z.boolean(),
  /** Internet address; panels show only the own one, and all of them to administrators. */
  ip: z.string().nullable(),
  properties: z.record(z.string(), valueSchema),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

/** One page of a log, newest first. */
export const activityPageSchema = z.object({
  entries: z.array(activityEntrySchema),
  /** Number of entries on all pages; those of this page if the panel does not say. */
  total: z.number(),
  /** One more than the page that was read, if the panel does not say and the page has entries. */
  pages: z.number(),
  /** Number of further entries of the page that cannot be read; absent for none. */
  unread: z.number().optional(),
});
export type ActivityPage = z.infer<typeof activityPageSchema>;
