import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import type { KeptWindow } from '../../base/ports.js';
import { FleetStore } from '../../fleet/store.js';
import { WindowMemory } from './window-memory.js';

const bounds = { x: 10, y: 20, width: 1000, height: 700 };
const atServer = { kind: 'server', serverId: aServer().id, tab: 'events' } as const;

class FakeWindow extends EventEmitter {
  isDestroyed = () => false;
  isMaximized = () => false;
  getNormalBounds = () => bounds;
}

async function setUp(kept: KeptWindow | null = null) {
  const clock = new FakeClock();
  const store = new FleetStore();
  const save = vi.fn((_kept: KeptWindow) => Promise.resolve());
  const memory = new WindowMemory({ clock, store, file: { load: () => Promise.resolve(kept), save } });
  await memory.load();
  return { clock, store, save, memory };
}

function followed(memory: WindowMemory): FakeWindow {
  const window = new FakeWindow();
  memory.follow(window as unknown as BrowserWindow);
  return window;
}

describe('WindowMemory', () => {
  it('writes the place of a window at rest, and only changes', async () => {
    const { clock, save, memory } = await setUp();
    const window = followed(memory);
    for (let picture = 0; picture < 20; picture++) {
      window.emit('resize');
      await clock.advance(50);
    }
    expect(save).not.toHaveBeenCalled();
    await clock.advance(1000);
    expect(save.mock.calls).toEqual([[{ bounds, isMaximized: false, view: null }]]);
    window.emit('move');
    await clock.advance(1000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('keeps the size from before maximising', async () => {
    const { save, memory } = await setUp();
    const window = followed(memory);
    window.isMaximized = () => true;
    window.emit('maximize');
    await memory.stop();
    expect(save).toHaveBeenCalledWith({ bounds, isMaximized: true, view: null });
    expect(memory.place).toMatchObject({ bounds, isMaximized: true });
  });

  it('asks a destroyed window for no place', async () => {
    const { save, memory } = await setUp();
    const window = followed(memory);
    window.isDestroyed = () => true;
    window.emit('move');
    await memory.stop();
    expect(save).not.toHaveBeenCalled();
  });

  it('restores the last view', async () => {
    const { store, memory } = await setUp({ bounds, isMaximized: false, view: atServer });
    store.apply([{ kind: 'server-upserted', server: aServer() }]);
    expect(memory.view).toEqual(atServer);
    memory.setView({ kind: 'settings' });
    expect(memory.view).toEqual({ kind: 'settings' });
  });

  it('restores no removed server, and no onboarding', async () => {
    const { memory } = await setUp({ bounds: null, isMaximized: false, view: atServer });
    expect(memory.view).toBeNull();
    memory.setView({ kind: 'onboarding' });
    expect(memory.view).toBeNull();
  });

  it('leaves no timer behind', async () => {
    const { clock, memory } = await setUp();
    memory.setView({ kind: 'fleet' });
    await memory.stop();
    expect(clock.pending).toBe(0);
  });
});
