import { describe, expect, it } from 'vitest';
import { withOneTimeAlert } from '../../bridge/alerts/alert-changes.js';
import type { AlertSettings, OneTimeAlert } from '../../bridge/schema/alerts.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import { anAccount, aServer, playersOnline, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { alertWishes } from '../../tests/support/a-notifier.js';
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
    const oneTimeAlerts = new OneTimeAlerts({ clock, store, settings, onAlert: (alert) => told.push(alert) });
    oneTimeAlerts.start();
    return oneTimeAlerts;
  };
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  const is = (power: PowerState | null, count: number | null = null, id = 'home/1'): void => {
    const name = `S${id.slice(-1)}`;
    const players = count === null ? null : playersOnline(count);
    store.apply([{ kind: 'server-upserted', server: aServer({ id, name, power, players }) }]);
  };
  const wish = (serverId: string, of: OneTimeAlert['when']): Promise<unknown> =>
    settings.update((now) => ({ alerts: withOneTimeAlert(now.alerts, serverId, of) }));
  const words = () => told.map(({ title, body }) => `${spoken(title)} | ${spoken(body)}`);
  return { clock, store, settings, start, is, wish, told, words };
}

describe('OneTimeAlerts', () => {
  it.each([
    ['up', 'running', /^S1 is up \| panel\.example\.com: At 12:00:/],
    ['stopped', 'offline', /^S1 has stopped \| panel\.example\.com: At 12:00:/],
  ] as const)(
    'reports once that the server is %s, although notifications are off',
    async (when, power, expected) => {
      const { clock, settings, start, is, words } = rig(when, { isOn: false });
      start();
      is(when === 'up' ? 'offline' : 'running');
      is(when === 'up' ? 'starting' : 'stopping');
      await clock.advance(10_000);
      expect(words()).toEqual([]);
      is(power);
      await clock.advance(10_000);
      expect(words()).toEqual([expect.stringMatching(expected)]);
      expect(settings.current.alerts.oneTimeAlerts).toEqual([]);
      is('starting');
      is('offline');
      await clock.advance(10_000);
      is('running');
      expect(words()).toHaveLength(1);
    },
  );

  it('starts the wait again after an interruption', async () => {
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

  it('tells once that no players are online, not if the number is unknown or players come back at once', async () => {
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
    expect(settings.current.alerts.oneTimeAlerts).toEqual([]);
  });

  it('reports once that somebody is online, and that all places are taken', async () => {
    const { start, is, wish, store, words } = rig('joined');
    await wish('home/2', 'full');
    start();
    is('running', 0);
    is('running', null);
    is('running', 1);
    is('running', 2);
    const full = (count: number, slots: number | null): void =>
      store.apply([
        {
          kind: 'server-upserted',
          server: aServer({
            id: 'home/2',
            name: 'S2',
            power: 'running',
            players: playersOnline(count, { slots }),
          }),
        },
      ]);
    full(20, null);
    full(0, 0);
    full(19, 20);
    expect(words()).toEqual([expect.stringMatching(/^Somebody is on S1 \|/)]);
    full(20, 20);
    full(21, 20);
    expect(words().slice(1)).toEqual([expect.stringMatching(/^S2 is full \|/)]);
  });

  it('waits for the end of the quiet hours, over a restart of Perch, and names the time of the event', async () => {
    const { clock, settings, start, is, words } = rig('up', { quietHours: { from: 11 * 60, to: 13 * 60 } });
    const first = start();
    is('running');
    await clock.advance(60_000);
    is('offline');
    expect(words()).toEqual([]);
    expect(settings.current.alerts.oneTimeAlerts).toHaveLength(1);
    first.stop();
    clock.setWall(new Date(2026, 0, 2, 12, 59, 0).getTime());
    start();
    await clock.advance(90_000);
    expect(words()).toEqual([expect.stringMatching(/^S1 is up \| panel\.example\.com: At 12:00:/)]);
  });

  it('tells once in a run although the settings cannot be written, and waits for a missing server', async () => {
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

  it('an alert names its server', async () => {
    const { start, is, told } = rig('up');
    start();
    is('running');
    expect(told[0]).toMatchObject({ accountId: 'home', serverIds: ['home/1'], kind: 'wish', phase: 'news' });
  });

  it('alerts of several servers each come at their time', async () => {
    const { clock, start, is, wish, words } = rig('stopped');
    await wish('home/2', 'empty');
    await wish('home/3', 'stopped');
    start();
    is('offline');
    is('running', 0, 'home/2');
    await clock.advance(5000);
    expect(words()).toEqual([expect.stringMatching(/^S1 has stopped/)]);
    await clock.advance(1000);
    is('offline', null, 'home/3');
    await clock.advance(3999);
    expect(words()).toHaveLength(1);
    await clock.advance(1);
    expect(words()[1]).toMatch(/^No players are online on S2/);
    await clock.advance(1000);
    expect(words()[2]).toMatch(/^S3 has stopped/);
    expect(clock.pending).toBe(0);
  });

  it('an alert with a short wait does not wait for one with a longer wait', async () => {
    const { clock, start, is, wish, words } = rig('empty');
    await wish('home/2', 'stopped');
    start();
    is('running', 0);
    await clock.advance(1000);
    is('offline', null, 'home/2');
    await clock.advance(5000);
    expect(words()).toEqual([expect.stringMatching(/^S2 has stopped/)]);
    await clock.advance(4000);
    expect(words()).toHaveLength(2);
  });

  it('an alert that is wanted again comes again, after the same wait', async () => {
    const { clock, start, is, wish, words } = rig('stopped');
    start();
    is('offline');
    await clock.advance(5000);
    expect(words()).toHaveLength(1);
    await wish('home/1', 'stopped');
    await clock.advance(4999);
    expect(words()).toHaveLength(1);
    await clock.advance(1);
    expect(words()).toHaveLength(2);
  });

  it('an alert that waits for the end of the quiet hours leaves the others as they are', async () => {
    const { clock, settings, start, is, wish, words } = rig('up', {
      quietHours: { from: 11 * 60, to: 13 * 60 },
    });
    await wish('home/1', 'empty');
    await wish('home/2', 'up');
    start();
    is('running', 3);
    is('offline', null, 'home/2');
    await clock.advance(1000);
    expect(settings.current.alerts.oneTimeAlerts.map(({ metAt }) => metAt === null)).toEqual([
      false,
      true,
      true,
    ]);
    clock.setWall(new Date(2026, 0, 2, 13, 0, 0).getTime());
    await clock.advance(30_000);
    expect(words()).toEqual([expect.stringMatching(/^S1 is up/)]);
  });

  it('no alert comes after the end', async () => {
    const { clock, start, is, words } = rig('stopped');
    const oneTimeAlerts = start();
    is('offline');
    oneTimeAlerts.stop();
    is('offline');
    await clock.advance(60_000);
    expect(words()).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
