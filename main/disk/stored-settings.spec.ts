import { describe, expect, it } from 'vitest';
import { someSettings } from '../../tests/support/entities.js';
import { memoryOf } from './stored-memory.js';
import { readFields, type RawFields } from './stored-fields.js';
import { readSettings, settingsFormat } from './stored-settings.js';

const defaults = someSettings();
const visitsOf = (raw: RawFields): string[] =>
  (memoryOf(raw).visits ?? []).map(({ serverId, at }) => `${serverId} ${at}`);

describe('readSettings', () => {
  it('fills in missing fields', () => {
    const text = JSON.stringify({ version: 1, settings: { theme: 'dark' } });
    expect(readSettings(text)).toMatchObject({ fields: { ...defaults, theme: 'dark' }, isWhole: true });
  });

  it.each([
    [{ notifyCrash: false }, { isOn: false }],
    [{ notifyCrash: true }, {}],
    [{}, {}],
    [
      { notifyCrash: false, alerts: { slowStartMinutes: 3 } },
      { isOn: false, slowStartMinutes: 3 },
    ],
    [{ notifyCrash: false, alerts: 7 }, { isOn: false }],
  ])('turns the old switch for crashes into that for all notifications: %j', (settings, alerts) => {
    const stored = readSettings(JSON.stringify({ version: 1, settings }));
    expect(stored?.fields).toEqual({ ...defaults, alerts: { ...defaults.alerts, ...alerts } });
  });

  it.each([
    [{ recent: ['b', 'c', 'b'], visits: ['a', 'b'] }, ['b 2', 'c 0', 'a 1']],
    [{ visits: ['a', 'b'] }, ['a 1', 'b 2']],
    [{ recent: ['c'] }, ['c 0']],
    [{ recent: 7, visits: ['a'] }, ['a 1']],
    [{ recent: ['a', null], visits: ['b'] }, ['a 0', 'b 1']],
  ])('merges opened servers and their last visits into one list: %j', (old, expected) => {
    const visits = 'visits' in old ? old.visits.map((serverId, at) => ({ serverId, at: at + 1 })) : [];
    const stored = readSettings(JSON.stringify({ version: 2, settings: { ...old, visits } }));
    expect(stored?.isWhole).toBe(true);
    expect(visitsOf(stored?.raw ?? {})).toEqual(expected);
    expect(stored?.raw).not.toHaveProperty('recent');
  });

  it.each([
    [{ password: 'keychain' }, { password: 'lost', turn: 0 }],
    [
      { password: 'keychain', turn: 4 },
      { password: 'lost', turn: 4 },
    ],
    [
      { password: 'none', turn: 4 },
      { password: 'none', turn: 4 },
    ],
  ])('keeps the proxy, whose password was stored in another form: %j', (before, after) => {
    const place = { kind: 'http', host: 'proxy.example.com', port: 3128, user: 'ada', except: [] };
    const proxy = { use: 'own', own: { ...place, ...before } };
    const stored = readSettings(JSON.stringify({ version: 2, settings: { proxy } }));
    expect(stored?.isWhole).toBe(true);
    expect(stored?.fields.proxy).toEqual({ use: 'own', own: { ...place, ...after } });
  });

  it('reads one-time alerts under their old name, and prefers the new name', () => {
    const alert = (serverId: string) => ({ serverId, when: 'up', metAt: null });
    const read = (alerts: object) =>
      readSettings(JSON.stringify({ version: 3, settings: { alerts } }))?.fields.alerts.oneTimeAlerts;
    expect(read({ wishes: [alert('home/1')] })).toEqual([alert('home/1')]);
    expect(read({ wishes: [alert('home/1')], oneTimeAlerts: [alert('home/2')] })).toEqual([alert('home/2')]);
  });

  it('replaces only invalid fields', () => {
    const text = JSON.stringify({ version: 1, settings: { theme: 7, confirmStop: true, other: 1 } });
    expect(readSettings(text)).toMatchObject({
      fields: { ...defaults, confirmStop: true },
      isWhole: false,
    });
  });

  it('keeps the valid elements of a list', () => {
    const group = { id: 'g', name: 'Mine', isCollapsed: false, serverIds: ['home/1'] };
    const hurt = [
      { ...group, serverIds: ['home/1', 7] },
      { ...group, isCollapsed: 'yes' },
    ];
    const settings = { groups: [group, { id: 'h' }, 7, ...hurt], snippets: 'none', pins: ['home/2', null] };
    const stored = readSettings(JSON.stringify({ version: 1, settings }));
    expect(stored?.isWhole).toBe(false);
    expect(stored?.fields).toEqual({ ...defaults, groups: [group, group, group], pins: ['home/2'] });
  });

  it.each(['', '{', 'null', '[]', '{"version":"1"}', '{"version":1}', '{"version":99,"settings":{}}'])(
    'gives up on %j',
    (text) => {
      expect(readSettings(text)).toBeNull();
    },
  );

  it('walks through every version between', () => {
    const steps = {
      1: (old: Record<string, unknown>) => ({ dark: old['night'] }),
      2: (old: Record<string, unknown>) => ({ theme: old['dark'] === true ? 'dark' : 'light' }),
    };
    const text = JSON.stringify({ version: 1, settings: { night: true } });
    expect(readFields(text, { ...settingsFormat, migrations: steps })?.fields).toEqual({
      ...defaults,
      theme: 'dark',
    });
    expect(readFields(text, { ...settingsFormat, migrations: { 1: steps[1] } })).toBeNull();
  });
});
