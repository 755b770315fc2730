import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import PowerButtons from './power-buttons.svelte';

const id = 'home/u0';
let bridge: FakeBridge;
/** Main's time in this window. */
let at: () => number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  bridge = new FakeBridge();
  const state = createWindowState(new PerchClient(bridge));
  at = () => state.now.read();
  const props = {
    get server() {
      return state.fleet.server(id) ?? aServer({ id });
    },
  };
  const view: Component = (anchor) => PowerButtons(anchor, props);
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings());
});
afterEach(() => vi.useRealTimers());

async function shows(fields: Partial<Server>): Promise<void> {
  bridge.snapshot('fleet', {
    accounts: [anAccount()],
    servers: [aServer({ id, permissions: ['*'], ...fields })],
  });
  await tick();
}

async function waits(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await tick();
}

describe('killing a server from its view', () => {
  it('is in a menu while it runs', async () => {
    await shows({ power: 'running' });
    await waits(60_000);
    expect(screen.queryByTestId('power-kill')).toBeNull();
    await fireEvent.click(screen.getByTestId('power-more'));
    await tick();
    expect(screen.getByTestId('power-menu-kill').textContent).toContain('Kill…');
  });

  it('moves in front of the other buttons after ten seconds of stopping, and asks', async () => {
    await shows({ power: 'stopping', stoppingSince: at() });
    await waits(9999);
    expect(screen.queryByTestId('power-kill')).toBeNull();
    await waits(1);
    const buttons = screen.getAllByRole('button').map(({ dataset }) => dataset['testid']);
    expect(buttons).toEqual(['power-kill', 'power-start', 'power-stop', 'power-restart', 'power-more']);
    await fireEvent.click(screen.getByTestId('power-kill'));
    await tick();
    expect(screen.getByRole('dialog').textContent).toContain('is lost');
    expect(bridge.calls.filter(({ name }) => name === 'power.send')).toEqual([]);
    await shows({ power: 'offline' });
    expect(screen.queryByTestId('power-kill')).toBeNull();
    await shows({ power: 'stopping', stoppingSince: at() });
    expect(screen.queryByTestId('power-kill')).toBeNull();
  });

  it('counts from the stop, not from the first look', async () => {
    await shows({ power: 'stopping', stoppingSince: at() - 6000 });
    await waits(3999);
    expect(screen.queryByTestId('power-kill')).toBeNull();
    await waits(1);
    expect(screen.queryByTestId('power-kill')).not.toBeNull();
    await shows({ power: 'stopping', stoppingSince: at() - 60_000 });
    await waits(0);
    expect(screen.queryByTestId('power-kill')).not.toBeNull();
  });

  it('counts from the signal if Perch has not seen the server stopping', async () => {
    await shows({ power: 'running', pending: { signal: 'stop', since: at() - 9000 } });
    await waits(999);
    expect(screen.queryByTestId('power-kill')).toBeNull();
    await waits(1);
    expect(screen.queryByTestId('power-kill')).not.toBeNull();
  });

  it('stays in the menu, with the reason, without permission', async () => {
    await shows({ power: 'stopping', stoppingSince: at(), permissions: ['control.start'] });
    await waits(20_000);
    expect(screen.queryByTestId('power-kill')).toBeNull();
  });
});
