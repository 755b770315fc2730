/** Most that Perch keeps in memory of the activity of one server among all. One page of a panel has 100 entries. */
export const keptActivity = {
  ofServer: 100,
  /** Entries of all servers in a window, and the fewest of one server there. */
  inWindow: 25_000,
  leastInWindow: 25,
  /** Characters of all entries, as JSON. */
  characters: 40_000,
  /** Characters of a text, one more than a sentence shows. */
  text: 161,
  /** Elements of a list, as many as a sentence names. */
  items: 3,
} as const;
