/** Powers of the calls about backups and their copies on this computer. */
import { sentence } from '../../messages/messages.js';
import { backupRulesQuestion } from './always-asked.js';
import type { Powers } from './power.js';
import { aboutServer, actionSentence, saving } from './power-targets.js';

export const backupPowers = {
  'backups.create': aboutServer('back-up'),
  'backups.here': aboutServer('back-up'),
  'backups.quietly': aboutServer('quiet-backup'),
  'backups.bringBack': aboutServer('bring-back'),
  // Only backups that a rule of the user has planned.
  'backups.catchUp': { target: () => 'missed-backups', action: () => actionSentence('missed-backups') },
  'backups.lock': aboutServer('backup'),
  'backups.rename': aboutServer('backup'),
  // Backups are the way back after a hostile page, so each press exposes one backup at most.
  'backups.delete': { ...aboutServer('delete-backup'), isOnce: true },
  'backups.restore': { ...aboutServer('restore'), isOnce: true },
  'backups.refresh': 'free',
  'copies.chooseFolder': { target: () => 'file', action: () => sentence('guard.action-copies-folder') },
  'copies.forgetFolder': { target: () => 'settings', action: () => sentence('guard.action-copies-folder') },
  'copies.show': {
    target: ({ serverId }) => `copies:${serverId ?? ''}`,
    action: () => sentence('guard.action-show-folder'),
  },
  'copies.fetch': aboutServer('fetch-copy'),
  // As for backups: one press, one database.
  'copies.delete': { ...aboutServer('delete-copy'), isOnce: true },
  // Files of a server hold its secrets.
  'copies.read': { ...aboutServer('read-copy'), perMinute: 60 },
  'copies.saveFile': saving,
  'backups.download': saving,
  'backupRules.set': {
    target: () => 'backup-rules',
    action: () => actionSentence('backup-rules'),
    always: backupRulesQuestion,
  },
} satisfies Powers;
