/** Kinds of activity to filter by, with the parts of the names of their events (PROTOCOL 2.14.2, 2.14.4). */

/** Kinds of activity on a server. */
export const serverKinds = {
  power: 'server:power',
  console: 'server:console',
  files: 'server:file,server:sftp',
  backups: 'server:backup',
  schedules: 'server:schedule,server:task',
  people: 'server:subuser',
  databases: 'server:database',
  network: 'server:allocation',
  settings: 'server:settings,server:startup,server:reinstall',
} as const;

export type ServerActivityKind = keyof typeof serverKinds;
/** Names of the kinds, as `perch activity --kind` takes them. */
export const serverActivityKinds = Object.keys(serverKinds) as [ServerActivityKind, ...ServerActivityKind[]];

/** Kinds of activity of an account. */
export const accountKinds = {
  keys: 'user:api-key,user:ssh-key',
  'sign-in': 'auth:,user:account,user:two-factor',
} as const;

export type ActivityKind = ServerActivityKind | keyof typeof accountKinds;
export type ActivityKinds = { readonly [K in ActivityKind]?: string };
