/** People who share the servers of the fleet, as Perch keeps them in memory while a window shows them. */
import * as z from 'zod';
import { keptPeople } from '../people/fleet-limits.js';
import { personSchema } from './people.js';
import { problemSchema } from './problem.js';

/** The name may be cut, and an address that is longer than any mailbox is left out. */
const fleetPersonSchema = personSchema.omit({ permissions: true }).extend({
  /** Place of the person's permissions in `rights`. */
  rights: z.number().int().nonnegative(),
});
export type FleetPerson = z.infer<typeof fleetPersonSchema>;

export const serverPeopleSchema = z.object({
  serverId: z.string(),
  /** Monotonic time of main at which the panel sent the list; null = the panel never did. */
  readAt: z.number().nullable(),
  /** null = unknown. If there is no problem either, the server is gone and Perch dropped the list. */
  people: z.array(fleetPersonSchema).max(keptPeople.ofServer).readonly().nullable(),
  /**
   * Sets of permissions, without those that everybody has, each once: many people of a server have the same, and 50,000
   * lists of 40 permissions would hold up a window.
   */
  rights: z.array(z.array(z.string()).readonly()).max(keptPeople.ofServer).readonly(),
  /** Number of people whom the panel listed and Perch does not keep. */
  leftOut: z.number().int().nonnegative(),
  /** Why the last read failed; null = it did not. */
  problem: problemSchema.nullable(),
});
export type ServerPeople = z.infer<typeof serverPeopleSchema>;
