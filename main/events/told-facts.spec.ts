import { expect, it } from 'vitest';
import { newsKind } from '../../bridge/events/event-news.js';
import { aServer } from '../../tests/support/entities.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { EndedBackups, type EndedBackupsDeps } from './ended-backups.js';

function aRunningServer() {
  const rig = anEventsRig();
  const serverId = rig.addServer({ power: 'running' });
  return { ...rig, serverId, whats: () => rig.log.recent.map(({ what }) => what) };
}

it('a finished or failed backup is an event of its server', async () => {
  const { clock, facts, serverId, whats, log } = aRunningServer();
  facts.emit({ serverId, fact: { kind: 'backup', isSuccessful: true, backupId: null } });
  facts.emit({ serverId, fact: { kind: 'backup', isSuccessful: false, backupId: null } });
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
    listed.activity = offset === null ? null : [{ at: clock.wall() + offset, deletes: 'backup', by: 'anna' }];
    facts.emit({ serverId, fact: { kind: 'backup', isSuccessful: false, backupId: null } });
    await clock.advance(3000);
    expect(whats()).toEqual([{ kind: 'backup', isSuccessful: false, ...(isDeleted ? { isDeleted } : {}) }]);
    expect(log.recent.map(newsKind)).toEqual([isDeleted ? null : 'backup']);
  },
);

it('failed backups of a watch that ends before the panel is asked are not logged, earlier ones are', async () => {
  const { clock, facts, serverId, events, whats } = aRunningServer();
  const failed = { serverId, fact: { kind: 'backup', isSuccessful: false, backupId: null } } as const;
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
  };
  let answer: (activity: null) => void = () => undefined;
  const activityOf = () => new Promise<null>((resolve) => (answer = resolve));
  const backups = new EndedBackups({ clock, past, activityOf });
  backups.unsuccessful(aServer());
  await clock.advance(3000);
  backups.stop();
  answer(null);
  await clock.advance(0);
  expect(written).toEqual([]);
});

it('facts about a removed server, or after the stop, are not logged', () => {
  const { facts, serverId, events, whats } = aRunningServer();
  facts.emit({ serverId: 'home/gone', fact: { kind: 'backup', isSuccessful: true, backupId: null } });
  events.stop();
  facts.emit({ serverId, fact: { kind: 'backup', isSuccessful: true, backupId: null } });
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
