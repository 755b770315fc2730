/**
 * Limits of the activity that Perch keeps in memory for each server of the fleet. One page of a panel has 100 entries.
 */
export const keptActivity = {
  ofServer: 100,
  /** Most entries of all servers in a window, and the fewest entries of one server in a large fleet. */
  inWindow: 25_000,
  leastInWindow: 25,
  /** Most characters of all entries of a server, as JSON. */
  characters: 40_000,
  /** Limit of characters of a text: one character more than a sentence shows. */
  text: 161,
  /** Most elements of a list: as many as a sentence names. */
  items: 3,
} as const;
