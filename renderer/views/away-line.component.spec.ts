import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAccount, aServer, someMemory, someSettings } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { anEvent } from '../../tests/support/history-events.js';
import { layOutScrollers } from '../../tests/support/laid-out.js';
import { PerchClient } from '../api.js';
import { createWindowState } from '../state/window-state.js';
import Frame from './frame.svelte';
import MainWindow from './main-window.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(600);
  bridge = new FakeBridge();
});
afterEach(() => undo());

describe('the line about an absence', () => {
  async function show(): Promise<void> {
    render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('memory', someMemory({ eventsSeenAt: 10 }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
    bridge.snapshot('events', [anEvent({ at: 20 }), anEvent({ at: 30 })]);
    await tick();
  }

  it('stands above the fleet until it is dismissed', async () => {
    await show();
    expect(screen.queryByTestId('away')).toBeNull();
    bridge.snapshot('absence', { from: 12, to: 40 });
    await tick();
    expect(screen.getByTestId('away').textContent).toContain('While you were away: 2 crashes');
    await user.click(screen.getByRole('button', { name: 'Mark as seen' }));
    expect(bridge.calls).toContainEqual({ name: 'memory.note', input: { eventsSeenAt: 30 } });
    bridge.change('memory', someMemory({ eventsSeenAt: 30 }));
    await vi.waitFor(() => expect(screen.queryByTestId('away')).toBeNull());
  });

  it('leads to the counted events', async () => {
    await show();
    bridge.snapshot('absence', { from: 0, to: 40 });
    await tick();
    await user.click(screen.getByRole('button', { name: 'Show events' }));
    const choice = await screen.findByTestId('events-group');
    expect(choice.dataset['value']).toBe('news');
  });
});
