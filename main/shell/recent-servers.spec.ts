import { expect, it, vi } from 'vitest';
import type { Settings } from '../../bridge/settings.js';
import { someSettings } from '../../tests/support/entities.js';
import type { SettingsUpdate } from '../disk/settings.js';
import { noteOpened } from './recent-servers.js';

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

it('has the one opened last first, with when that was, and each once', () => {
  const settings = setUp('home/1', 'home/2', 'home/3');
  noteOpened(settings, { kind: 'server', serverId: 'home/2' }, 7);
  expect(settings.current.visits).toEqual([
    { serverId: 'home/2', at: 7 },
    { serverId: 'home/1', at: 1 },
    { serverId: 'home/3', at: 1 },
  ]);
});

it('stores nothing for another tab of the same server, or a view of none', () => {
  const settings = setUp('home/1');
  noteOpened(settings, { kind: 'server', serverId: 'home/1', tab: 'events' }, 7);
  noteOpened(settings, { kind: 'fleet' }, 7);
  expect(settings.update).not.toHaveBeenCalled();
});

it('lets a disk that is full be', async () => {
  const settings = { current: someSettings(), update: vi.fn(() => Promise.reject(new Error('full'))) };
  noteOpened(settings, { kind: 'server', serverId: 'home/1' }, 7);
  await Promise.resolve();
  expect(settings.update).toHaveBeenCalledOnce();
});
