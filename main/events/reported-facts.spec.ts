import { expect, it } from 'vitest';
import { eventHow, eventTitle } from '../../bridge/events/event-words.js';
import { newsKind } from '../../bridge/events/event-news.js';
import { aServer } from '../../tests/support/entities.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { sentence, spoken } from '../../messages/messages.js';
import { EndedBackups, type EndedBackupsDeps } from './ended-backups.js';

function aRunningServer() {
  const rig = anEventsRig();
  const serverId = rig.addServer({ power: 'running' });
  return { ...rig, serverId, whats: () => rig.log.recent.map(({ what }) => what) };
}

it('a finished or failed backup is an event of its server', async () => {
  const { clock, facts, serverId, whats, log } = aRunningServer();
  facts.emit({
    serverId,
    fact: { kind: 'backup', isSuccessful: true, backupId: null, sha1: null, bytes: 0 },
  });
  facts.emit({
    serverId,
    fact: { kind: 'backup', isSuccessful: false, backupId: null, sha1: null, bytes: 0 },
  });
  await clock.advance(3000);
  expect(whats()).toEqual([
    { kind: 'backup', isSuccessful: true },
    { kind: 'backup', isSuccessful: false },
  ]);
  expect(log.recent[0]).toMatchObject({ serverId, server: 'Server 1', accountId: 'home' });
});

it.each([
  ['listed now', 0, true],
  ['listed by a clock that is behind', -20_000, true],
  ['of an hour ago', -3_600_000, false],
  ['not to be read', null, false],
])(
  'a backup that somebody deleted while it was being made did not fail (deletion %s)',
  async (_what, offset, isDeleted) => {
    const { clock, facts, serverId, whats, listed, log } = aRunningServer();
    listed.activity =
      offset === null ? null : [{ at: clock.wall() + offset, backup: 'delete', name: 'First', by: 'anna' }];
    facts.emit({
      serverId,
      fact: { kind: 'backup', isSuccessful: false, backupId: null, sha1: null, bytes: 0 },
    });
    await clock.advance(3000);
    const by = { kind: 'person', name: 'anna' };
    expect(whats()).toEqual([
      { kind: 'backup', isSuccessful: false, ...(isDeleted ? { isDeleted, name: 'First', by } : {}) },
    ]);
    expect(log.recent.map(newsKind)).toEqual([isDeleted ? null : 'backup-failed']);
  },
);

it('failed backups of a watch that ends before the question to the panel are not logged, earlier backups are', async () => {
  const { clock, facts, serverId, events, whats } = aRunningServer();
  const failed = {
    serverId,
    fact: { kind: 'backup', isSuccessful: false, backupId: null, sha1: null, bytes: 0 },
  } as const;
  for (let count = 0; count < 3; count++) {
    facts.emit(failed);
    await clock.advance(1500);
  }
  expect(whats()).toHaveLength(2);
  events.stop();
  expect(clock.pending).toBe(0);
  await clock.advance(600_000);
  expect(whats()).toHaveLength(2);
});

it('a failed backup is not logged if the watch ends while the panel is asked', async () => {
  const clock = new FakeClock();
  const written: unknown[] = [];
  const past: EndedBackupsDeps['past'] = {
    write: (_server, what, at) => {
      written.push(what);
      return anEvent({ what, at });
    },
    amend: () => undefined,
  };
  const known = { originOf: () => ({}), takeRestoration: () => null };
  let answer: (activity: null) => void = () => undefined;
  const activityOf = () => new Promise<null>((resolve) => (answer = resolve));
  const backups = new EndedBackups({ clock, past, backups: known, activityOf });
  backups.unsuccessful(aServer(), { backupId: null });
  await clock.advance(3000);
  backups.stop();
  answer(null);
  await clock.advance(0);
  expect(written).toEqual([]);
});

it('facts about a removed server, or after the stop, are not logged', () => {
  const { facts, serverId, events, whats } = aRunningServer();
  facts.emit({
    serverId: 'home/gone',
    fact: { kind: 'backup', isSuccessful: true, backupId: null, sha1: null, bytes: 0 },
  });
  events.stop();
  facts.emit({
    serverId,
    fact: { kind: 'backup', isSuccessful: true, backupId: null, sha1: null, bytes: 0 },
  });
  expect(whats()).toEqual([]);
});

it('a restoration is one event, whether the node or the panel reports it first', async () => {
  const { facts, serverId, patch, clock, whats } = aRunningServer();
  const restored = { serverId, fact: { kind: 'restored' } } as const;
  facts.emit(restored);
  patch(serverId, { condition: 'restoring' });
  await clock.advance(5000);
  patch(serverId, { condition: 'normal' });
  expect(whats()).toEqual([{ kind: 'restored' }]);
  await clock.advance(600_000);
  patch(serverId, { condition: 'restoring' });
  patch(serverId, { condition: 'normal' });
  facts.emit(restored);
  expect(whats()).toEqual([{ kind: 'restored' }, { kind: 'restored' }]);
});

it('the panel names who began a backup, and whose backup failed', async () => {
  const { clock, facts, serverId, whats, listed, log } = aRunningServer();
  const ended = (isSuccessful: boolean, backupId: string) =>
    facts.emit({ serverId, fact: { kind: 'backup', isSuccessful, backupId, sha1: null, bytes: 0 } });
  const entry = (backup: 'start' | 'complete' | 'fail', name: string, ago: number, by: string | null) => ({
    at: clock.wall() - ago,
    backup,
    name,
    by,
  });
  listed.activity = [
    entry('complete', 'Nightly', 0, null),
    entry('fail', 'Noon', 0, null),
    entry('start', 'Nightly', 60_000, 'anna'),
    entry('start', 'Noon', 90_000, 'bert'),
    entry('start', 'Nightly', 86_400_000, 'carl'),
  ];
  ended(true, 'b1');
  ended(false, 'b2');
  expect(whats()).toEqual([{ kind: 'backup', isSuccessful: true, backupId: 'b1' }]);
  await clock.advance(3000);
  expect(whats()).toEqual([
    {
      kind: 'backup',
      isSuccessful: true,
      backupId: 'b1',
      name: 'Nightly',
      by: { kind: 'person', name: 'anna' },
    },
    {
      kind: 'backup',
      isSuccessful: false,
      backupId: 'b2',
      name: 'Noon',
      by: { kind: 'person', name: 'bert' },
    },
  ]);
  // The failed backup of somebody else is no trouble of this user.
  expect(log.recent.map(newsKind)).toEqual(['backup', 'backup']);
});

it('a backup of this user needs no question to the panel, and its failure is an alert', async () => {
  const { clock, facts, serverId, whats, origins, log } = aRunningServer();
  const by = { kind: 'me', bulk: false } as const;
  origins.set('b1', { name: 'Mine', by });
  facts.emit({
    serverId,
    fact: { kind: 'backup', isSuccessful: false, backupId: 'b1', sha1: null, bytes: 0 },
  });
  await clock.advance(3000);
  expect(whats()).toEqual([{ kind: 'backup', isSuccessful: false, backupId: 'b1', name: 'Mine', by }]);
  expect(log.recent.map(newsKind)).toEqual(['backup-failed']);
});

it('a backup that this user deletes while it is made is deleted, whatever the panel lists', async () => {
  const { clock, facts, serverId, whats, origins, listed, log } = aRunningServer();
  listed.activity = null;
  const by = { kind: 'me', bulk: false } as const;
  origins.set('b1', { name: 'Mine', by, isDeleted: true });
  facts.emit({
    serverId,
    fact: { kind: 'backup', isSuccessful: false, backupId: 'b1', sha1: null, bytes: 0 },
  });
  await clock.advance(3000);
  facts.emit({ serverId, fact: { kind: 'backup-deleted', backupId: 'b1' } });
  facts.emit({ serverId, fact: { kind: 'rule-stopped', backupId: 'b1', why: 'refused' } });
  expect(whats()).toEqual([
    { kind: 'backup', isSuccessful: false, isDeleted: true, backupId: 'b1', name: 'Mine', by },
    { kind: 'backup-deleted', backupId: 'b1', name: 'Mine', by },
    { kind: 'rule-stopped', why: 'refused', backupId: 'b1', name: 'Mine', by: { ...by, rule: true } },
  ]);
  expect(log.recent.map(newsKind)).toEqual([null, null, null]);
});

it('files that this user backed up to this computer are an event of their server', () => {
  const { facts, serverId, whats } = aRunningServer();
  facts.emit({ serverId, fact: { kind: 'files-copied', backupId: 'f1' } });
  expect(whats()).toEqual([{ kind: 'files-copied', backupId: 'f1', by: { kind: 'me', bulk: false } }]);
});

it.each([
  ['restore-complete', true],
  ['restore-failed', false],
] as const)('the panel says how a restoration ended: %s', async (backup, isSuccessful) => {
  const { clock, facts, serverId, whats, listed } = aRunningServer();
  listed.activity = [
    { at: clock.wall(), backup, name: 'Nightly', by: null },
    { at: clock.wall() - 20_000, backup: 'restore', name: 'Nightly', by: 'anna' },
  ];
  facts.emit({ serverId, fact: { kind: 'restored' } });
  await clock.advance(3000);
  expect(whats()).toEqual([
    { kind: 'restored', isSuccessful, name: 'Nightly', by: { kind: 'person', name: 'anna' } },
  ]);
});

it('a message to the players of several servers is one event of all of them', () => {
  const { facts, whats, log, ...rig } = aRunningServer();
  rig.addServer({ id: 'home/away' });
  const told = { kind: 'broadcast', text: 'Hello', failed: 1, by: { kind: 'me', bulk: true } } as const;
  const serverIds = [rig.serverId, 'home/away'];
  facts.emit({ serverId: rig.serverId, fact: { ...told, serverIds } });
  expect(whats()).toEqual([{ ...told, servers: 2 }]);
  expect(log.recent[0]).toMatchObject({
    serverId: rig.serverId,
    also: [{ accountId: 'home', serverId: 'home/away' }],
  });
});

it('missed planned backups of several servers are one event of all of them', () => {
  const { facts, whats, log, ...rig } = aRunningServer();
  const others = ['away', 'gone'].map((uuid) => `home/${uuid}`);
  rig.addServer({ id: 'home/away' });
  const problem = sentence('backups.none-allowed');
  const fact = {
    kind: 'plan-missed',
    why: 'refused',
    serverIds: [rig.serverId, ...others],
    problem,
  } as const;
  facts.emit({ serverId: rig.serverId, fact });
  expect(whats()).toEqual([{ kind: 'plan-missed', why: 'refused', servers: 3, problem }]);
  expect(log.recent[0]).toMatchObject({
    serverId: rig.serverId,
    also: [{ accountId: 'home', serverId: 'home/away' }],
  });
  const [event] = log.recent;
  expect(event && spoken(eventTitle(event))).toBe(
    'The planned backups of Server 1 and 2 other servers were missed',
  );
  expect(event && spoken(eventHow(event))).toBe(
    'Your host allows no backups of this server. Perch makes them now if you choose “Back up missed” above the table of servers.',
  );
});
