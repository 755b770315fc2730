import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import type { WindowState } from '../state/context.js';
import { createWindowState } from '../state/window-state.js';
import Frame from './frame.svelte';
import StoppedToast from './stopped-toast.svelte';

const survival = aServer({ id: 'home/1', name: 'Survival', power: 'running', permissions: ['*'] });
let bridge: FakeBridge;
let state: WindowState;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  render(Frame, { view: StoppedToast, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [survival] });
  await tick();
});
afterEach(() => vi.useRealTimers());

async function becomes(power: 'running' | 'stopping' | 'offline'): Promise<void> {
  bridge.change('fleet', [{ kind: 'server-patched', serverId: 'home/1', patch: { power } }]);
  await tick();
}

async function stop(): Promise<void> {
  state.power.request('stop', survival);
  for (let at = 0; at < 5; at += 1) await tick();
  await becomes('stopping');
  await becomes('offline');
}

const toast = () => screen.queryByTestId('stopped-toast');

describe('a server that was stopped from this window', () => {
  it('is offered to start again, for ten seconds', async () => {
    await stop();
    expect(toast()?.textContent).toMatch(/Stopped “Survival”\s*Start again/);
    vi.advanceTimersByTime(9999);
    await tick();
    expect(toast()).not.toBeNull();
    vi.advanceTimersByTime(1);
    await tick();
    expect(toast()).toBeNull();
  });

  it('starts again by the press, and the offer goes', async () => {
    await stop();
    await fireEvent.click(within(screen.getByTestId('stopped-toast')).getByText('Start again'));
    await tick();
    expect(bridge.calls.at(-1)).toEqual({
      name: 'power.send',
      input: { serverId: 'home/1', signal: 'start' },
    });
    expect(toast()).toBeNull();
  });

  it('stays while the pointer is on it', async () => {
    await stop();
    await fireEvent.pointerEnter(screen.getByTestId('stopped-toast'));
    vi.advanceTimersByTime(60_000);
    await tick();
    expect(toast()).not.toBeNull();
    await fireEvent.pointerLeave(screen.getByTestId('stopped-toast'));
    vi.advanceTimersByTime(10_000);
    await tick();
    expect(toast()).toBeNull();
  });

  it('is not offered where another one stopped it', async () => {
    await becomes('stopping');
    await becomes('offline');
    expect(toast()).toBeNull();
  });
});
