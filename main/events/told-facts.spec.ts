import { expect, it } from 'vitest';
import { newsKind } from '../../bridge/events/event-news.js';
import { anEventsRig } from '../../tests/support/events-rig.js';

function aServer() {
  const rig = anEventsRig();
  const serverId = rig.addServer({ power: 'running' });
  return { ...rig, serverId, whats: () => rig.log.recent.map(({ what }) => what) };
}

it('a finished or failed backup is an event of its server', async () => {
  const { clock, facts, serverId, whats, log } = aServer();
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
    const { clock, facts, serverId, whats, listed, log } = aServer();
    listed.activity = offset === null ? null : [{ at: clock.wall() + offset, deletes: 'backup', by: 'anna' }];
    facts.emit({ serverId, fact: { kind: 'backup', isSuccessful: false, backupId: null } });
    await clock.advance(3000);
    expect(whats()).toEqual([{ kind: 'backup', isSuccessful: false, ...(isDeleted ? { isDeleted } : {}) }]);
    expect(log.recent.map(newsKind)).toEqual([isDeleted ? null : 'backup']);
  },
);

it('facts about a removed server, or after the stop, are not logged', () => {
  const { facts, serverId, events, whats } = aServer();
  facts.emit({ serverId: 'home/gone', fact: { kind: 'backup', isSuccessful: true, backupId: null } });
  events.stop();
  facts.emit({ serverId, fact: { kind: 'backup', isSuccessful: true, backupId: null } });
  expect(whats()).toEqual([]);
});

it('a restoration is one event, whether the node or the panel reports it first', async () => {
  const { facts, serverId, patch, clock, whats } = aServer();
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
