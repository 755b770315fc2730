import { describe, expect, it } from 'vitest';
import { judge } from '../../bridge/rules/judge.js';
import type { Server } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aMoment } from '../../tests/support/rule-examples.js';
import { FleetStore } from '../fleet/store.js';
import { KnownServers } from './known-servers.js';

const minute = 60_000;

function known(fields: Partial<Server>, isProven = true) {
  const [clock, store] = [new FakeClock(), new FleetStore()];
  const paused = new Set<string>();
  const isPaused = (id: string) => paused.has(id);
  const servers = new KnownServers({ clock, store, isProven: () => isProven, isPaused, isBusy: () => false });
  servers.start();
  store.apply([
    { kind: 'account-upserted', account: anAccount({ id: 'home' }) },
    {
      kind: 'server-upserted',
      server: aServer({ id: 'home/1', accountId: 'home', power: 'running', ...fields }),
    },
  ]);
  const patch = (change: Partial<Server>) =>
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: change }]);
  return { clock, store, patch, paused, servers, of: (now = clock.now()) => servers.of('home/1', now) };
}

describe('the state of a server', () => {
  it('on a live node is the state at the moment of the question, also while the clock continues', () => {
    const { clock, of } = known({ link: { kind: 'live' } });
    const now = clock.now();
    clock.sleep(1);
    expect(of(now)?.power).toEqual({ value: 'running', source: 'node', seenAt: now });
    const moment = aMoment({ now, server: () => of(now) });
    expect(judge({ kind: 'state', on: null, is: ['running'] }, moment, 'home/1').verdict).toBe(true);
  });

  it('of a link that was live before a sleep is as old as the sleep, until the link is proven', async () => {
    const { clock, of, servers } = known({ link: { kind: 'live' } });
    await clock.advance(minute);
    const asleepAt = clock.now();
    clock.sleep(8 * minute);
    expect([of()?.power?.seenAt, servers.doubtMs]).toEqual([asleepAt, 15_000]);
    await clock.advance(5000);
    expect(of()?.power?.seenAt).toBe(asleepAt);
    await clock.advance(10_000);
    expect([of()?.power?.seenAt, servers.doubtMs]).toEqual([clock.now(), 0]);
  });

  it('of a socket that is not read, because a console floods its window, is as old as the last news', async () => {
    const players = { count: 0, slots: 20, source: 'console', seenAt: 5 } as const;
    const { clock, of, paused } = known({ link: { kind: 'live' }, players });
    const at = clock.now();
    await clock.advance(minute);
    expect(of()?.power?.seenAt).toBe(clock.now());
    paused.add('home/1');
    expect([of()?.power?.seenAt, of()?.figures.players?.seenAt]).toEqual([at, 5]);
  });

  it('that comes after a sleep is current', async () => {
    const { clock, of, patch } = known({ link: { kind: 'live' } });
    clock.sleep(8 * minute);
    await clock.advance(1000);
    patch({ power: 'offline' });
    expect(of()?.power).toEqual({ value: 'offline', source: 'node', seenAt: clock.now() });
  });

  it('of a polled server is as old as the last poll', async () => {
    const { clock, of } = known({ link: { kind: 'none' } });
    const at = clock.now();
    await clock.advance(3 * minute);
    expect(of()?.power).toEqual({ value: 'running', source: 'panel', seenAt: at });
  });

  it('after a signal of Perch is the state that came after the signal', async () => {
    const { clock, patch, of } = known({ link: { kind: 'live' } });
    const seenAt = clock.now();
    await clock.advance(minute);
    patch({ pending: { signal: 'stop', since: clock.now() } });
    expect(of()?.power?.seenAt).toBe(seenAt);
    await clock.advance(1000);
    patch({ power: 'stopping' });
    expect(of()?.power).toMatchObject({ value: 'stopping', seenAt: clock.now() });
  });

  it('before its node was lost is remembered, and a quiet live node is not lost', async () => {
    const { clock, patch, of } = known({ link: { kind: 'live' } });
    await clock.advance(60 * minute);
    expect(of()?.before).toBeNull();
    patch({ power: null, link: { kind: 'none' } });
    await clock.advance(10 * minute);
    expect(of()).toMatchObject({ power: null, before: { value: 'running' } });
    patch({ power: 'offline' });
    expect(of()).toMatchObject({ power: { value: 'offline' }, before: { value: 'running' } });
  });
});

describe('the number of players', () => {
  const players = { count: 0, slots: 20, source: 'query', seenAt: 5 } as const;

  it('has the age of its source', () => {
    expect(known({ players }).of()?.figures.players).toEqual({ value: 0, source: 'query', seenAt: 5 });
    const live = known({ players: { ...players, source: 'console' }, link: { kind: 'live' } });
    expect(live.of()?.figures.players?.seenAt).toBe(live.clock.now());
  });

  it('is unknown if a zero of the game proves nothing', () => {
    expect(known({ players }, false).of()?.figures.players).toBeUndefined();
    expect(known({ players: { ...players, count: 3 } }, false).of()?.figures.players?.value).toBe(3);
  });
});
