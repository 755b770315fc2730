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

it('has the one opened last first, with when that was, and each once', () => {
  const settings = setUp('home/1', 'home/2', 'home/3');
  new RecentServers(settings).show(1, server('home/2'), 7);
  expect(settings.current.visits).toEqual([
    { serverId: 'home/2', at: 7 },
    { serverId: 'home/1', at: 1 },
    { serverId: 'home/3', at: 1 },
  ]);
});

it('notes until when one was looked at, behind the one that is opened from it', () => {
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

it('takes a window that is opened anew for no look at what the one before had shown', () => {
  const settings = setUp();
  const recent = new RecentServers(settings);
  recent.show(1, server('home/1'), 2);
  recent.show(2, { kind: 'fleet' }, 9);
  expect(settings.current.visits).toEqual([{ serverId: 'home/1', at: 2 }]);
});

it('stores nothing for another tab of the same server, or a view of none', () => {
  const settings = setUp('home/1');
  const recent = new RecentServers(settings);
  recent.show(1, server('home/1'), 7);
  recent.show(1, server('home/1', 'events'), 8);
  expect(settings.update).not.toHaveBeenCalled();
});

it('lets a disk that is full be', async () => {
  const settings = { current: someSettings(), update: vi.fn(() => Promise.reject(new Error('full'))) };
  new RecentServers(settings).show(1, server('home/1'), 7);
  await Promise.resolve();
  expect(settings.update).toHaveBeenCalledOnce();
});
