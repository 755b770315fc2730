/**
 * Permissions in plain words (PROTOCOL 5, 8.1.7): what one allows, what its group is called, and
 * why something can't be used without it. Panels describe theirs for people who grant them, or not at all.
 */
import { spoken } from '../words/words.js';
import type { Condition } from './domain.js';
import { conditionBlock, isGranted, lacking } from './permissions.js';

const words: Readonly<Record<string, string>> = {
  'websocket.connect': 'Follow the console and the figures live',
  'control.console': 'Send commands to the console',
  'control.start': 'Start the server',
  'control.stop': 'Stop the server, or kill it',
  'control.restart': 'Restart the server',
  'control.kill': 'Kill the server’s process',
  'user.create': 'Invite other users to the server',
  'user.read': 'See the other users and what they may do',
  'user.update': 'Change what other users may do',
  'user.delete': 'Remove other users from the server',
  'file.create': 'Create and upload files and folders',
  'file.read': 'See which files are in a folder',
  'file.read-content': 'Read and download files',
  'file.update': 'Change, move and rename files',
  'file.delete': 'Delete files and folders',
  'file.archive': 'Pack and unpack archives',
  'file.sftp': 'Reach the files over SFTP',
  'backup.create': 'Make backups',
  'backup.read': 'See the backups',
  'backup.delete': 'Delete backups',
  'backup.download': 'Download backups, with every file in them',
  'backup.restore': 'Restore a backup over the server’s files',
  'allocation.read': 'See every address and port of the server',
  'allocation.create': 'Add addresses and ports',
  'allocation.update': 'Choose the main address, and note what others are for',
  'allocation.delete': 'Give up addresses and ports',
  'startup.read': 'See the start command and its variables',
  'startup.update': 'Change the startup variables',
  'startup.docker-image': 'Choose the Docker image',
  'database.create': 'Create databases',
  'database.read': 'See the databases',
  'database.update': 'Give a database a new password',
  'database.delete': 'Delete databases',
  'database.view_password': 'See the passwords of databases',
  'database.view-password': 'See the passwords of databases',
  'schedule.create': 'Create schedules',
  'schedule.read': 'See the schedules and their tasks',
  'schedule.update': 'Change schedules and their tasks, and run them',
  'schedule.delete': 'Delete schedules',
  'settings.rename': 'Rename the server',
  'settings.description': 'Change the server’s description',
  'settings.change-icon': 'Change the server’s picture',
  'settings.reinstall': 'Reinstall the server',
  'activity.read': 'See who did what on the server',
  'mount.read': 'See the mounts',
  'mount.update': 'Attach and detach mounts',
  'admin.websocket': 'Follow the console and the figures live',
  'admin.websocket.errors': 'See the node’s errors in full',
  'admin.websocket.install': 'See the output of installations',
  'admin.websocket.transfer': 'See the output of moves to another node',
};

const groups: Readonly<Record<string, string>> = {
  websocket: 'Live connection',
  control: 'Power and console',
  user: 'Other users',
  file: 'Files',
  backup: 'Backups',
  allocation: 'Addresses and ports',
  startup: 'Startup',
  database: 'Databases',
  schedule: 'Schedules',
  settings: 'Settings',
  activity: 'Activity',
  mount: 'Mounts',
  admin: 'Administration',
};

/** What a permission allows; the panel's own description where Perch does not know it, and its id without one. */
export function permissionWords(id: string, description = ''): string {
  return own(words, id) ?? (description.trim() || id);
}

/** What a group of permissions is called; its own name where Perch does not know it. */
export function permissionGroupWords(name: string): string {
  return own(groups, name) ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** Why what needs this permission can't be used on a server; null where it can (PROTOCOL 1.6). */
export function useBlock(
  server: { readonly condition: Condition; readonly permissions: readonly string[] | null },
  permission: string,
): string | null {
  const block =
    conditionBlock(server.condition) ??
    (isGranted(server.permissions, permission) ? null : lacking(permission));
  return block === null ? null : spoken(block);
}

/** Ids come from panels, and one may be called `constructor`. */
function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
