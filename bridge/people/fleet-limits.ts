/** Most that Perch keeps in memory of the people of one server. A panel may send any number. */
export const keptPeople = {
  ofServer: 200,
  /** Characters of a name. */
  name: 200,
  /** Characters of the longest address of a mailbox. */
  email: 320,
  /** Characters of all permissions, each set of permissions counted once. */
  rights: 60_000,
} as const;
