import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeBridge } from '../tests/support/fake-bridge.js';
import { speak } from '../words/words.js';
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

  it('shows nothing before it knows its language', async () => {
    await tick();
    expect(document.querySelector('#app')?.childElementCount).toBe(0);
  });

  it('tells main of what fails before it shows anything', () => {
    window.dispatchEvent(new ErrorEvent('error', { error: new Error('too early') }));
    expect(bridge.calls).toMatchObject([{ name: 'window.failed', input: { message: 'Error: too early' } }]);
  });
});
