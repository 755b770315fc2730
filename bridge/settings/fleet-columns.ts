/** Columns of the fleet's table in default order. Without zod, for windows. */
export const fleetColumns = [
  'name',
  'state',
  'why',
  'cpu',
  'memory',
  'disk',
  'network',
  'uptime',
  'players',
  'backup',
  'trend',
  'day',
  'description',
  'egg',
  'address',
  'node',
  'panel',
] as const;
export type FleetColumn = (typeof fleetColumns)[number];
