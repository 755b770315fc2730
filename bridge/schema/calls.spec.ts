import { describe, expect, it } from 'vitest';
import { partExamples } from '../../tests/support/part-examples.js';
import { calls } from './calls.js';
import type { CallName } from './contract.js';
import { viewSchema } from './view.js';

const server = { serverId: 'account:abc' };
const account = { accountId: 'account' };
const long = (length: number): string => 'a'.repeat(length);
const nothing = { takes: undefined, refuses: [null, {}] };
const onlyServer = { takes: server, refuses: [undefined, {}, { serverId: '' }, { serverId: long(301) }] };
const onlyAccount = { takes: account, refuses: [undefined, {}, { accountId: '' }, { accountId: long(101) }] };
const failed = { kind: 'render', view: 'server', message: 'It broke.', stack: 'at one' };
const warning = { seconds: 300, message: 'Restart in {time}.', command: 'say {text}' };
const drafts = { serverIds: ['a:b'], panel: false, dialog: true };
const added = { url: 'https://panel.example.com', key: 'key', keep: 'keychain' };

/** A call that is missing here does not compile. */
const ownProxy = { kind: 'http', host: 'proxy.example.com', port: 3128, user: 'olive', except: ['*.lan'] };

const examples: Record<CallName, { takes: unknown; refuses: unknown[] }> = {
  'app.info': nothing,
  'app.openLogs': nothing,
  'app.quit': nothing,
  'notices.dismiss': { takes: { id: '/data/settings.json.damaged-1' }, refuses: [{}, { id: 5 }] },
  'accounts.add': {
    takes: { ...added, trustFingerprint: 'AA:BB' },
    refuses: [
      { ...added, keep: 'file' },
      { ...added, url: long(2001) },
      { ...added, key: long(1001) },
      { ...added, trustFingerprint: long(201) },
    ],
  },
  'accounts.replaceKey': {
    takes: { ...account, key: 'ptlc_x', keep: 'memory', user: 'anna' },
    refuses: [
      account,
      { ...account, key: 'ptlc_x', keep: 'file' },
      { ...account, key: long(1001), keep: 'keychain' },
      { ...account, key: 'ptlc_x', keep: 'keychain', user: long(301) },
    ],
  },
  'accounts.rename': {
    takes: { ...account, label: '' },
    refuses: [account, { label: 'x' }, { ...account, label: long(1001) }],
  },
  'accounts.setAllServers': {
    takes: { ...account, allServers: true },
    refuses: [account, { allServers: true }, { ...account, allServers: 'yes' }],
  },
  'accounts.allowUnencrypted': onlyAccount,
  'accounts.remove': onlyAccount,
  'accounts.retry': onlyAccount,
  'accounts.tryRoute': onlyAccount,
  'accounts.trust': {
    takes: { ...account, host: 'node.example.com:8080', fingerprint: 'AA:BB' },
    refuses: [
      account,
      { ...account, host: long(301), fingerprint: 'AA' },
      { ...account, host: 'a', fingerprint: long(201) },
    ],
  },
  'accounts.withdraw': {
    takes: { ...account, agreement: { kind: 'certificate', host: 'node.example.com:8080' } },
    refuses: [
      account,
      { ...account, agreement: { kind: 'certificate' } },
      { ...account, agreement: { kind: 'certificate', host: long(301) } },
      { ...account, agreement: { kind: 'everything' } },
    ],
  },
  'history.usage': {
    takes: { ...server, range: '24h' },
    refuses: [server, { ...server, range: '2h' }, { range: '1h' }],
  },
  'history.statesOf': {
    takes: { serverIds: ['home/1'], from: 1, to: 2 },
    refuses: [
      { from: 1, to: 2 },
      { serverIds: [''], from: 1, to: 2 },
      { serverIds: ['home/1'], from: 'x', to: 2 },
    ],
  },
  'events.save': {
    takes: { format: 'csv', text: 'time' },
    refuses: [{ format: 'exe', text: 'x' }, { format: 'json' }, { format: 'csv', text: '', about: 'keys' }],
  },
  'history.sparks': {
    takes: { serverIds: ['a:b'] },
    refuses: [{}, { serverIds: [''] }, { serverIds: Array.from({ length: 501 }, () => 'a') }],
  },
  'history.states': {
    takes: { ...server, from: 0, to: 5 },
    refuses: [server, { ...server, from: 0 }, { ...server, from: '0', to: 5 }],
  },
  'events.ofServer': { takes: { ...server, from: 0 }, refuses: [server, { from: 0 }] },
  'events.older': {
    takes: { ...server, before: 'e1', limit: 500 },
    refuses: [
      { before: 'e1' },
      { before: '', limit: 1 },
      { before: 'e1', limit: 0 },
      { before: 'e1', limit: 501 },
      { before: 'e1', limit: 1, serverId: '' },
    ],
  },
  'demo.start': nothing,
  'power.send': { takes: { ...server, signal: 'kill' }, refuses: [server, { ...server, signal: 'explode' }] },
  'command.send': {
    takes: { ...server, command: 'say hi', runSince: 5, again: true },
    refuses: [
      { ...server, command: '' },
      { ...server, command: long(65_537) },
      { ...server, command: 'x', runSince: 'now' },
      { ...server, command: 'x', again: 1 },
      { command: 'x' },
    ],
  },
  'command.history': onlyServer,
  'command.forgetHistory': onlyServer,
  'command.forget': {
    takes: { ...server, command: 'x' },
    refuses: [
      { ...server, command: '' },
      { ...server, command: long(65_537) },
    ],
  },
  'console.save': { takes: { ...server, text: '' }, refuses: [server, { ...server, text: 5 }] },
  'chart.save': {
    takes: { ...server, kind: 'png', content: '' },
    refuses: [
      { ...server, kind: 'exe', content: '' },
      { ...server, kind: 'csv' },
      { kind: 'csv', content: '' },
      { ...server, kind: 'csv', content: long(20_000_001) },
    ],
  },
  'server.rename': {
    takes: { ...server, name: 'Lobby', description: '' },
    refuses: [
      { name: 'Lobby' },
      { ...server, name: long(10_001) },
      { ...server, description: long(100_001) },
    ],
  },
  'server.reinstall': onlyServer,
  'server.setDockerImage': {
    takes: { ...server, image: 'ghcr.io/x:1' },
    refuses: [server, { ...server, image: '' }, { ...server, image: long(1001) }],
  },
  'server.acceptEula': onlyServer,
  ...partExamples,
  'startup.read': onlyServer,
  'startup.setVariable': {
    takes: { ...server, key: 'VERSION', value: '' },
    refuses: [
      { ...server, key: '', value: 'x' },
      { ...server, key: long(201), value: 'x' },
      { ...server, key: 'VERSION', value: long(65_537) },
    ],
  },
  'permissions.read': onlyAccount,
  'bulk.start': {
    takes: { serverIds: ['a:b', 'a:c'], action: 'restart', waitsForEach: true },
    refuses: [
      { serverIds: [], action: 'restart', waitsForEach: true },
      { serverIds: [''], action: 'restart', waitsForEach: true },
      { serverIds: [long(301)], action: 'restart', waitsForEach: true },
      { serverIds: Array.from({ length: 10_001 }, String), action: 'restart', waitsForEach: true },
      { serverIds: ['a:b'], action: 'explode', waitsForEach: true },
      { serverIds: ['a:b'], action: 'restart', waitsForEach: 1 },
      { serverIds: ['a:b'], action: 'message', waitsForEach: false, text: long(501) },
    ],
  },
  'bulk.cancel': nothing,
  'bulk.dismiss': nothing,
  'console.acknowledge': {
    takes: { ...server, cost: 0 },
    refuses: [server, { ...server, cost: -1 }, { ...server, cost: 1.5 }],
  },
  'server.retry': onlyServer,
  'window.open': { takes: { view: { kind: 'fleet' } }, refuses: [{}, { view: { kind: 'elsewhere' } }] },
  'window.close': nothing,
  'window.drawn': nothing,
  'autostart.read': { takes: undefined, refuses: [null, {}] },
  'autostart.set': { takes: { on: true }, refuses: [{}, { on: 'yes' }] },
  'window.setView': {
    takes: { view: { kind: 'settings' } },
    refuses: [
      {},
      { view: { kind: 'elsewhere' } },
      { view: { kind: 'server', serverId: long(301) } },
      { view: { kind: 'fleet', list: long(301) } },
    ],
  },
  'window.setHeight': {
    takes: { height: 560 },
    refuses: [{}, { height: 0 }, { height: 1.5 }, { height: 1_000_001 }],
  },
  'window.setDrafts': {
    takes: drafts,
    refuses: [
      { ...drafts, serverIds: [''] },
      { ...drafts, serverIds: [long(301)] },
      { ...drafts, serverIds: Array.from({ length: 10_001 }, String) },
      { ...drafts, panel: 'yes' },
      { ...drafts, dialog: undefined },
    ],
  },
  'window.setShown': {
    takes: { serverIds: ['home/1'] },
    refuses: [
      { serverIds: [''] },
      { serverIds: [long(301)] },
      { serverIds: Array.from({ length: 501 }, String) },
      {},
    ],
  },
  'window.failed': {
    takes: failed,
    refuses: [
      { ...failed, kind: 'mood' },
      { ...failed, view: long(101) },
      { ...failed, message: long(2001) },
      { ...failed, stack: long(8001) },
    ],
  },
  'panel.open': {
    takes: { ...account, serverId: 'a:b' },
    refuses: [{}, { ...account, serverId: long(301) }, { ...account, accountOn: 'other' }],
  },
  'panel.probe': { takes: { url: 'panel.example' }, refuses: [{}, { url: long(2001) }] },
  'panel.openKeyPage': {
    takes: { panelUrl: 'https://panel.example.com', kind: 'pelican' },
    refuses: [
      { panelUrl: 'https://panel.example.com', kind: 'other' },
      { panelUrl: long(2001), kind: 'pelican' },
    ],
  },
  'link.open': {
    takes: { url: 'https://example.com/a?b#c' },
    refuses: [
      { url: 'http://example.com' },
      { url: 'file:///etc/passwd' },
      { url: 'shttps://example.com' },
      { url: 'example.com' },
      { url: `https://example.com/${long(2000)}` },
    ],
  },
  'warned.begin': {
    takes: { ...server, ...warning },
    refuses: [
      warning,
      { ...server, ...warning, seconds: 0 },
      { ...server, ...warning, message: '' },
      { ...server, ...warning, command: 'say' },
    ],
  },
  'warned.callOff': onlyServer,
  'warned.dismiss': onlyServer,
  'clipboard.peek': nothing,
  'clipboard.take': {
    takes: { accountId: null },
    refuses: [{}, { accountId: '' }, { accountId: long(101) }],
  },
  'clipboard.giveBack': { takes: { accountId: 'home' }, refuses: [{}, { accountId: '' }] },
  'clipboard.write': { takes: { text: 'x' }, refuses: [{}, { text: long(4_000_001) }] },
  'updates.check': nothing,
  'updates.download': nothing,
  'updates.cancel': nothing,
  'updates.skip': {
    takes: { version: '0.2.0', isSkipped: true },
    refuses: [{ version: '0.2.0' }, { version: long(101), isSkipped: true }],
  },
  'updates.restart': nothing,
  'updates.openPage': nothing,
  'consent.answer': {
    takes: { id: '1', answer: 'hour' },
    refuses: [{ id: '1' }, { id: '1', answer: 'always' }],
  },
  'consent.withdraw': { takes: { id: '1' }, refuses: [{}] },
  'diagnosis.run': { takes: undefined, refuses: [null, {}] },
  'diagnosis.report': { takes: undefined, refuses: [null, {}] },
  'diagnosis.save': { takes: undefined, refuses: [null, {}] },
  'exports.save': { takes: undefined, refuses: [null, {}] },
  'exports.choose': { takes: undefined, refuses: [null, {}] },
  'exports.apply': { takes: undefined, refuses: [null, {}] },
  'network.setProxy': {
    takes: { use: 'own', own: ownProxy, password: 'secret', keep: 'keychain' },
    refuses: [
      { use: 'own' },
      { use: 'pac', keep: 'keychain' },
      { use: 'own', own: { ...ownProxy, kind: 'socks4' }, keep: 'keychain' },
      { use: 'own', own: { ...ownProxy, port: 0 }, keep: 'keychain' },
      { use: 'own', own: { ...ownProxy, host: long(301) }, keep: 'keychain' },
      { use: 'own', own: ownProxy, password: long(256), keep: 'keychain' },
      { use: 'own', own: ownProxy, password: 'secret', keep: 'settings' },
    ],
  },
  'memory.note': {
    takes: { eventsSeenAt: 5, othersShown: true },
    refuses: [undefined, { eventsSeenAt: -1 }, { shown: 'tour' }, { othersShown: null }],
  },
  'backupRules.set': {
    takes: { scope: { kind: 'group', id: 'g1' }, choices: { plan: { minute: 240, quietly: true } } },
    refuses: [{ choices: {} }, { scope: null, choices: { keep: { last: 7 } } }],
  },
  'settings.update': { takes: { theme: 'dark' }, refuses: [undefined, { theme: 'loud' }] },
};

describe('calls', () => {
  it.each(Object.entries(examples))('%s accepts its input and refuses others', (name, example) => {
    const { input } = calls[name as CallName];
    expect(input.parse(example.takes)).toEqual(example.takes);
    expect(example.refuses.filter((given) => input.safeParse(given).success)).toEqual([]);
  });
});

describe('viewSchema', () => {
  it.each([
    { kind: 'onboarding' },
    { kind: 'fleet' },
    { kind: 'settings' },
    { kind: 'people' },
    { kind: 'server', serverId: 'a:b' },
    { kind: 'server', serverId: 'a:b', tab: 'startup' },
  ])('takes %j', (view) => {
    expect(viewSchema.parse(view)).toEqual(view);
  });

  it.each([
    { kind: 'server' },
    { kind: 'server', serverId: long(301) },
    { kind: 'server', serverId: 'a', tab: 'cellar' },
  ])('refuses row %#', (view) => {
    expect(viewSchema.safeParse(view).success).toBe(false);
  });
});
