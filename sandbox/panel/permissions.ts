import type { Server, User } from '../data/world.js';
import type { Signal } from '../wings/api.js';

/** Permissions of root administrators only; `*` does not include them (PROTOCOL 5). */
const adminPermissions = ['admin.websocket.errors', 'admin.websocket.install', 'admin.websocket.transfer'];

/** Whether the account can use every server, at least by its address (PROTOCOL 8.1.6). */
export function reachesAll(user: User): boolean {
  return user.rootAdmin || user.role === 'editor';
}

/** Permissions of a user on a server, by their names in the real panel; null = no access. */
export function permissionsOf(user: User, server: Server): readonly string[] | null {
  if (reachesAll(user)) return ['*', ...adminPermissions];
  if (user.id === server.ownerId) return ['*'];
  const shared = server.subusers.find((subuser) => subuser.userId === user.id)?.permissions ?? null;
  // A viewer may connect to the consoles of servers that are shared with them (PROTOCOL 8.1.6).
  if (user.role === 'viewer' && shared !== null) {
    return [...new Set(['websocket.connect', ...adminPermissions, ...shared])];
  }
  return shared;
}

/** Exact match; `*` includes all but `admin.*`. */
export function has(permissions: readonly string[], permission: string): boolean {
  return permissions.includes(permission) || (permissions.includes('*') && !permission.startsWith('admin'));
}

/** Group -> name -> description. */
type Groups = Readonly<Record<string, { description: string; keys: Readonly<Record<string, string>> }>>;

/** A dialect's names of permissions, and its form of a subuser's list. */
export interface PermissionNames {
  power: Readonly<Record<Signal, string>>;
  /** Permission for an unknown signal; null = only `*` allows it. */
  unknownSignal: string | null;
  websocket: string;
  viewPassword: string;
  /** A stored list with the names of this dialect. */
  shown(permissions: readonly string[]): readonly string[];
  /** Name under which a permission of this dialect is stored. */
  stored(permission: string): string;
  /** All permissions, as `/permissions` lists them. */
  listed: Groups | readonly string[];
}

const crud = (thing: string): Record<string, string> => ({
  create: `Add ${thing}.`,
  read: `See ${thing}.`,
  update: `Change ${thing}.`,
  delete: `Remove ${thing}.`,
});

const realGroups: Groups = {
  websocket: {
    description: 'The live connection to a server.',
    keys: { connect: 'Follow the console and the usage as they happen.' },
  },
  control: {
    description: 'Power and console.',
    keys: {
      console: 'Send commands to the console.',
      start: 'Start the server.',
      stop: 'Stop or kill the server.',
      restart: 'Restart the server.',
    },
  },
  user: { description: 'Other people on this server.', keys: crud('subusers') },
  file: {
    description: 'The files of the server.',
    keys: {
      create: 'Add files and folders.',
      read: 'List folders.',
      'read-content': 'Read and download files.',
      update: 'Change files.',
      delete: 'Remove files.',
      archive: 'Pack and unpack archives.',
      sftp: 'Reach the files over SFTP.',
    },
  },
  backup: {
    description: 'Backups of the server.',
    keys: {
      create: 'Make backups.',
      read: 'See backups.',
      delete: 'Remove backups.',
      download: 'Download backups, with every file in them.',
      restore: 'Restore backups over the files.',
    },
  },
  allocation: { description: 'Addresses and ports.', keys: crud('allocations') },
  startup: {
    description: 'How the server is started.',
    keys: {
      read: 'See the startup variables.',
      update: 'Change the startup variables.',
      'docker-image': 'Choose the Docker image.',
    },
  },
  database: {
    description: 'Databases of the server.',
    keys: { ...crud('databases'), view_password: 'See the passwords of databases.' },
  },
  schedule: { description: 'Planned tasks.', keys: crud('schedules') },
  settings: {
    description: 'Settings of the server.',
    keys: { rename: 'Change name and description.', reinstall: 'Install the server anew.' },
  },
  activity: { description: 'What was done on the server.', keys: { read: 'See the activity log.' } },
};

export const realPermissions: PermissionNames = {
  power: { start: 'control.start', stop: 'control.stop', kill: 'control.stop', restart: 'control.restart' },
  unknownSignal: null,
  websocket: 'websocket.connect',
  viewPassword: 'database.view_password',
  shown: (permissions) => permissions,
  stored: (permission) => permission,
  listed: realGroups,
};

const pelicanIds = Object.entries(realGroups).flatMap(([group, { keys }]) =>
  Object.keys(keys).map((key) => `${group}.${key}`.replace('view_password', 'view-password')),
);

/** Pelican lists ids only, and has a few more (PROTOCOL 8.1.7). */
export const pelicanPermissions: PermissionNames = {
  ...realPermissions,
  unknownSignal: 'websocket.connect',
  viewPassword: 'database.view-password',
  listed: [...pelicanIds, 'settings.description', 'settings.change-icon', 'mount.read', 'mount.update'],
};

/** All names in the API reference, and those of other subjects, which it does not describe. */
const referenceNames = [
  'control.console',
  'control.start',
  'control.stop',
  'control.restart',
  'control.kill',
  'admin.websocket',
  'settings.rename',
  'settings.reinstall',
  'startup.read',
  'startup.update',
  'startup.docker-image',
  'backup.create',
  'backup.read',
  'backup.delete',
  'backup.download',
  'backup.restore',
  'file.create',
  'file.read',
  'file.read-content',
  'file.update',
  'file.delete',
  'file.archive',
  'schedule.create',
  'schedule.read',
  'schedule.update',
  'schedule.delete',
  'database.create',
  'database.read',
  'database.update',
  'database.delete',
  'database.view_password',
  'user.create',
  'user.read',
  'user.update',
  'user.delete',
  'allocation.create',
  'allocation.read',
  'allocation.update',
  'allocation.delete',
];

export const referencePermissions: PermissionNames = {
  power: { start: 'control.start', stop: 'control.stop', kill: 'control.kill', restart: 'control.restart' },
  unknownSignal: null,
  websocket: 'admin.websocket',
  viewPassword: 'database.view_password',
  shown(permissions) {
    if (permissions.includes('*')) return referenceNames;
    const renamed = permissions.flatMap((permission) => {
      if (permission === 'websocket.connect') return ['admin.websocket'];
      return permission === 'control.stop' ? ['control.stop', 'control.kill'] : [permission];
    });
    return [...new Set(renamed)];
  },
  stored: (permission) => (permission === 'admin.websocket' ? 'websocket.connect' : permission),
  listed: {
    control: {
      description: 'Power and console.',
      keys: { ...realGroups['control']?.keys, kill: 'Kill the process of the server.' },
    },
    admin: { description: 'The live connection.', keys: { websocket: 'Reach the console over the socket.' } },
    settings: realGroups['settings'] ?? { description: '', keys: {} },
    startup: realGroups['startup'] ?? { description: '', keys: {} },
    backup: realGroups['backup'] ?? { description: '', keys: {} },
    file: realGroups['file'] ?? { description: '', keys: {} },
    schedule: realGroups['schedule'] ?? { description: '', keys: {} },
    database: realGroups['database'] ?? { description: '', keys: {} },
    user: realGroups['user'] ?? { description: '', keys: {} },
    allocation: realGroups['allocation'] ?? { description: '', keys: {} },
  },
};
