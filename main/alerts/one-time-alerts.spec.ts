import { describe, expect, it } from 'vitest';
import { withOneTimeAlert } from '../../bridge/alerts/alert-changes.js';
import type { AlertSettings, OneTimeAlert } from '../../bridge/schema/alerts.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { alertWishes } from '../../tests/support/told-alerts.js';
import { spoken } from '../../messages/messages.js';
import { FleetStore } from '../fleet/store.js';
import type { Alert } from './alert.js';
import { OneTimeAlerts } from './one-time-alerts.js';

function rig(when: OneTimeAlert['when'], fields: Partial<AlertSettings> = {}) {
  const clock = new FakeClock();
  clock.setWall(new Date(2026, 0, 2, 12, 0, 0).getTime());
  const store = new FleetStore();
  const told: Alert[] = [];
  const alerts = { ...someSettings().alerts, ...fields };
  const settings = alertWishes({ alerts: withOneTimeAlert(alerts, 'home/1', when) });
  const start = (): OneTimeAlerts => {
    const wishes = new OneTimeAlerts({ clock, store, settings, onAlert: (alert) => told.push(alert) });
    wishes.start();
    return wishes;
  };
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  const is = (power: PowerState | null, players: number | null = null): void =>
    store.apply([{ kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'S1', power, players }) }]);
  const words = () => told.map(({ title, body }) => `${spoken(title)} | ${spoken(body)}`);
  return { clock, store, settings, start, is, told, words };
}

describe('Wishes', () => {
  it.each([
    ['up', 'running', /^S1 is up \| panel\.example\.com: At 12:00:/],
    ['stopped', 'offline', /^S1 has stopped \| panel\.example\.com: At 12:00:/],
  ] as const)('tells once that it is %s, though notifications are off', async (when, power, expected) => {
    const { clock, settings, start, is, words } = rig(when, { isOn: false });
    start();
    is(when === 'up' ? 'offline' : 'running');
    is(when === 'up' ? 'starting' : 'stopping');
    await clock.advance(10_000);
    expect(words()).toEqual([]);
    is(power);
    await clock.advance(10_000);
    expect(words()).toEqual([expect.stringMatching(expected)]);
    expect(settings.current.alerts.wishes).toEqual([]);
    is('starting');
    is('offline');
    await clock.advance(10_000);
    is('running');
    expect(words()).toHaveLength(1);
  });

  it('begins to wait anew where it was not so meanwhile', async () => {
    const { clock, start, is, words } = rig('stopped');
    start();
    is('offline');
    await clock.advance(4000);
    is('running');
    await clock.advance(60_000);
    is('offline');
    await clock.advance(4999);
    expect(words()).toEqual([]);
    await clock.advance(1);
    expect(words()).toHaveLength(1);
  });

  it('a restart is no stop', async () => {
    const { clock, start, is, words } = rig('stopped');
    start();
    for (const power of ['stopping', 'offline', 'starting', 'running', 'stopping', 'offline'] as const) {
      is(power);
      await clock.advance(3000);
    }
    expect(words()).toEqual([]);
    await clock.advance(10_000);
    expect(words()).toHaveLength(1);
  });

  it('tells once that no players are online, not where nobody knows, nor where they come back at once', async () => {
    const { clock, settings, start, is, words } = rig('empty');
    start();
    is('running', 2);
    is('running', null);
    await clock.advance(20_000);
    is('running', 0);
    await clock.advance(9000);
    is('running', 1);
    await clock.advance(20_000);
    is('offline', 0);
    await clock.advance(20_000);
    expect(words()).toEqual([]);
    is('running', 0);
    await clock.advance(10_000);
    expect(words()).toEqual([
      expect.stringMatching(/^No players are online on S1 \| panel\.example\.com: At 12:01:/),
    ]);
    expect(settings.current.alerts.wishes).toEqual([]);
  });

  it('waits for the end of the quiet hours, over a restart of Perch, and says when it was', async () => {
    const { clock, settings, start, is, words } = rig('up', { quietHours: { from: 11 * 60, to: 13 * 60 } });
    const first = start();
    is('running');
    await clock.advance(60_000);
    is('offline');
    expect(words()).toEqual([]);
    expect(settings.current.alerts.wishes).toHaveLength(1);
    first.stop();
    clock.setWall(new Date(2026, 0, 2, 12, 59, 0).getTime());
    start();
    await clock.advance(90_000);
    expect(words()).toEqual([expect.stringMatching(/^S1 is up \| panel\.example\.com: At 12:00:/)]);
  });

  it('is told once in a run though the settings can not be written, and waits for a server that is gone', async () => {
    const { clock, settings, start, is, words, store } = rig('up');
    settings.update = () => Promise.reject(new Error('The disk is full.'));
    start();
    is('offline');
    store.apply([{ kind: 'server-removed', serverId: 'home/1' }]);
    await clock.advance(1000);
    is('running');
    is('offline');
    is('running');
    await clock.advance(1000);
    expect(words()).toHaveLength(1);
  });
});
