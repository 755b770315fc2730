/**
 * Power of each call, to limit a script that took over a page.
 *
 * The table has every call of the contract; a missing call does not compile.
 */
import type { CallName, HandlerInput } from '../../bridge/schema/contract.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { ofAccount, knownServerName, type Known } from './known-names.js';
import {
  backupRulesQuestion,
  bulkQuestion,
  keyQuestion,
  proxyQuestion,
  unencryptedQuestion,
} from './always-asked.js';
import { playerActWords } from './player-words.js';
import type { Question } from '../base/question.js';

/** A call that needs a press by the user. */
export interface Guarded<N extends CallName> {
  /** Target that a press allows. Another server, panel or page needs another press. */
  readonly target: (input: HandlerInput<N>) => string;
  /** A second target: a press that allowed it is accepted as well. */
  readonly orTarget?: (input: HandlerInput<N>) => string;
  /** The action in words, for the question after a call without a press. null = refuse without a question. */
  readonly action: ((input: HandlerInput<N>, known: Known) => Sentence) | null;
  /** False for an input without power. Missing = all inputs have power. */
  readonly when?: (input: HandlerInput<N>, known: Known) => boolean;
  /** Question that is asked with or without a press; null = none for this input. */
  readonly always?: (input: HandlerInput<N>, known: Known) => Question | null;
  /** Limit of calls per minute, with or without a press. */
  readonly perMinute?: number;
  /** True if any recent press is accepted, and stays usable for another call. */
  readonly isLight?: boolean;
  /** True if a press allows only one call; a function decides by the input. */
  readonly isOnce?: boolean | ((input: HandlerInput<N>) => boolean);
  /** True if each call renews the half minute that a press allows. */
  readonly goesOn?: boolean;
}

/** Power of a call. `free`: reads what the window shows anyway, changes only the window, or makes Perch do less. */
export type Power<N extends CallName> = 'free' | Guarded<N>;

type PlainActivity =
  | 'take-key'
  | 'demo'
  | 'proxy'
  | 'settings'
  | 'autostart'
  | 'backup-rules'
  | 'import'
  | 'save'
  | 'choose'
  | 'unshare'
  | 'missed-backups'
  | 'editing-program';
const actionSentence = (id: PlainActivity): Sentence => sentence(`guard.action-${id}`);

export const warningTarget = 'warning';
export const clipboardTarget = 'clipboard';

type OfServer = { readonly serverId: string };
type OfAccount = { readonly accountId: string };
const serverTarget = ({ serverId }: OfServer): string => `server:${serverId}`;
const accountTarget = ({ accountId }: OfAccount): string => `account:${accountId}`;
const saving = { target: () => 'file', action: () => actionSentence('save') };
const updating = { target: () => 'update', action: () => sentence('guard.action-update') };
const keyTaking = {
  target: ({ accountId }: { accountId: string | null }): string => `key:${accountId ?? ''}`,
  action: () => actionSentence('take-key'),
};
type ServerActivity =
  | 'server'
  | 'forget'
  | 'reinstall'
  | 'warned'
  | 'call-off'
  | 'back-up'
  | 'quiet-backup'
  | 'bring-back'
  | 'backup'
  | 'delete-backup'
  | 'read-report'
  | 'fetch-copy'
  | 'delete-copy'
  | 'read-copy'
  | 'files'
  | 'delete-files'
  | 'read-text'
  | 'write-text'
  | 'own-editor'
  | 'read-revision'
  | 'restore'
  | 'share'
  | 'upload'
  | 'sftp-set-up'
  | 'sftp-trust'
  | 'sftp-open';
const aboutServer = (id: ServerActivity) => ({
  target: serverTarget,
  action: ({ serverId }: OfServer, known: Known) =>
    sentence(`guard.action-${id}`, { server: knownServerName(known, serverId) }),
});
const changingServer = aboutServer('server');
/** A replaced file is as lost as a deleted one: one press, one replacement. */
const changingFiles = {
  ...aboutServer('files'),
  isOnce: ({ replace }: { readonly replace?: boolean | undefined }) => replace === true,
};
const aboutPanel = (id: 'panel' | 'all-servers' | 'remove') => ({
  target: accountTarget,
  action: ({ accountId }: OfAccount, known: Known) =>
    sentence(`guard.action-${id}`, { panel: ofAccount(known, accountId) }),
});
const changingPanel = aboutPanel('panel');

export const powers: { readonly [N in CallName]: Power<N> } = {
  'app.info': 'free',
  'app.openLogs': { target: () => 'logs', action: () => sentence('guard.action-open-logs') },
  'app.quit': { target: () => 'quit', action: () => sentence('guard.action-quit') },
  'autostart.read': 'free',
  'autostart.set': { target: () => 'autostart', action: () => actionSentence('autostart') },
  'accounts.add': {
    target: ({ url }) => `panel:${url}`,
    action: ({ url }) => sentence('guard.action-add', { host: url.slice(0, 200) }),
    always: keyQuestion,
    perMinute: 40,
  },
  'accounts.replaceKey': changingPanel,
  // No press precedes this call: it follows a pause in typing, or a press on another element.
  'panel.look': { target: ({ url }) => `look:${url}`, action: null, isLight: true, perMinute: 30 },
  'accounts.rename': changingPanel,
  'accounts.setAllServers': aboutPanel('all-servers'),
  'accounts.allowUnencrypted': { ...changingPanel, always: unencryptedQuestion },
  'accounts.remove': aboutPanel('remove'),
  'accounts.retry': 'free',
  'accounts.trust': changingPanel,
  'accounts.tryRoute': 'free',
  // Free, because the call only takes a permission away.
  'accounts.withdraw': 'free',
  'demo.start': { target: () => 'demo', action: () => actionSentence('demo') },
  'power.send': {
    // One press may start several servers that were just stopped. The press of a fix for a server may start it as well.
    target: (input) => (input.signal === 'start' ? 'start' : serverTarget(input)),
    orTarget: serverTarget,
    action: ({ serverId, signal }, known) =>
      sentence(`guard.action-power-${signal}`, { server: knownServerName(known, serverId) }),
  },
  'command.send': {
    target: serverTarget,
    action: ({ serverId, command }, known) =>
      sentence('guard.action-command', {
        server: knownServerName(known, serverId),
        command: command.slice(0, 300),
      }),
    goesOn: true,
  },
  // Each one is a command to the console, and one press may kick only one player.
  'players.act': {
    target: serverTarget,
    action: (input, known) =>
      sentence('guard.action-player', {
        server: knownServerName(known, input.serverId),
        command: playerActWords(input, known),
      }),
    isOnce: true,
  },
  'players.lists': 'free',
  'command.history': 'free',
  'command.forgetHistory': aboutServer('forget'),
  'command.forget': aboutServer('forget'),
  'console.save': saving,
  'chart.save': saving,
  'server.rename': changingServer,
  'crashReport.open': { ...aboutServer('read-report'), perMinute: 60 },
  'server.reinstall': aboutServer('reinstall'),
  'server.setDockerImage': changingServer,
  'server.acceptEula': changingServer,
  'backups.create': aboutServer('back-up'),
  'backups.here': aboutServer('back-up'),
  'backups.quietly': aboutServer('quiet-backup'),
  'backups.bringBack': aboutServer('bring-back'),
  // Only backups that a rule of the user has planned.
  'backups.catchUp': { target: () => 'missed-backups', action: () => actionSentence('missed-backups') },
  'backups.lock': aboutServer('backup'),
  'backups.rename': aboutServer('backup'),
  // Backups are the way back after a hostile page, so each press gives away one of them at most.
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
  // As for backups: one press, one of them.
  'copies.delete': { ...aboutServer('delete-copy'), isOnce: true },
  // Files of a server hold its secrets.
  'copies.read': { ...aboutServer('read-copy'), perMinute: 60 },
  'copies.saveFile': saving,
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
  // Free, because the call only takes a permission away.
  'sftp.withdraw': 'free',
  'sftp.try': { target: ({ serverId }) => `sftp:${serverId}`, action: null, isLight: true, perMinute: 30 },
  'sftp.open': aboutServer('sftp-open'),
  'sftp.trustHost': { ...aboutServer('sftp-trust'), isOnce: true },
  // Perch sends to the chosen address.
  'players.setQuery': { ...changingServer, isOnce: true },
  // Main limits the questions.
  'players.askNow': 'free',
  'startup.read': 'free',
  'startup.setVariable': changingServer,
  'permissions.read': 'free',
  'bulk.start': {
    target: () => 'bulk',
    action: ({ serverIds, action }) => sentence(`guard.action-bulk-${action}`, { count: serverIds.length }),
    always: bulkQuestion,
    // With a press for several calls, a page could stop twenty servers, and twenty others a moment later.
    isOnce: true,
  },
  'bulk.cancel': 'free',
  'bulk.dismiss': 'free',
  'warned.begin': aboutServer('warned'),
  'warned.callOff': aboutServer('call-off'),
  'warned.dismiss': 'free',
  'console.acknowledge': 'free',
  'history.usage': 'free',
  'history.sparks': 'free',
  'history.states': 'free',
  'history.statesOf': 'free',
  'players.week': 'free',
  'events.save': saving,
  'events.older': 'free',
  'events.ofServer': 'free',
  'server.retry': 'free',
  'backups.download': saving,
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
  'window.open': 'free',
  'window.close': 'free',
  'window.drawn': 'free',
  'window.setHeight': 'free',
  'notices.dismiss': 'free',
  'window.setView': 'free',
  'window.setDrafts': 'free',
  'window.setShown': 'free',
  'window.failed': 'free',
  'panel.open': {
    target: ({ accountId, serverId = '' }) => `open:${accountId}:${serverId}`,
    action: ({ accountId }, known) => sentence('guard.action-open', { page: ofAccount(known, accountId) }),
  },
  'panel.openKeyPage': {
    target: ({ panelUrl }) => `key-page:${panelUrl}`,
    action: ({ panelUrl }) => sentence('guard.action-open', { page: panelUrl.slice(0, 200) }),
  },
  'link.open': {
    target: ({ url }) => `link:${url}`,
    action: ({ url }) => sentence('guard.action-open', { page: url.slice(0, 200) }),
  },
  'clipboard.look': 'free',
  'clipboard.take': keyTaking,
  'clipboard.giveBack': 'free',
  'clipboard.write': { target: () => clipboardTarget, action: () => sentence('guard.action-copy') },
  'consent.answer': {
    target: ({ id }) => `consent:${id}`,
    action: () => sentence('guard.action-consent'),
    when: ({ answer }) => answer !== 'refuse',
  },
  'consent.withdraw': 'free',
  'updates.check': 'free',
  'updates.download': updating,
  'updates.cancel': 'free',
  'updates.skip': updating,
  'updates.restart': updating,
  'updates.openPage': { target: () => 'update', action: () => sentence('guard.action-open-updates') },
  'diagnosis.run': 'free',
  'diagnosis.report': 'free',
  'diagnosis.save': saving,
  'exports.save': saving,
  'exports.choose': { target: () => 'file', action: () => actionSentence('choose') },
  'exports.apply': { target: () => 'import', action: () => actionSentence('import') },
  'network.setProxy': { target: () => 'proxy', action: () => actionSentence('proxy'), always: proxyQuestion },
  'memory.note': 'free',
  'backupRules.set': {
    target: () => 'backup-rules',
    action: () => actionSentence('backup-rules'),
    always: backupRulesQuestion,
  },
  'settings.update': {
    target: (patch) => (isWarningAlone(patch) ? warningTarget : 'settings'),
    action: () => actionSentence('settings'),
    when: (patch, { settings }) => hasPower(patch, settings),
  },
};

/**
 * True if the patch names the warning for players and no other setting. The window saves the warning text after the
 * warning was sent, when the press may be too old.
 */
function isWarningAlone(patch: HandlerInput<'settings.update'>): boolean {
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  return named.every(([name]) => name === 'restartWarning');
}

/** True if the patch changes a setting with power: which questions are asked, stored commands, updates, or where logs go. */
function hasPower(patch: HandlerInput<'settings.update'>, now: Settings): boolean {
  const { confirmStop, confirmRestart, snippets, restartWarning, quietBackups, playerVerbs, updates } = patch;
  const { logService } = patch;
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  return (
    (confirmStop === false && now.confirmStop) ||
    (confirmRestart === false && now.confirmRestart) ||
    (snippets !== undefined && !isSame(snippets, now.snippets)) ||
    (restartWarning !== undefined && !isSame(restartWarning, now.restartWarning)) ||
    (playerVerbs !== undefined && !isSame(playerVerbs, now.playerVerbs)) ||
    // The next quiet backup could stop the server.
    (quietBackups !== undefined && !isSame(quietBackups, now.quietBackups)) ||
    (updates !== undefined && !isSame(updates, now.updates)) ||
    // The next shared log would go elsewhere.
    (logService !== undefined && logService !== now.logService)
  );
}
