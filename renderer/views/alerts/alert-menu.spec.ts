import { describe, expect, it, vi } from 'vitest';
import type { AlertScope, AlertSettings } from '../../../bridge/schema/alerts.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { aServer, playersOnline, someSettings } from '../../../tests/support/entities.js';
import { alertItems } from './alert-menu.js';
import { silenceOf } from './silence.js';

const wall = new Date(2026, 0, 2, 12).getTime();

function rig(server: Server | null = aServer({ id: 'home/1', power: 'offline' }), scopes?: AlertScope[]) {
  const ask = vi.fn();
  const all = {
    settings: someSettings(),
    ask,
    items: () =>
      alertItems({
        settings: all.settings,
        wall,
        scopes: scopes ?? [{ kind: 'server', id: 'home/1' }],
        ...(server === null ? {} : { server }),
        change: (change: (alerts: AlertSettings) => AlertSettings) =>
          (all.settings = { ...all.settings, alerts: change(all.settings.alerts) }),
        ask,
      }).filter((item) => item.kind === 'action'),
    press: (testid: string) =>
      all
        .items()
        .find((item) => item.testid === testid)
        ?.run(),
    checked: () =>
      all
        .items()
        .filter(({ checked }) => checked === true)
        .map(({ label }) => label),
    silence: () => silenceOf(all.settings, { id: 'home/1', accountId: 'home' }, wall),
  };
  return all;
}

describe('alertItems', () => {
  it.each([
    ['alerts-mute', 'Mute', 'Muted'],
    ['alerts-hour', 'Snooze for 1 hour', 'Snoozed until 13:00'],
    ['alerts-tomorrow', 'Snooze until tomorrow, 08:00', 'Snoozed until Jan 3, 2026, 08:00'],
    ['alerts-back', 'Snooze until it is back', 'Snoozed until it is back'],
  ])('%s is shown as chosen until it is on again', (testid, label, silence) => {
    const { press, checked, silence: shown } = rig();
    expect([checked(), shown()]).toEqual([['On'], null]);
    press(testid);
    expect([checked(), shown()]).toEqual([[label], silence]);
    press('alerts-on');
    expect([checked(), shown()]).toEqual([['On'], null]);
  });

  it('requests one alert for a server that is up, until it is cancelled', () => {
    const { press, checked } = rig();
    press('alerts-when-up');
    expect(checked()).toEqual(['On', 'Notify me once when it’s up']);
    press('alerts-when-up');
    expect(checked()).toEqual(['On']);
  });

  it('offers no condition that is already true', () => {
    const blocked = (power: Server['power']) =>
      rig(aServer({ id: 'home/1', power }))
        .items()
        .filter((item) => item.blocked !== null && item.blocked !== undefined)
        .map(({ testid }) => testid);
    expect(blocked('running')).toEqual(['alerts-back', 'alerts-when-up', 'alerts-when-empty']);
    expect(blocked('offline')).toEqual(['alerts-when-stopped', 'alerts-when-empty']);
    expect(blocked(null)).toEqual(['alerts-when-empty']);
  });

  it.each<[string, Partial<Server>, string | null]>([
    ['players are on it', { players: playersOnline(2) }, null],
    ['nobody is on it', { players: playersOnline(0) }, 'No players are online.'],
    ['nobody knows', { players: null }, expect.stringContaining('In Minecraft, send list.') as string],
    [
      'its console is not followed',
      { link: { kind: 'none' } },
      expect.stringContaining('not connected') as string,
    ],
    ['it does not run', { power: 'offline' }, 'It is not running.'],
  ])('requests one alert for an empty server, if the players are known: %s', (_what, fields, why) => {
    const server = aServer({ id: 'home/1', power: 'running', link: { kind: 'live' }, ...fields });
    const { items, press, checked } = rig(server);
    const item = () => items().find(({ testid }) => testid === 'alerts-when-empty');
    expect(item()?.blocked).toEqual(why);
    press('alerts-when-empty');
    expect(checked()).toContain('Notify me once when it’s empty');
    // A pending one-time alert can be cancelled in any state.
    expect(item()?.blocked).toBeNull();
  });

  it.each<[string, Partial<Server>, joined: string | null, full: string | null]>([
    ['is empty', { players: playersOnline(0, { slots: 20 }) }, null, null],
    ['has players', { players: playersOnline(2, { slots: 20 }) }, 'Somebody is online.', null],
    ['is full', { players: playersOnline(20, { slots: 20 }) }, 'Somebody is online.', 'It is full.'],
    [
      'tells no limit',
      { players: playersOnline(0) },
      null,
      expect.stringContaining('does not know the number of places') as string,
    ],
    ['is not known', { players: null }, null, null],
    ['does not run', { power: 'offline' }, null, null],
  ])('requests one alert for players of a server that %s', (_what, fields, joined, full) => {
    const { items } = rig(aServer({ id: 'home/1', power: 'running', ...fields }));
    const blocked = (when: string) => items().find(({ testid }) => testid === `alerts-when-${when}`)?.blocked;
    expect([blocked('joined'), blocked('full')]).toEqual([joined, full]);
  });

  it('applies to several scopes, and asks for kinds for one only', () => {
    const two: AlertScope[] = ['home/1', 'home/2'].map((id) => ({ kind: 'server', id }));
    const many = rig(null, two);
    many.press('alerts-mute');
    expect(many.settings.alerts.rules.map(({ scope }) => scope)).toEqual(two);
    many.press('alerts-kinds');
    expect(many.ask).not.toHaveBeenCalled();
    const one = rig(null);
    one.press('alerts-kinds');
    expect(one.ask).toHaveBeenCalledExactlyOnceWith({ kind: 'server', id: 'home/1' });
  });
});
