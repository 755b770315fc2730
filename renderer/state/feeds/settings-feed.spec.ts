import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../../bridge/schema/wire.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { SettingsFeed } from './settings-feed.svelte.js';

const full: Problem = {
  code: 'internal',
  message: verbatim('The disk is full.'),
  next: verbatim('Make room.'),
};

/** Main that answers each change on the spec's command, and stores accepted changes. */
class SlowMain extends FakeBridge {
  disk = someSettings();
  #open: ((problem: Problem | null) => void)[] = [];

  override call(name: string, input: unknown): Promise<Envelope> {
    this.calls.push({ name, input });
    return new Promise((resolve) => {
      this.#open.push((problem) => {
        if (problem === null) this.disk = { ...this.disk, ...(input as Partial<Settings>) };
        resolve(problem === null ? { ok: true, value: this.disk } : { ok: false, error: problem });
      });
    });
  }

  async reply(problem: Problem | null = null): Promise<void> {
    this.#open.shift()?.(problem);
    await turns();
  }

  get waiting(): number {
    return this.#open.length;
  }
}

const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pin = (id: string) => (now: Settings) => ({ pins: [...now.pins, id] });

function setUp() {
  const bridge = new SlowMain();
  const settings = new SettingsFeed(new PerchClient(bridge));
  settings.start();
  bridge.snapshot('settings', bridge.disk);
  return { bridge, settings };
}

describe('SettingsFeed', () => {
  it('loses none of many changes that come faster than main writes', async () => {
    const { bridge, settings } = setUp();
    const ids = Array.from({ length: 20 }, (_, at) => `home/${at}`);
    for (const [at, id] of ids.entries()) {
      void settings.change(pin(id));
      if (at % 3 === 0) await bridge.reply();
      expect(settings.current.pins).toEqual(ids.slice(0, at + 1));
    }
    await turns();
    while (bridge.waiting > 0) await bridge.reply();
    expect(bridge.disk.pins).toEqual(ids);
    expect(settings.current).toEqual(bridge.disk);
  });

  it('undoes the refused change only', async () => {
    const { bridge, settings } = setUp();
    const first = settings.change(pin('home/1'));
    const second = settings.change({ theme: 'dark' });
    const third = settings.change(pin('home/2'));
    await turns();
    await bridge.reply(full);
    expect(settings.current).toMatchObject({ pins: ['home/2'], theme: 'dark' });
    await bridge.reply();
    await bridge.reply();
    expect(await Promise.all([first, second, third])).toEqual([full, null, null]);
    expect(bridge.disk).toMatchObject({ pins: ['home/2'], theme: 'dark' });
    expect(settings.current).toEqual(bridge.disk);
  });

  it("builds a change on main's current settings, and applies it once", async () => {
    const { bridge, settings } = setUp();
    const toggle = (now: Settings): Partial<Settings> => ({ confirmStop: !now.confirmStop });
    void settings.change(toggle);
    void settings.change(pin('home/2'));
    await turns();
    // Main publishes the change before it answers, and another window has pinned a server meanwhile.
    bridge.disk = { ...bridge.disk, pins: ['away/1'] };
    bridge.change('settings', { ...bridge.disk, confirmStop: true });
    expect(settings.current).toMatchObject({ confirmStop: true, pins: ['away/1', 'home/2'] });
    await bridge.reply();
    await bridge.reply();
    expect(bridge.disk).toMatchObject({ confirmStop: true, pins: ['away/1', 'home/2'] });
  });

  it('shows a refusal until a later change succeeds or it is dismissed', async () => {
    const { bridge, settings } = setUp();
    void settings.change({ theme: 'dark' });
    void settings.change({ confirmStop: true });
    await turns();
    await bridge.reply(full);
    await bridge.reply();
    expect(settings.problem).toEqual(full);
    void settings.change({ theme: 'dark' });
    await turns();
    expect(settings.problem).toEqual(full);
    await bridge.reply();
    expect(settings.problem).toBeNull();
    void settings.change({ theme: 'light' });
    await turns();
    await bridge.reply(full);
    settings.dismiss();
    expect(settings.problem).toBeNull();
  });

  it('is settled once main has answered every change so far', async () => {
    const { bridge, settings } = setUp();
    void settings.change({ theme: 'dark' });
    void settings.change({ bulkPauseMs: 0 });
    let isSettled = false;
    void settings.settled.then(() => (isSettled = true));
    await turns();
    await bridge.reply(full);
    expect(isSettled).toBe(false);
    await bridge.reply();
    expect(isSettled).toBe(true);
  });
});
