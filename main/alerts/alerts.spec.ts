import { describe, expect, it } from 'vitest';
import type { ServerPatch } from '../../bridge/changes.js';
import type { Alert } from '../../bridge/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { Alerts } from './alerts.js';

function rig() {
  const clock = new FakeClock();
  const store = new FleetStore();
  const told: Alert[] = [];
  const alerts = new Alerts({ store, clock, onAlert: (alert) => told.push(alert) });
  alerts.start();
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  const add = (id: string, crashedAt: number | null = null) =>
    store.apply([{ kind: 'server-upserted', server: aServer({ id, crashedAt }) }]);
  const patch = (serverId: string, fields: ServerPatch) =>
    store.apply([{ kind: 'server-patched', serverId, patch: fields }]);
  const crash = (serverId: string) => patch(serverId, { crashedAt: clock.now(), power: 'offline' });
  return { clock, store, told, alerts, add, patch, crash };
}

describe('Alerts', () => {
  it('tells each crash once, whatever changes afterwards', () => {
    const { told, add, patch, crash } = rig();
    add('home/1');
    crash('home/1');
    patch('home/1', { crash: { exitCode: 1, outOfMemory: false } });
    patch('home/1', { problem: null, power: 'starting' });
    patch('home/1', { crashedAt: null, power: 'running' });
    expect(told.map((alert) => alert.serverId)).toEqual(['home/1']);
  });

  it('tells nothing of servers that were crashed when they came into view', () => {
    const { told, add } = rig();
    add('home/1', 5);
    add('home/1', 5);
    expect(told).toEqual([]);
  });

  it('tells a server that flaps once a minute, others at once', async () => {
    const { clock, told, add, crash } = rig();
    add('home/1');
    add('home/2');
    for (let second = 0; second < 61; second += 10) {
      crash('home/1');
      await clock.advance(10_000);
    }
    crash('home/2');
    expect(told.map((alert) => alert.serverId)).toEqual(['home/1', 'home/1', 'home/2']);
  });

  it('forgets when it told of a server that is gone: one that comes back is told of at once', () => {
    const { store, told, add, crash } = rig();
    add('home/1');
    crash('home/1');
    store.apply([{ kind: 'server-removed', serverId: 'home/1' }]);
    add('home/1');
    crash('home/1');
    expect(told).toHaveLength(2);
  });

  it('tells of a crash that comes with the whole server', () => {
    const { told, add } = rig();
    add('home/1');
    add('home/1', 5);
    expect(told).toHaveLength(1);
  });

  it('tells each alert once, however often it is started', () => {
    const { told, alerts, add, crash } = rig();
    alerts.start();
    add('home/1');
    crash('home/1');
    expect(told).toHaveLength(1);
    alerts.stop();
    alerts.start();
    add('home/2');
    crash('home/2');
    expect(told).toHaveLength(2);
  });

  it('tells nothing once it is stopped', () => {
    const { told, alerts, add, crash } = rig();
    add('home/1');
    alerts.stop();
    crash('home/1');
    expect(told).toEqual([]);
  });
});
