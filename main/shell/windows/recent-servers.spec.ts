import { expect, it, vi } from 'vitest';
import type { Settings } from '../../../bridge/schema/settings.js';
import { someSettings } from '../../../tests/support/entities.js';
import type { SettingsUpdate } from '../../disk/settings.js';
import { RecentServers } from './recent-servers.js';

function setUp(...serverIds: string[]) {
  const settings = {
    current: someSettings({ visits: serverIds.map((serverId) => ({ serverId, at: 1 })) }),
    update: vi.fn((change: SettingsUpdate): Promise<Settings> => {
      const fields = typeof change === 'function' ? change(settings.current) : change;
      settings.current = { ...settings.current, ...fields } as Settings;
      return Promise.resolve(settings.current);
    }),
  };
  return settings;
}

const server = (serverId: string, tab?: 'events') =>
  ({ kind: 'server', serverId, ...(tab === undefined ? {} : { tab }) }) as const;

it('the last opened server comes first, with its time, and each server once', () => {
  const settings = setUp('home/1', 'home/2', 'home/3');
  new RecentServers(settings).show(1, server('home/2'), 7);
  expect(settings.current.visits).toEqual([
    { serverId: 'home/2', at: 7 },
    { serverId: 'home/1', at: 1 },
    { serverId: 'home/3', at: 1 },
  ]);
});

it('the time of the last look is kept behind the server that was opened next', () => {
  const settings = setUp();
  const recent = new RecentServers(settings);
  recent.show(1, server('home/1'), 2);
  recent.show(1, server('home/2'), 5);
  expect(settings.current.visits).toEqual([
    { serverId: 'home/2', at: 5 },
    { serverId: 'home/1', at: 5 },
  ]);
  recent.show(1, { kind: 'fleet' }, 9);
  expect(settings.current.visits[0]).toEqual({ serverId: 'home/2', at: 9 });
  expect(settings.update).toHaveBeenCalledTimes(3);
});

it('a new window does not count as a look at the server of the window before', () => {
  const settings = setUp();
  const recent = new RecentServers(settings);
  recent.show(1, server('home/1'), 2);
  recent.show(2, { kind: 'fleet' }, 9);
  expect(settings.current.visits).toEqual([{ serverId: 'home/1', at: 2 }]);
});

it('another tab of the same server, or a view of none, stores nothing', () => {
  const settings = setUp('home/1');
  const recent = new RecentServers(settings);
  recent.show(1, server('home/1'), 7);
  recent.show(1, server('home/1', 'events'), 8);
  expect(settings.update).not.toHaveBeenCalled();
});

it('a full disk is ignored', async () => {
  const settings = { current: someSettings(), update: vi.fn(() => Promise.reject(new Error('full'))) };
  new RecentServers(settings).show(1, server('home/1'), 7);
  await Promise.resolve();
  expect(settings.update).toHaveBeenCalledOnce();
});
