/**
 * Sentences for the entries of a panel's activity log (PROTOCOL 2.14, 2.24.9), in the area `activity`, which whoever
 * says them loads first. An event that neither panel had in November 2026 is shown by its name and its properties.
 */
import type { ActivityEntry, ActivityValue } from '../schema/activity.js';
import { sentence, type Sentence } from '../../messages/messages.js';

type Properties = ActivityEntry['properties'];

/** Most files that a sentence names. */
const mostFiles = 3;
const mostLetters = 160;

/** Sentences without values, by event. */
const plain = {
  'server:power.start': 'activity.server-power-start',
  'server:power.stop': 'activity.server-power-stop',
  'server:power.restart': 'activity.server-power-restart',
  'server:power.kill': 'activity.server-power-kill',
  'server:reinstall': 'activity.server-reinstall',
  'server:settings.reinstall': 'activity.server-reinstall',
  'server:crashed': 'activity.server-crashed',
  'server:sftp.denied': 'activity.server-sftp-denied',
  'server:settings.description': 'activity.server-settings-description',
  'server:settings.icon': 'activity.server-settings-icon',
  'server:startup.command': 'activity.server-startup-command',
  'user:account.password-changed': 'activity.user-account-password-changed',
  'user:two-factor.create': 'activity.user-two-factor-create',
  'user:two-factor.delete': 'activity.user-two-factor-delete',
  'auth:success': 'activity.auth-success',
  'auth:fail': 'activity.auth-fail',
  'auth:checkpoint': 'activity.auth-checkpoint',
  'auth:token': 'activity.auth-token',
  'auth:recovery-token': 'activity.auth-recovery-token',
  'auth:password-reset': 'activity.auth-password-reset',
  'auth:reset-password': 'activity.auth-reset-password',
  'auth:ip-blocked': 'activity.auth-ip-blocked',
  'auth:sftp.fail': 'activity.auth-sftp-fail',
} as const;

/** Sentences with the property `name`, by event. */
const named = {
  'server:backup.start': 'activity.server-backup-start',
  'server:backup.complete': 'activity.server-backup-complete',
  'server:backup.fail': 'activity.server-backup-fail',
  'server:backup.delete': 'activity.server-backup-delete',
  'server:backup.download': 'activity.server-backup-download',
  'server:backup.lock': 'activity.server-backup-lock',
  'server:backup.unlock': 'activity.server-backup-unlock',
  'server:backup.restore': 'activity.server-backup-restore',
  'server:backup.restore-complete': 'activity.server-backup-restore-complete',
  'server:backup.restore-failed': 'activity.server-backup-restore-failed',
  'server:database.create': 'activity.server-database-create',
  'server:database.rotate-password': 'activity.server-database-rotate-password',
  'server:database.delete': 'activity.server-database-delete',
  'server:file.create-directory': 'activity.server-file-create-directory',
  'server:schedule.create': 'activity.server-schedule-create',
  'server:schedule.update': 'activity.server-schedule-update',
  'server:schedule.execute': 'activity.server-schedule-execute',
  'server:schedule.delete': 'activity.server-schedule-delete',
  'server:task.create': 'activity.server-task-create',
  'server:task.update': 'activity.server-task-update',
  'server:task.delete': 'activity.server-task-delete',
} as const;

/** Sentences with the property `file`, by event. */
const ofFile = {
  'server:file.read': 'activity.server-file-read',
  'server:file.write': 'activity.server-file-write',
  'server:file.copy': 'activity.server-file-copy',
  'server:file.download': 'activity.server-file-download',
  'server:file.uploaded': 'activity.server-file-uploaded',
  'server:file.upload': 'activity.server-file-uploaded',
} as const;

/** Sentences with the property `files`, by event. */
const ofFiles = {
  'server:file.rename': 'activity.server-file-rename',
  'server:file.delete': 'activity.server-file-delete',
  'server:file.compress': 'activity.server-file-compress',
  'server:file.decompress': 'activity.server-file-decompress',
  'server:sftp.create': 'activity.server-sftp-create',
  'server:sftp.write': 'activity.server-sftp-write',
  'server:sftp.delete': 'activity.server-sftp-delete',
  'server:sftp.create-directory': 'activity.server-sftp-create-directory',
  'server:sftp.rename': 'activity.server-sftp-rename',
} as const;

/** Sentences with the property `allocation`, by event. */
const ofAllocation = {
  'server:allocation.create': 'activity.server-allocation-create',
  'server:allocation.notes': 'activity.server-allocation-notes',
  'server:allocation.primary': 'activity.server-allocation-primary',
  'server:allocation.delete': 'activity.server-allocation-delete',
} as const;

/** Sentences with the property `email`, by event. */
const ofPerson = {
  'server:subuser.create': 'activity.server-subuser-create',
  'server:subuser.update': 'activity.server-subuser-update',
  'server:subuser.delete': 'activity.server-subuser-delete',
} as const;

/** Sentences with the properties `old` and `new`, or `old_name` and `new_name`, by event. */
const changed = {
  'server:backup.rename': 'activity.server-backup-rename',
  'server:settings.rename': 'activity.server-settings-rename',
  'server:startup.image': 'activity.server-startup-image',
  'user:account.email-changed': 'activity.user-account-email-changed',
  'user:account.username-changed': 'activity.user-account-username-changed',
} as const;

/** All events with a sentence of their own. */
export const knownActivity: readonly string[] = [
  ...[plain, named, ofFile, ofFiles, ofAllocation, ofPerson, changed].flatMap((table) => Object.keys(table)),
  'server:console.command',
  'server:file.pull',
  'server:startup.edit',
  'user:api-key.create',
  'user:api-key.delete',
  'user:ssh-key.create',
  'user:ssh-key.delete',
];

/** The action in words, without the name of the person. */
export function activityWords({ event, properties }: ActivityEntry): Sentence {
  const of = (name: string): string => textOf(properties[name]);
  const value = (name: string): Sentence | string => of(name) || sentence('activity.nothing');
  if (isOf(plain, event)) return sentence(plain[event]);
  if (isOf(named, event)) return sentence(named[event], { name: of('name') });
  if (isOf(ofFile, event)) return sentence(ofFile[event], { file: of('file') });
  if (isOf(ofFiles, event)) return sentence(ofFiles[event], { files: filesOf(properties) });
  if (isOf(ofAllocation, event)) return sentence(ofAllocation[event], { allocation: of('allocation') });
  if (isOf(ofPerson, event)) return sentence(ofPerson[event], { email: of('email') });
  if (isOf(changed, event)) {
    const renamed = event === 'server:backup.rename' ? '_name' : '';
    return sentence(changed[event], { old: value(`old${renamed}`), new: value(`new${renamed}`) });
  }
  switch (event) {
    case 'server:console.command':
      return sentence('activity.server-console-command', { command: of('command') });
    case 'server:file.pull':
      return sentence('activity.server-file-pull', { url: of('url') });
    case 'server:startup.edit':
      return sentence('activity.server-startup-edit', {
        variable: of('variable'),
        old: value('old'),
        new: value('new'),
      });
    case 'user:api-key.create':
      return sentence('activity.user-api-key-create', { identifier: of('identifier') });
    case 'user:api-key.delete':
      return sentence('activity.user-api-key-delete', { identifier: of('identifier') });
    case 'user:ssh-key.create':
      return sentence('activity.user-ssh-key-create', { fingerprint: of('fingerprint') });
    case 'user:ssh-key.delete':
      return sentence('activity.user-ssh-key-delete', { fingerprint: of('fingerprint') });
    default:
      return unknown(event, properties);
  }
}

function isOf<T extends object>(table: T, event: string): event is Extract<keyof T, string> {
  return Object.hasOwn(table, event);
}

function unknown(event: string, properties: Properties): Sentence {
  const told = Object.entries(properties).map(([name, value]) => `${name}: ${textOf(value)}`);
  if (told.length === 0) return sentence('activity.unknown', { event });
  return sentence('activity.unknown-more', { event, properties: told.join(', ').slice(0, 400) });
}

/** Names of the first files, and how many more there are. Pelican names an unpacked archive in `file` (PROTOCOL 2.17.15). */
function filesOf({ files, file, count }: Properties): Sentence | string {
  const listed = Array.isArray(files) ? files : [textOf(files ?? file)];
  const shown = listed.slice(0, mostFiles).map(textOf).join(', ');
  const all = typeof count === 'number' ? Math.max(count, listed.length) : listed.length;
  const more = all - Math.min(listed.length, mostFiles);
  return more > 0 ? sentence('activity.files-more', { files: shown, count: more }) : shown;
}

function textOf(value: ActivityValue | undefined): string {
  if (value === undefined || value === null) return '';
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
}
