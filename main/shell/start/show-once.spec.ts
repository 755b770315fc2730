import { expect, it, vi } from 'vitest';
import { someSettings } from '../../../tests/support/entities.js';
import { settle } from '../../../tests/support/fake-clock.js';
import type { SettingsUpdate } from '../../disk/settings.js';
import { tellOnce } from './show-once.js';

it('a notice is shown once, and again only if that could not be stored', async () => {
  const settings = {
    current: someSettings(),
    isFull: true,
    update(change: SettingsUpdate) {
      if (this.isFull) return Promise.reject(new Error('full'));
      const fields = typeof change === 'function' ? change(this.current) : change;
      this.current = { ...this.current, ...fields } as typeof this.current;
      return Promise.resolve(this.current);
    },
  };
  const tell = vi.fn();
  tellOnce(settings, 'goes-on', tell);
  await settle();
  settings.isFull = false;
  tellOnce(settings, 'goes-on', tell);
  tellOnce(settings, 'goes-on', tell);
  expect(tell).toHaveBeenCalledTimes(2);
  expect(settings.current.told).toEqual(['goes-on']);
});
