import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const named = (name: string, fields: Partial<Server> = {}): Server =>
  aServer({ id: `home/${name}`, name, power: 'running', ...fields });

describe('the keys of the main window', () => {
  let bridge: FakeBridge;
  let state: WindowState;
  let undo: () => void;

  beforeEach(async () => {
    undo = layOutScrollers(400);
    bridge = new FakeBridge();
    bridge.answer('settings.update', someSettings());
    state = createWindowState(new PerchClient(bridge));
    render(Frame, { view: MainWindow, state });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [named('Amber'), named('Basalt')] });
    await tick();
  });
  afterEach(() => undo());

  const go = async (serverId: string): Promise<void> => {
    state.navigation.go({ kind: 'server', serverId });
    await tick();
  };
  const rowAt = (): string | undefined =>
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;

  it('lead to the only server, from wherever the list is requested', async () => {
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [named('Amber')] });
    await tick();
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Amber' });
    expect(screen.queryByRole('checkbox')).toBeNull();
    state.navigation.go({ kind: 'fleet' });
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Amber' });
    state.navigation.go({ kind: 'fleet', list: 'attention' });
    expect(state.navigation.view).toEqual({ kind: 'fleet', list: 'attention' });
    bridge.change('fleet', [{ kind: 'server-upserted', server: named('Basalt') }]);
    await tick();
    state.navigation.go({ kind: 'fleet' });
    expect(state.navigation.view).toEqual({ kind: 'fleet' });
  });

  it('lead back and forward', async () => {
    await go('home/Amber');
    await go('home/Basalt');
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Amber' });
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(state.navigation.view).toEqual({ kind: 'fleet' });
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(state.navigation.view).toEqual({ kind: 'fleet' });
    await user.keyboard('{Alt>}{ArrowRight}{ArrowRight}{/Alt}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Basalt' });
  });

  it('start, stop and restart the shown server, and none from a list', async () => {
    bridge.answer('power.send', undefined);
    const sent = (): unknown[] =>
      bridge.calls.filter(({ name }) => name === 'power.send').map(({ input }) => input);
    await user.keyboard('{Control>}{Shift>}X{/Shift}{/Control}');
    expect(sent()).toEqual([]);
    bridge.change('fleet', [
      { kind: 'server-upserted', server: named('Amber', { permissions: ['*'] }) },
      { kind: 'server-upserted', server: named('Basalt', { permissions: ['*'], power: 'offline' }) },
    ]);
    bridge.snapshot('settings', someSettings({ confirmStop: false, confirmRestart: false }));
    await go('home/Amber');
    await user.keyboard('{Control>}{Shift>}R{/Shift}{/Control}');
    await go('home/Basalt');
    await user.keyboard('{Control>}{Shift>}X{/Shift}{/Control}');
    await user.keyboard('{Control>}{Shift>}S{/Shift}{/Control}');
    expect(sent()).toEqual([
      { serverId: 'home/Amber', signal: 'restart' },
      { serverId: 'home/Basalt', signal: 'start' },
    ]);
  });

  it('lead to the next server in need of attention, or to the empty list', async () => {
    await user.keyboard('{F8}');
    expect(state.navigation.view).toEqual({ kind: 'fleet', list: 'attention' });
    expect(await screen.findByText('Nothing needs attention now.')).toBeTruthy();
    bridge.change('fleet', [
      { kind: 'server-patched', serverId: 'home/Basalt', patch: { power: 'offline', crashedAt: 1 } },
    ]);
    await tick();
    await user.keyboard('{F8}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Basalt' });
  });

  it('lead back by the mouse, past a removed server', async () => {
    await go('home/Amber');
    await go('home/Basalt');
    state.navigation.go({ kind: 'settings' });
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [named('Amber')] });
    await tick();
    await fireEvent.mouseUp(document.body, { button: 3 });
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Amber' });
    await fireEvent.mouseUp(document.body, { button: 4 });
    expect(state.navigation.view).toEqual({ kind: 'settings' });
  });

  it('lead to another list without the earlier selection', async () => {
    state.navigation.go({ kind: 'fleet', list: 'attention' });
    await tick();
    state.navigation.go({ kind: 'fleet' });
    await tick();
    screen.getByTestId('fleet-filter').focus();
    await user.keyboard('Amb');
    await user.click(screen.getAllByRole('checkbox')[0] ?? document.body);
    expect(await screen.findByTestId('bulk-bar')).toBeTruthy();
    // The table's head uses Alt with an arrow for its columns.
    await fireEvent.mouseUp(document.body, { button: 3 });
    expect(state.navigation.list).toBe('attention');
    await expect.poll(() => screen.queryByTestId('bulk-bar')).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>('fleet-filter').value).toBe('');
  });

  it('lead from a server to its row by Esc', async () => {
    await go('home/Basalt');
    await user.keyboard('{Escape}');
    expect(state.navigation.view).toEqual({ kind: 'fleet' });
    await expect.poll(rowAt).toBe('home/Basalt');
  });

  it('let Esc leave a form field', async () => {
    await go('home/Basalt');
    screen.getByRole('searchbox', { name: 'Search servers' }).focus();
    await user.keyboard('{Escape}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Basalt' });
  });

  it('are shown by ?, but not while typing', async () => {
    screen.getByTestId('fleet-filter').focus();
    await user.keyboard('?');
    expect(screen.queryByTestId('shortcut-sheet')).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>('fleet-filter').value).toBe('?');
    await user.keyboard('{F1}');
    expect(screen.getByTestId('shortcut-sheet').textContent).toContain('Find servers, commands and settings');
    await fireEvent(screen.getByTestId('shortcut-sheet'), new Event('cancel', { cancelable: true }));
    expect(screen.queryByTestId('shortcut-sheet')).toBeNull();
    screen.getByRole('button', { name: /All servers/ }).focus();
    await user.keyboard('?');
    expect(screen.getByTestId('shortcut-sheet')).toBeTruthy();
  });

  it('lead to the settings', async () => {
    await user.keyboard('{Control>},{/Control}');
    expect(state.navigation.view).toEqual({ kind: 'settings' });
  });
});
