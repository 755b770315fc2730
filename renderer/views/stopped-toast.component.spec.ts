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

async function becomes(power: 'running' | 'stopping' | 'offline', serverId = 'home/1'): Promise<void> {
  bridge.change('fleet', [{ kind: 'server-patched', serverId, patch: { power } }]);
  await tick();
}

async function stop(server = survival): Promise<void> {
  state.power.request('stop', server);
  for (let at = 0; at < 5; at += 1) await tick();
  await becomes('stopping', server.id);
  await becomes('offline', server.id);
}

const twin = { ...survival, id: 'home/2', identifier: '5e6f7a8b' };

async function hasTwin(): Promise<void> {
  bridge.snapshot('fleet', { accounts: [anAccount({ label: 'Home' })], servers: [survival, twin] });
  await tick();
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

  it('is started again by the press, which ends the offer', async () => {
    await stop();
    await fireEvent.click(within(screen.getByTestId('stopped-toast')).getByText('Start again'));
    await tick();
    expect(bridge.calls.at(-1)).toEqual({
      name: 'power.send',
      input: { serverId: 'home/1', signal: 'start' },
    });
    expect(toast()).toBeNull();
  });

  it('keeps its offer under the pointer', async () => {
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

  it('is distinguished from others of its name', async () => {
    await hasTwin();
    await stop(twin);
    expect(toast()?.textContent).toMatch(/Stopped “Survival”\s*Home · 5e6f7a8b\s*Start again/);
  });

  it('is offered together with servers stopped during the offer, ten seconds from the last', async () => {
    await hasTwin();
    await stop();
    vi.advanceTimersByTime(9000);
    await stop(twin);
    expect(toast()?.textContent).toMatch(/Stopped 2 servers\s*Start again/);
    expect(toast()?.querySelector('[data-tip]')?.getAttribute('data-tip')).toContain(
      'Survival · Home · 5e6f7a8b',
    );
    vi.advanceTimersByTime(9000);
    await tick();
    await fireEvent.click(within(screen.getByTestId('stopped-toast')).getByText('Start again'));
    await tick();
    const sent = bridge.calls.filter(({ name }) => name === 'power.send').map(({ input }) => input);
    expect(sent.slice(-2)).toEqual([
      { serverId: 'home/1', signal: 'start' },
      { serverId: 'home/2', signal: 'start' },
    ]);
    expect(toast()).toBeNull();
  });

  it('is the only offer after the other was started', async () => {
    await hasTwin();
    await stop();
    await stop(twin);
    await becomes('running', 'home/1');
    expect(toast()?.textContent).toContain('Home · 5e6f7a8b');
    await becomes('offline', 'home/1');
    expect(toast()?.textContent).toContain('Home · 5e6f7a8b');
  });

  it('is not offered if another window stopped it', async () => {
    await becomes('stopping');
    await becomes('offline');
    expect(toast()).toBeNull();
  });
});
