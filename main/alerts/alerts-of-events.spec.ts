/** Alerts of events that are written to the log directly. */
import { describe, expect, it } from 'vitest';
import type { AlertSettings } from '../../bridge/schema/alerts.js';
import type { Happening, HistoryEvent } from '../../bridge/schema/events.js';
import { someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { spoken } from '../../messages/messages.js';
import { EventLog, sortedIds, type EventDraft } from '../events/event-log.js';
import type { Alert } from './alert.js';
import { Alerts } from './alerts.js';

const minute = 60_000;
const crashed: Happening = { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'open' };
const staysDown: Happening = { ...crashed, aftermath: 'stays-down' };
const stopped: Happening = { kind: 'stopped', by: { kind: 'unknown' }, isKill: false };

function anAlertsOfLog() {
  const clock = new FakeClock();
  const log = new EventLog(clock, sortedIds('test'));
  const told: Alert[] = [];
  const withdrawn: string[] = [];
  const settings = { current: someSettings() };
  const well = { isWell: true };
  const alerts = new Alerts({
    clock,
    log,
    settings,
    nodeOf: (serverId) => (serverId.endsWith('-far') ? null : 'Node 1'),
    isWell: () => well.isWell,
    onAlert: (alert) => told.push(alert),
    onWithdrawn: (id) => withdrawn.push(id),
  });
  alerts.start();
  const add = (serverId: string | null, what: Happening, fields: Partial<EventDraft> = {}): HistoryEvent =>
    log.add({
      at: clock.now(),
      accountId: serverId?.split('/')[0] ?? 'home',
      serverId,
      panel: 'panel.example.com',
      server: serverId,
      what,
      lasts: false,
      ...fields,
    });
  const wants = (fields: Partial<AlertSettings>): void => {
    settings.current = someSettings({ alerts: { ...settings.current.alerts, ...fields } });
  };
  const words = () => told.map(({ title, body }) => `${spoken(title)} | ${spoken(body)}`);
  return { clock, log, told, withdrawn, well, alerts, add, wants, words };
}

describe('an alert of missed planned backups', () => {
  const what: Happening = { kind: 'plan-missed', why: 'closed', servers: 2 };
  const also = [{ accountId: 'home', serverId: 'home/2' }];
  const silenced = (serverId: string) => ({
    rules: [
      { scope: { kind: 'server', id: serverId } as const, switches: {}, isMuted: true, snoozedUntil: null },
    ],
  });

  it('names all servers', async () => {
    const { clock, add, told } = anAlertsOfLog();
    add('home/1', what, { also });
    await clock.advance(1000);
    expect(told.map(({ kind, serverIds }) => [kind, serverIds])).toEqual([
      ['backup-failed', ['home/1', 'home/2']],
    ]);
  });

  it('comes unless all of them are silenced', async () => {
    const { clock, add, told, wants } = anAlertsOfLog();
    wants(silenced('home/1'));
    add('home/1', what, { also });
    await clock.advance(1000);
    expect(told).toHaveLength(1);
    add('home/1', { ...what, servers: 1 });
    await clock.advance(1000);
    expect(told).toHaveLength(1);
  });
});

describe('an alert of an event', () => {
  it('names its servers, and none for a panel', async () => {
    const { clock, add, told } = anAlertsOfLog();
    add('home/1', crashed);
    add(null, { kind: 'key-refused' });
    await clock.advance(1000);
    expect(told.map(({ serverIds }) => serverIds).toSorted()).toEqual([[], ['home/1']]);
  });

  it('omits the panel if the panel has no name', async () => {
    const { clock, add, words } = anAlertsOfLog();
    add('home/1', crashed, { panel: '' });
    await clock.advance(1000);
    expect(words()).toEqual(['home/1 crashed | Its process ended with exit code 1.']);
  });

  it('names the panel and the servers of a node that went down together', async () => {
    const { clock, add, words } = anAlertsOfLog();
    for (const id of ['home/1', 'home/2', 'home/3']) add(id, crashed);
    await clock.advance(1000);
    expect(words()).toEqual(['3 servers on Node 1 went down | panel.example.com: home/1, home/2, home/3']);
  });

  it('is one alert each for three servers that their host suspends, with an end notice each', async () => {
    const { clock, log, add, words, wants } = anAlertsOfLog();
    wants({ switches: { suspended: true } });
    const [first] = ['home/1', 'home/2', 'home/3'].map((id) =>
      add(id, { kind: 'suspended' }, { lasts: true }),
    );
    await clock.advance(2 * minute);
    expect(words()).toHaveLength(3);
    log.end(first?.id ?? '', clock.now());
    expect(words()[3]).toBe('home/1 is no longer suspended | panel.example.com: After 2 min.');
  });

  it('gives the number of ends of a flapping server', async () => {
    const { clock, add, words } = anAlertsOfLog();
    for (let time = 0; time < 3; time++) {
      add('home/1', crashed);
      await clock.advance(1000);
    }
    expect(words()[1]).toMatch(/^home\/1 keeps crashing \| .*3 times/);
  });

  it("is not shown if the event is gone, or turns out to be the user's work, a moment later", async () => {
    const { clock, log, add, told } = anAlertsOfLog();
    add('home/1', crashed);
    const mine = add('work/1', stopped);
    await clock.advance(300);
    log.forget('home');
    log.amend(mine.id, { ...stopped, by: { kind: 'me', bulk: false } });
    await clock.advance(minute);
    expect(told).toEqual([]);
  });

  it('is shown if one of two accounts wants it, and not if the server is silenced through one', async () => {
    const { clock, add, told, wants } = anAlertsOfLog();
    const rule = { switches: {}, isMuted: false, snoozedUntil: null };
    const also = (serverId: string) => ({ also: [{ accountId: 'work', serverId }] });
    wants({
      rules: [
        { ...rule, scope: { kind: 'panel', id: 'home' }, switches: { crashed: false } },
        { ...rule, scope: { kind: 'server', id: 'work/2' }, isMuted: true },
      ],
    });
    add('home/1', crashed, also('work/1'));
    add('third/2', crashed, also('work/2'));
    await clock.advance(1000);
    expect(told.map(({ serverIds }) => serverIds)).toEqual([['home/1']]);
  });

  it('is shown again for a server that was removed and added within a minute', async () => {
    const { clock, add, words } = anAlertsOfLog();
    for (const id of ['home/1', 'home/2-far']) add(id, crashed);
    await clock.advance(1000);
    add('home/1', { kind: 'removed' });
    for (const id of ['home/1', 'home/2-far']) add(id, crashed);
    await clock.advance(1000);
    expect(words().filter((word) => word.includes(' crashed |'))).toHaveLength(3);
    expect(words().at(-1)).toMatch(/^home\/1 crashed/);
  });

  it('is not delayed by further events', async () => {
    const { clock, add, told } = anAlertsOfLog();
    add('home/1-far', crashed);
    await clock.advance(600);
    add('home/2-far', crashed);
    await clock.advance(100);
    expect(told.map(({ serverIds }) => serverIds)).toEqual([['home/1-far'], ['home/2-far']]);
  });

  it('is not shown after the end of the alerts', async () => {
    const { clock, add, told, alerts } = anAlertsOfLog();
    add('home/1', crashed);
    alerts.stop();
    alerts.stop();
    add('home/2', crashed);
    await clock.advance(minute);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('a server that stays down', () => {
  it('gets one alert if a damped crash turns into it', async () => {
    const { clock, log, add, words } = anAlertsOfLog();
    const first = add('home/1', crashed, { lasts: true });
    await clock.advance(5000);
    log.end(first.id, clock.now());
    const second = add('home/1', crashed, { lasts: true });
    await clock.advance(5000);
    log.amend(second.id, staysDown);
    await clock.advance(5 * minute);
    expect(words().map((word) => word.split(' |')[0])).toEqual([
      'home/1 crashed',
      'home/1 crashed and stays down',
    ]);
  });

  it('gets no deferred alert while notifications are off', async () => {
    const { clock, log, add, told, wants } = anAlertsOfLog();
    for (let time = 0; time < 2; time++) {
      const event = add('home/1', staysDown, { lasts: true });
      await clock.advance(5000);
      if (time === 0) log.end(event.id, clock.now());
    }
    wants({ isOn: false });
    await clock.advance(5 * minute);
    expect(told).toHaveLength(1);
  });
});

describe('the end of a trouble', () => {
  it.each([
    ['a minute', minute, 1],
    ['less than a minute', minute - 1, 0],
  ])('is shown after %s', async (_name, ms, shown) => {
    const { clock, log, add, told } = anAlertsOfLog();
    const one = add('home/1-far', crashed, { lasts: true });
    const many = ['work/1', 'work/2', 'work/3'].map((id) => add(id, crashed, { lasts: true }));
    await clock.advance(ms);
    for (const { id } of [one, ...many]) log.end(id, clock.now());
    expect(told.filter(({ phase }) => phase === 'over')).toHaveLength(shown * 2);
  });

  it('is not shown for many servers if the last is not well, or notifications are off by then', async () => {
    const { clock, log, add, told, well, wants, withdrawn } = anAlertsOfLog();
    const goDown = (account: string) =>
      [1, 2, 3].map((at) => add(`${account}/${at}`, crashed, { lasts: true }).id);
    const groups = [goDown('home'), goDown('work')];
    await clock.advance(5 * minute);
    well.isWell = false;
    for (const id of groups[0] ?? []) log.end(id, clock.now());
    well.isWell = true;
    wants({ isOn: false });
    for (const id of groups[1] ?? []) log.end(id, clock.now());
    expect(told.map(({ phase }) => phase)).toEqual(['news', 'news']);
    expect(withdrawn).toEqual([]);
  });

  it('is not shown, and withdraws no notification, if the trouble was not shown', async () => {
    const { clock, log, add, told, wants, withdrawn } = anAlertsOfLog();
    wants({ isOn: false });
    const [crash, outage] = [
      add('home/1', crashed, { lasts: true }),
      add(null, { kind: 'key-refused' }, { lasts: true }),
    ];
    await clock.advance(5 * minute);
    wants({ isOn: true });
    log.end(crash.id, clock.now());
    log.end(outage.id, clock.now());
    expect([told, withdrawn]).toEqual([[], []]);
  });

  it('is shown after a start of another server by the user, and not after a start of this one', async () => {
    const { clock, log, add, told } = anAlertsOfLog();
    const start: Happening = { kind: 'started', by: { kind: 'me', bulk: false }, upAt: null };
    const events = ['home/1-far', 'home/2-far'].map((id) => add(id, crashed, { lasts: true }));
    await clock.advance(5 * minute);
    add('home/2-far', start);
    add('work/1', start);
    for (const { id } of events) log.end(id, clock.now());
    expect(told.filter(({ phase }) => phase === 'over').map(({ serverIds }) => serverIds)).toEqual([
      ['home/1-far'],
    ]);
  });

  it('is shown if a server then went offline unseen with an unknown cause', async () => {
    const { clock, log, add, told } = anAlertsOfLog();
    const crash = add('home/1', crashed, { lasts: true });
    await clock.advance(5 * minute);
    add('home/1', { kind: 'went-offline', from: clock.now() });
    log.end(crash.id, clock.now());
    expect(told.map(({ phase }) => phase)).toContain('over');
  });
});

describe('an alert on display', () => {
  it.each([
    ['withdrawn', minute - 1, 1],
    ['kept', minute, 0],
  ])('of a stop is %s if it turns out to be a restart', async (_name, ms, withdrawals) => {
    const { clock, log, add, withdrawn } = anAlertsOfLog();
    const stop = add('home/1', stopped);
    await clock.advance(700);
    await clock.advance(ms - 700);
    add('home/2', crashed);
    await clock.advance(700);
    log.amend(stop.id, { kind: 'restarted', by: { kind: 'unknown' } });
    expect(withdrawn).toHaveLength(withdrawals);
  });

  it('of a lasting trouble is replaced by its end, also hours later', async () => {
    const { clock, log, add, told } = anAlertsOfLog();
    const crash = add('home/1', crashed, { lasts: true });
    await clock.advance(120 * minute);
    add('home/2', crashed);
    await clock.advance(1000);
    log.end(crash.id, clock.now());
    expect(told.at(-1)).toMatchObject({ id: crash.id, phase: 'over' });
  });

  it('goes with its account, except for an event that another account shares, and the crash count starts again', async () => {
    const { clock, log, add, told, withdrawn, alerts } = anAlertsOfLog();
    const own = add('home/1-far', crashed);
    add('work/1-far', crashed);
    add('home/2-far', crashed, { also: [{ accountId: 'work', serverId: 'work/2-far' }] });
    await clock.advance(1000);
    log.forget('home');
    alerts.forget('home');
    expect(withdrawn).toEqual([own.id]);
    add('home/1-far', crashed);
    add('work/1-far', crashed);
    await clock.advance(1000);
    expect(told.slice(3).map(({ serverIds }) => serverIds)).toEqual([['home/1-far']]);
  });
});
