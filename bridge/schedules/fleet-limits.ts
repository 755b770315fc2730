/** Most that Perch keeps in memory of the schedules of one server. A panel may send any number. */
export const keptSchedules = {
  ofServer: 100,
  tasks: 20,
  /** Characters of each text. */
  text: 200,
} as const;
