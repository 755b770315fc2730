import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const group = {
  id: 'night',
  name: 'Night shift',
  isCollapsed: false,
  serverIds: ['home/Amber', 'home/gone'],
};

describe('many servers at once', () => {
  let bridge: FakeBridge;
  let undo: () => void;

  beforeEach(async () => {
    undo = layOutScrollers(400);
    bridge = new FakeBridge();
    const settings = someSettings({ groups: [group] });
    bridge.answer('settings.update', settings);
    render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', settings);
    const servers = ['Amber', 'Basalt', 'Coral'].map((name) =>
      aServer({ id: `home/${name}`, name, power: 'running' }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
  });
  afterEach(() => undo());

  const saved = (): unknown => bridge.calls.findLast(({ name }) => name === 'settings.update')?.input;

  function rowOf(name: string): HTMLElement {
    const row = screen.getAllByTestId('fleet-row').find(({ textContent }) => textContent.includes(name));
    if (row === undefined) throw new Error(`There is no row ${name}.`);
    return row;
  }

  async function select(...names: string[]): Promise<void> {
    for (const name of names) await user.click(screen.getByRole('checkbox', { name: `Select ${name}` }));
  }

  it('are pinned from the bar of the selection', async () => {
    await select('Basalt', 'Coral');
    await user.click(screen.getByTestId('bulk-pin'));
    await expect.poll(saved).toMatchObject({ pins: ['home/Basalt', 'home/Coral'] });
  });

  it('are put into a group from the bar of the selection', async () => {
    await select('Basalt', 'Coral');
    await user.click(screen.getByTestId('bulk-group'));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Night shift' }));
    const serverIds = ['home/Amber', 'home/gone', 'home/Basalt', 'home/Coral'];
    await expect.poll(saved).toMatchObject({ groups: [{ id: 'night', serverIds }] });
  });

  it('have power and pins in the menu of their group, for its existing servers', async () => {
    await user.click(screen.getByRole('button', { name: 'More for the group Night shift' }));
    const menu = within(await screen.findByTestId('fleet-menu'));
    const names = menu.getAllByRole('menuitem').map(({ textContent }) => textContent.trim());
    expect(names.slice(0, 7)).toEqual([
      'Start',
      'Restart',
      'Stop',
      'Back up now',
      'Back up quietly',
      'Message players…',
      'Pin 1 server',
    ]);
    await user.click(menu.getByTestId('menu-stop'));
    await expect
      .poll(() => bridge.calls.find(({ name }) => name === 'power.send')?.input)
      .toEqual({ serverId: 'home/Amber', signal: 'stop' });
  });

  it('open the newest crash report from the menu of one, also without a crash', async () => {
    const report = { path: '/hs_err_pid1.log', at: 1, description: null, cause: null, suspect: null };
    bridge.answer('crashReport.open', { report, lines: ['Head', 'Cause'], causeLine: 1, isCut: false });
    await user.pointer({ keys: '[MouseRight]', target: rowOf('Basalt') });
    await user.click(within(await screen.findByTestId('fleet-menu')).getByTestId('menu-find-report'));
    expect((await screen.findByTestId('crash-report-cause')).textContent).toBe('Cause\n');
    expect(bridge.calls.findLast(({ name }) => name === 'crashReport.open')?.input).toEqual({
      serverId: 'home/Basalt',
    });
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByTestId('crash-report')).toBeNull();
  });

  it('name the permission that the crash report needs', async () => {
    const servers = ['Amber', 'Basalt'].map((name) =>
      aServer({ id: `home/${name}`, name, permissions: ['file.read'] }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
    await user.pointer({ keys: '[MouseRight]', target: rowOf('Amber') });
    const item = within(await screen.findByTestId('fleet-menu')).getByTestId('menu-find-report');
    expect(item.getAttribute('aria-description')).toContain('file.read-content');
  });
});
