/** Tabs of a server in the order in which its window shows them: also the places of `perch open` and of links. */
export const serverTabs = [
  'console',
  'players',
  'files',
  'events',
  'backups',
  'schedules',
  'network',
  'databases',
  'people',
  'startup',
  'settings',
] as const;
export type ServerTab = (typeof serverTabs)[number];
