import { describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../../bridge/schema/settings.js';
import { someSettings } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { Observable } from '../../base/observable.js';
import { GlobalShortcut } from './global-shortcut.js';

function setUp(first: Settings['shortcut'] = null) {
  const clock = new FakeClock();
  const kept = new Observable(someSettings({ shortcut: first }));
  const taken = new Map<string, () => void>();
  const others = new Set<string>();
  const keys = {
    register: vi.fn((text: string, run: () => void) => {
      if (text === 'Ctrl+Odd') throw new Error('no such key');
      if (others.has(text)) return false;
      taken.set(text, run);
      return true;
    }),
    unregister: vi.fn((text: string) => void taken.delete(text)),
  };
  const open = vi.fn();
  const shortcut = new GlobalShortcut({ clock, log: new FakeLog(), settings: kept, keys, open });
  shortcut.start();
  const wish = (next: Settings['shortcut']): void => kept.set(someSettings({ shortcut: next }));
  return { clock, shortcut, keys, taken, others, open, wish };
}

const popover = { keys: 'Ctrl+Alt+P', opens: 'popover' } as const;

describe('GlobalShortcut', () => {
  it('registers no keys until it has some', () => {
    const { shortcut, keys } = setUp();
    expect(keys.register).not.toHaveBeenCalled();
    expect(shortcut.current).toBe('none');
  });

  it('opens the view of the current settings', () => {
    const { shortcut, taken, open, wish } = setUp(popover);
    expect(shortcut.current).toBe('active');
    taken.get('Ctrl+Alt+P')?.();
    wish({ ...popover, opens: 'palette' });
    taken.get('Ctrl+Alt+P')?.();
    expect(open.mock.calls).toEqual([['popover'], ['palette']]);
  });

  it('releases the old keys', () => {
    const { taken, wish, shortcut } = setUp(popover);
    wish({ ...popover, keys: 'Super+P' });
    expect([...taken.keys()]).toEqual(['Super+P']);
    wish(null);
    expect(taken.size).toBe(0);
    expect(shortcut.current).toBe('none');
  });

  it('reports taken keys, and registers them as soon as they are free', async () => {
    const { clock, shortcut, others, wish } = setUp();
    others.add('Ctrl+Alt+P');
    wish(popover);
    expect(shortcut.current).toBe('taken');
    others.clear();
    await clock.advance(15_000);
    expect(shortcut.current).toBe('active');
    expect(clock.pending).toBe(0);
  });

  it('reports unreadable keys in the same way', () => {
    expect(setUp({ keys: 'Ctrl+Odd', opens: 'palette' }).shortcut.current).toBe('taken');
  });

  it('leaves no registration behind', () => {
    const { clock, shortcut, taken, others, wish } = setUp(popover);
    others.add('Super+P');
    wish({ ...popover, keys: 'Super+P' });
    shortcut.stop();
    expect(taken.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('keeps its keys when other settings change', () => {
    const { keys, wish } = setUp(popover);
    wish({ ...popover });
    expect(keys.register).toHaveBeenCalledOnce();
  });
});
