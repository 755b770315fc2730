/**
 * Limits that the panel sets for a server: resources, backups, databases, and the lengths of names (PROTOCOL 2.1).
 * Units: bytes, percent of one core (100 = one core).
 */
import * as z from 'zod';

export const limitsSchema = z.object({
  /** null = unlimited. */
  memoryBytes: z.number().nullable(),
  /** null = unlimited. */
  diskBytes: z.number().nullable(),
  /** Percent of one core; null = unlimited. */
  cpuPercent: z.number().nullable(),
  /** 0 = none, null = unlimited, missing = the panel does not say. */
  swapBytes: z.number().nullable().optional(),
  /** Cores that the server may use, such as `0-1,3`; null = all, missing = the panel does not say. */
  threads: z.string().nullable().optional(),
  /** Share of the node's disk activity beside other servers, 10 to 1000, on Pelican also 0; missing = not said. */
  ioWeight: z.number().optional(),
  /** Whether the node ends a process that needs more memory than the limit; missing = the panel does not say. */
  oomKiller: z.boolean().optional(),
  /** Most backups that the panel keeps; 0 = none, missing = the panel does not say. */
  backups: z.number().optional(),
  /** Most allocations, the default one included; 0 = no further ones, missing = the panel does not say. */
  allocations: z.number().optional(),
  /** Most databases; 0 = none, null = unlimited, missing = the panel does not say. */
  databases: z.number().nullable().optional(),
});
export type Limits = z.infer<typeof limitsSchema>;

/**
 * Limits of a server's name and description, learnt from the panel's responses because panels differ (PROTOCOL D18,
 * 8.3.4).
 */
export const namingSchema = z.object({
  nameMax: z.number(),
  /** null = the panel has no limit. */
  descriptionMax: z.number().nullable(),
  /** `apart` = separate call and permission (`settings.description`); `locked` = the host forbids changes. */
  description: z.enum(['with-name', 'apart', 'locked']),
});
export type Naming = z.infer<typeof namingSchema>;
