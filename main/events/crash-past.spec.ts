import { describe, expect, it } from 'vitest';
import type { Happening } from '../../bridge/schema/events.js';
import { aServerThatRuns } from '../../tests/support/running-server-rig.js';

const crashed = { kind: 'crashed', exitCode: 1, outOfMemory: false } as const;

describe('a logged crash', () => {
  it('is open for ten seconds, and then stays down', async () => {
    const { clock, crash, whats } = aServerThatRuns();
    crash();
    await clock.advance(9999);
    expect(whats()).toEqual([{ ...crashed, aftermath: 'open' }]);
    await clock.advance(1);
    expect(whats()).toEqual([{ ...crashed, aftermath: 'stays-down' }]);
  });

  it('has the cause that the console names, and no exit code if none is known', () => {
    const { clock, patch, whats } = aServerThatRuns();
    patch({ fixIt: { kind: 'java', at: 1, lines: [] } });
    patch({ power: 'offline', crashedAt: clock.now(), crash: null });
    const what = { kind: 'crashed', exitCode: null, outOfMemory: false, aftermath: 'open', reason: 'java' };
    expect(whats()).toEqual([what]);
  });

  it('names the plugin, mod or file of the cause', () => {
    const { clock, patch, whats } = aServerThatRuns();
    patch({ fixIt: { kind: 'plugin-dependency', at: 1, about: 'Vault', lines: [] } });
    patch({ power: 'offline', crashedAt: clock.now(), crash: null });
    expect(whats()).toMatchObject([{ reason: 'plugin-dependency', about: 'Vault' }]);
  });

  it('takes over a cause that is found after the crash, and keeps it once the finding goes', () => {
    const { crash, patch, whats } = aServerThatRuns();
    crash();
    patch({ fixIt: { kind: 'mod-load', at: 1, about: 'owls', lines: [] } });
    expect(whats()).toMatchObject([{ reason: 'mod-load', about: 'owls' }]);
    patch({ fixIt: null });
    expect(whats()).toMatchObject([{ reason: 'mod-load', about: 'owls' }]);
  });

  it('gets its details later, without a second event', async () => {
    const { patch, crash, whats } = aServerThatRuns();
    crash({ exitCode: null });
    patch({ crash: { exitCode: 137, outOfMemory: true } });
    expect(whats()).toEqual([{ kind: 'crashed', exitCode: 137, outOfMemory: true, aftermath: 'open' }]);
    patch({ power: 'starting' });
    patch({ crash: { exitCode: 9, outOfMemory: false } });
    expect(whats()).toEqual([{ ...crashed, exitCode: 9, aftermath: 'starting' }]);
    patch({ power: 'offline' });
    patch({ crash: { exitCode: 8, outOfMemory: false } });
    expect(whats()).toMatchObject([{ exitCode: 8, aftermath: 'starting' }]);
    patch({ crash: { exitCode: 8, outOfMemory: false, isGivenUp: true } });
    expect(whats()).toMatchObject([{ aftermath: 'stays-down' }]);
  });

  it('gets no further details once it has ended', () => {
    const { patch, crash, whats } = aServerThatRuns();
    crash();
    patch({ power: 'starting' });
    patch({ power: 'running', crashedAt: null, crash: null });
    const before = whats();
    patch({ crash: { exitCode: 5, outOfMemory: false } });
    expect(whats()).toEqual(before);
    expect(before).toEqual([{ ...crashed, aftermath: 'up' }]);
  });

  it('does not become a server that stays down if the server starts within ten seconds', async () => {
    const { clock, crash, power, whats } = aServerThatRuns();
    crash();
    await clock.advance(9000);
    power('starting');
    await clock.advance(60_000);
    expect(whats()).toEqual([{ ...crashed, aftermath: 'starting' }]);
  });

  it('has ended if its lines came after the server was up again', () => {
    const { clock, log, patch, whats } = aServerThatRuns();
    patch({ crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } });
    patch({ crashedAt: null, crash: null });
    expect(whats()).toEqual([{ ...crashed, aftermath: 'up' }]);
    expect(log.recent[0]?.endedAt).toBe(clock.wall());
  });

  it.each(['starting', 'offline'] as const)(
    'ends without an aftermath if the mark disappears while the server is %s',
    async (power) => {
      const { clock, log, crash, patch } = aServerThatRuns();
      crash();
      await clock.advance(20_000);
      patch({ power, crashedAt: null, crash: null });
      expect(log.recent[0]).toMatchObject({ what: { aftermath: 'stays-down' }, endedAt: clock.wall() });
      await clock.advance(60_000);
      expect(log.lastingOf(log.recent[0]?.serverId ?? '')).toEqual([]);
    },
  );

  it.each([
    ['running', 'up'],
    ['offline', 'open'],
  ] as const)('of a server that its host closes ends with the mark, %s', (power, aftermath) => {
    const { log, crash, patch } = aServerThatRuns();
    crash();
    patch({ condition: 'installing' });
    expect(log.recent[0]?.endedAt).toBeNull();
    patch({ power, crashedAt: null, crash: null });
    const event = log.recent.find(({ what }) => what.kind === 'crashed');
    expect(event).toMatchObject({ what: { aftermath }, endedAt: expect.any(Number) as number });
  });

  it('for an unobserved end ends when the server is up again', async () => {
    const { clock, log, patch } = aServerThatRuns();
    const to = clock.now();
    const unseen = { what: 'offline' as const, from: to - 30_000, to };
    patch({ power: 'offline', crashedAt: to, crash: { exitCode: null, outOfMemory: false, unseen } });
    await clock.advance(60_000);
    expect(log.recent).toMatchObject([{ what: { kind: 'went-offline' }, endedAt: null }]);
    patch({ power: 'running', crashedAt: null, crash: null });
    expect(log.recent[0]).toMatchObject({ endedAt: clock.wall() });
  });

  it.each([
    [4999, 1],
    [5000, 2],
  ])('of an earlier run is not logged again within five seconds (%i ms: %i)', (ms, count) => {
    const { clock, log, patch, id, whats } = aServerThatRuns({ power: 'offline' });
    const what: Happening = { ...crashed, aftermath: 'open' };
    const place = { accountId: 'home', serverId: id, panel: '', server: '' };
    log.add({ ...place, at: clock.now() - 60_000, what, lasts: true });
    patch({ crashedAt: clock.now() - 60_000 + ms, crash: { exitCode: 1, outOfMemory: false } });
    expect(whats()).toHaveLength(count);
  });
});
