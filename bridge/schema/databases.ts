/** Databases that a panel keeps for a server (PROTOCOL 2.22). No password is part of them. */
import * as z from 'zod';

export const databaseSchema = z.object({
  /** Opaque; a number as text on Pelican. */
  id: z.string(),
  /** As the database program knows it, with the panel's prefix: `s32_main`. */
  name: z.string(),
  username: z.string(),
  /** null = the panel names none, as for a host that was taken away. */
  host: z.object({ address: z.string(), port: z.number() }).nullable(),
  /** Address from which the user may connect; `%` = from anywhere. */
  connectionsFrom: z.string(),
  /** Most connections at a time; null = no limit. */
  maxConnections: z.number().nullable(),
});
export type Database = z.infer<typeof databaseSchema>;
