import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { someSettings } from '../tests/support/entities.js';
import { FakeBridge } from '../tests/support/fake-bridge.js';
import { untranslated } from '../tests/support/untranslated.js';
import { speak } from '../messages/messages.js';
import { mountWindow } from './mount-window.js';
import Popover from './views/popover/popover.svelte';

describe('a window', () => {
  let bridge: FakeBridge;

  beforeEach(() => {
    bridge = new FakeBridge();
    Object.assign(window, { perch: bridge });
    const app = document.createElement('div');
    app.id = 'app';
    document.body.append(app);
    mountWindow(Popover);
  });
  afterEach(() => speak(() => 'en'));

  it('shows no text before it knows its language', async () => {
    await tick();
    expect(document.querySelector('#app')?.childElementCount).toBe(0);
  });

  it('is shown once it has its servers and settings, and not before', async () => {
    const told = (): string[] => bridge.calls.map(({ name }) => name);
    bridge.snapshot('language', 'en');
    await vi.waitFor(() => expect(document.querySelector('#app')?.childElementCount).not.toBe(0));
    expect(told()).not.toContain('window.drawn');
    bridge.snapshot('fleet', { accounts: [], servers: [] });
    await tick();
    expect(told()).not.toContain('window.drawn');
    bridge.snapshot('settings', someSettings());
    await vi.waitFor(() => expect(told()).toContain('window.drawn'));
  });

  it('falls back to English for missing messages', async () => {
    untranslated('popover.no-servers');
    bridge.snapshot('language', 'de');
    await vi.waitFor(() => expect(document.querySelector('#app')?.childElementCount).not.toBe(0));
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [], servers: [] });
    await vi.waitFor(() => expect(document.querySelector('#app')?.textContent).toContain('No servers'));
    expect(document.querySelector('#app')?.textContent).toContain('Panel verbinden');
  });

  it('reports early failures to main', () => {
    window.dispatchEvent(new ErrorEvent('error', { error: new Error('too early') }));
    expect(bridge.calls).toMatchObject([{ name: 'window.failed', input: { message: 'Error: too early' } }]);
  });
});
