/** Powers of the calls about files of servers and their transfers. */
import { sentence } from '../../messages/messages.js';
import type { Powers } from './power.js';
import { aboutServer, actionSentence, saving } from './power-targets.js';

/** A replaced file is as lost as a deleted one: one press, one replacement. */
const changingFiles = {
  ...aboutServer('files'),
  isOnce: ({ replace }: { readonly replace?: boolean | undefined }) => replace === true,
};

export const filePowers = {
  'files.refresh': 'free',
  'files.createFolder': aboutServer('files'),
  'files.create': changingFiles,
  'files.move': changingFiles,
  'files.copy': aboutServer('files'),
  'files.copyTo': changingFiles,
  // One press, one deletion.
  'files.delete': { ...aboutServer('delete-files'), isOnce: true },
  'files.chmod': aboutServer('files'),
  'files.pack': aboutServer('files'),
  'files.unpack': changingFiles,
  'files.pull': changingFiles,
  'texts.open': { ...aboutServer('read-text'), perMinute: 60 },
  'texts.save': { ...aboutServer('write-text'), isOnce: ({ version }) => version === null },
  // Follows a pause in typing. Main bounds the bytes.
  'texts.keepDraft': 'free',
  'texts.dropDraft': aboutServer('write-text'),
  'texts.dismissLeft': 'free',
  'texts.unsaved': 'free',
  // Starts a program: one press, one program.
  'ownEditor.open': { ...aboutServer('own-editor'), isOnce: true, perMinute: 30 },
  'ownEditor.upload': { ...aboutServer('write-text'), isOnce: ({ replaces }) => replaces !== null },
  'ownEditor.compare': { ...aboutServer('read-text'), perMinute: 60 },
  'ownEditor.keepDraft': aboutServer('write-text'),
  // A discarded text is lost.
  'ownEditor.stop': { ...aboutServer('write-text'), isOnce: ({ discards }) => discards },
  'ownEditor.chooseProgram': { target: () => 'file', action: () => actionSentence('editing-program') },
  'ownEditor.forgetProgram': { target: () => 'settings', action: () => actionSentence('editing-program') },
  'sharing.readFile': { ...aboutServer('read-text'), perMinute: 60 },
  // Text that leaves the computer: one press, one log.
  'sharing.send': { ...aboutServer('share'), isOnce: true, perMinute: 10 },
  'sharing.delete': { target: ({ id }) => `shared:${id}`, action: () => actionSentence('unshare') },
  'sharing.forget': { target: ({ id }) => `shared:${id}`, action: () => actionSentence('unshare') },
  'revisions.text': { ...aboutServer('read-revision'), perMinute: 60 },
  // Names, sizes and times only, and at most one comparison of a server in half a minute.
  'changes.sinceGoodStart': 'free',
  'sftp.setUp': { ...aboutServer('sftp-set-up'), isOnce: true },
  // Free, because the call only removes a permission.
  'sftp.withdraw': 'free',
  'sftp.try': { target: ({ serverId }) => `sftp:${serverId}`, action: null, isLight: true, perMinute: 30 },
  'sftp.open': aboutServer('sftp-open'),
  'sftp.trustHost': { ...aboutServer('sftp-trust'), isOnce: true },
  'files.download': saving,
  'files.upload': { ...aboutServer('upload'), isOnce: true },
  'transfers.pause': 'free',
  // A person chose the file before, in a native dialog.
  'transfers.resume': 'free',
  'transfers.cancel': 'free',
  'transfers.retry': 'free',
  'transfers.show': {
    target: ({ transfer }) => `transfer:${transfer}`,
    action: () => sentence('guard.action-show-folder'),
  },
} satisfies Powers;
