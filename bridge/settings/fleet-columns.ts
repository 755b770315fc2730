/** The columns of the fleet's table, in the order in which they stand until a person orders them. Without zod, for windows. */
export const fleetColumns = [
  'name',
  'state',
  'why',
  'cpu',
  'memory',
  'disk',
  'network',
  'uptime',
  'trend',
  'day',
  'address',
  'node',
  'panel',
] as const;
export type FleetColumn = (typeof fleetColumns)[number];
