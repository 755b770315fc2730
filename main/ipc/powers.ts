/**
 * Power of each call, to limit a script that took over a page.
 *
 * The table has every call of the contract; a missing call does not compile.
 */
import type { CallName } from '../../bridge/schema/contract.js';
import { sentence } from '../../messages/messages.js';
import {
  bulkQuestion,
  channelQuestion,
  keyQuestion,
  proxyQuestion,
  unencryptedQuestion,
} from './always-asked.js';
import { backupPowers } from './backup-powers.js';
import { databasePowers } from './database-powers.js';
import { filePowers } from './file-powers.js';
import { knownServerName, ofAccount } from './known-names.js';
import { broadcastWords, playerActWords } from './player-words.js';
import type { Power } from './power.js';
import { aboutPanel, aboutServer, actionSentence, saving, serverTarget } from './power-targets.js';
import { settingsPowers } from './settings-powers.js';

export const clipboardTarget = 'clipboard';

const updating = { target: () => 'update', action: () => sentence('guard.action-update') };
const keyTaking = {
  target: ({ accountId }: { accountId: string | null }): string => `key:${accountId ?? ''}`,
  action: () => actionSentence('take-key'),
};
const changingServer = aboutServer('server');
const changingPanel = aboutPanel('panel');

const changingRules = { target: () => 'rules', action: () => actionSentence('rule') };
const changingChannels = { target: () => 'channels', action: () => actionSentence('channels') };

export const powers: { readonly [N in CallName]: Power<N> } = {
  ...backupPowers,
  ...databasePowers,
  ...filePowers,
  ...settingsPowers,
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
  'panel.probe': { target: ({ url }) => `probe:${url}`, action: null, isLight: true, perMinute: 30 },
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
  // Each call is a command to the console, and one press may kick only one player.
  'players.act': {
    target: serverTarget,
    action: (input, known) =>
      sentence('guard.action-player', {
        server: knownServerName(known, input.serverId),
        command: playerActWords(input, known),
      }),
    isOnce: true,
  },
  'players.broadcast': {
    target: serverTarget,
    action: (input, known) =>
      sentence('guard.action-broadcast', {
        server: knownServerName(known, input.serverId),
        command: broadcastWords(input, known),
      }),
    isOnce: true,
  },
  'players.lists': 'free',
  'players.joinInfo': 'free',
  // Perch sends to the chosen address.
  'players.setQuery': { ...changingServer, isOnce: true },
  // Perch stops the server later, without a press.
  'players.setWhenEmpty': { ...aboutServer('when-empty'), isOnce: true },
  // Free, because Perch then does less.
  'players.keepRunning': 'free',
  // Main limits the questions.
  'players.askNow': 'free',
  'command.history': 'free',
  'command.forgetHistory': aboutServer('forget'),
  'command.forget': aboutServer('forget'),
  'console.save': saving,
  'chart.save': saving,
  'network.list': 'free',
  'network.note': { ...aboutServer('network'), isOnce: true },
  'network.makeDefault': { ...aboutServer('network'), isOnce: true },
  'network.add': { ...aboutServer('network'), isOnce: true },
  'network.remove': { ...aboutServer('remove-allocation'), isOnce: true },
  'schedules.list': 'free',
  'schedules.view': 'free',
  // A schedule works later and without a press, so each press gives away one change.
  'schedules.save': { ...aboutServer('schedule'), isOnce: true },
  'schedules.saveWhole': { ...aboutServer('schedule'), isOnce: true },
  'schedules.setActive': { ...aboutServer('schedule'), isOnce: true },
  'schedules.saveTask': { ...aboutServer('schedule'), isOnce: true },
  'schedules.removeTask': { ...aboutServer('schedule'), isOnce: true },
  'schedules.remove': { ...aboutServer('delete-schedule'), isOnce: true },
  'schedules.run': { ...aboutServer('run-schedule'), isOnce: true },
  'schedules.export': saving,
  'schedules.chooseImport': { target: () => 'file', action: () => actionSentence('choose') },
  'account.view': 'free',
  'account.activity': 'free',
  'activity.ofServer': 'free',
  'activity.retry': 'free',
  // Each press changes one key, and exposes one password.
  'account.makeKey': { ...aboutPanel('api-key'), isOnce: true },
  'account.deleteKey': { ...aboutPanel('api-key'), isOnce: true },
  'account.renewKey': { ...aboutPanel('api-key'), isOnce: true },
  'account.tidyKeys': { ...aboutPanel('api-key'), isOnce: true },
  'account.addSshKey': { ...aboutPanel('ssh-key'), isOnce: true },
  'account.removeSshKey': { ...aboutPanel('ssh-key'), isOnce: true },
  'account.setEmail': { ...aboutPanel('sign-in'), isOnce: true },
  'account.setUsername': { ...aboutPanel('sign-in'), isOnce: true },
  'account.setPassword': { ...aboutPanel('sign-in'), isOnce: true },
  'people.list': 'free',
  'people.retry': 'free',
  'people.view': 'free',
  // Access lasts, so each press grants or removes one access.
  'people.add': { ...aboutServer('add-person'), isOnce: true },
  'people.change': { ...aboutServer('change-person'), isOnce: true },
  'people.remove': { ...aboutServer('remove-person'), isOnce: true },
  'server.rename': changingServer,
  'crashReport.open': { ...aboutServer('read-report'), perMinute: 60 },
  'server.reinstall': aboutServer('reinstall'),
  'server.setDockerImage': changingServer,
  'server.acceptEula': changingServer,
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
  'players.seen': 'free',
  'players.week': 'free',
  'events.save': saving,
  'events.older': 'free',
  'events.ofServer': 'free',
  'server.retry': 'free',
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
    target: ({ accountId, serverId = '', accountOn = '' }) => `open:${accountId}:${serverId}:${accountOn}`,
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
  'clipboard.peek': 'free',
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
  'rules.export': saving,
  'rules.chooseImport': { target: () => 'file', action: () => actionSentence('choose') },
  'exports.save': saving,
  'exports.choose': { target: () => 'file', action: () => actionSentence('choose') },
  'exports.apply': { target: () => 'import', action: () => actionSentence('import') },
  'network.setProxy': { target: () => 'proxy', action: () => actionSentence('proxy'), always: proxyQuestion },
  'channels.add': { ...changingChannels, always: channelQuestion, perMinute: 20 },
  'channels.change': changingChannels,
  'channels.setRule': changingChannels,
  'channels.setBoard': changingChannels,
  'channels.test': { ...changingChannels, perMinute: 20 },
  'channels.resume': changingChannels,
  'channels.remove': changingChannels,
  // A rule acts later, without a press, so each press saves or begins one rule.
  'rules.save': { ...changingRules, isOnce: true },
  // Free, because Perch then does less.
  'rules.setOn': { ...changingRules, when: ({ isOn }) => isOn },
  'rules.remove': changingRules,
  'rules.run': { ...changingRules, isOnce: true, when: ({ isDry }) => !isDry },
  'rules.stopRun': 'free',
  'rules.judge': 'free',
  'rules.records': 'free',
  'rules.forgetMissed': 'free',
  'memory.note': 'free',
};
