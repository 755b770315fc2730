import { expect, it, vi } from 'vitest';
import type { Settings } from '../../bridge/settings.js';
import { someSettings } from '../../tests/support/entities.js';
import type { SettingsUpdate } from '../disk/settings.js';
import { noteOpened } from './recent-servers.js';

function setUp(recent: string[]) {
  const settings = {
    current: someSettings({ recent }),
    update: vi.fn((change: SettingsUpdate): Promise<Settings> => {
      const fields = typeof change === 'function' ? change(settings.current) : change;
      settings.current = { ...settings.current, ...fields } as Settings;
      return Promise.resolve(settings.current);
    }),
  };
  return settings;
}

it('remembers ten servers, the one opened last first and each once', () => {
  const settings = setUp(Array.from({ length: 10 }, (_, at) => `home/${at}`));
  noteOpened(settings, { kind: 'server', serverId: 'home/4' });
  expect(settings.current.recent.map((id) => id.slice(5)).join('')).toBe('4012356789');
  noteOpened(settings, { kind: 'server', serverId: 'home/new' });
  expect(settings.current.recent).toHaveLength(10);
  expect(settings.current.recent.slice(0, 2)).toEqual(['home/new', 'home/4']);
});

it('stores nothing for another tab of the same server, or a view of none', () => {
  const settings = setUp(['home/1']);
  noteOpened(settings, { kind: 'server', serverId: 'home/1', tab: 'events' });
  noteOpened(settings, { kind: 'fleet' });
  expect(settings.update).not.toHaveBeenCalled();
});

it('lets a disk that is full be', async () => {
  const settings = { current: someSettings(), update: vi.fn(() => Promise.reject(new Error('full'))) };
  noteOpened(settings, { kind: 'server', serverId: 'home/1' });
  await Promise.resolve();
  expect(settings.update).toHaveBeenCalledOnce();
});
