/** Most that Perch keeps in memory of the people of one server. A panel may send any number. */
export const keptPeople = {
  ofServer: 200,
  /** Characters of a name or an address. */
  text: 200,
  /** Characters of all permissions, each set of permissions counted once. */
  rights: 60_000,
} as const;
