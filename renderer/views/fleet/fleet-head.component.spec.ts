import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../../bridge/schema/settings.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
let settings: Settings;
let undo: () => void;

beforeEach(async () => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  settings = someSettings();
  // Acts as main does: stores the change and publishes it.
  bridge.answerWith('settings.update', () => {
    const { input } = bridge.calls.at(-1) as { input: Partial<Settings> };
    settings = { ...settings, ...input };
    return settings;
  });
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', settings);
  bridge.snapshot('fleet', {
    accounts: [anAccount()],
    servers: [aServer(), aServer({ id: 'home/other', name: 'Other' })],
  });
  await tick();
});
afterEach(() => undo());

const shown = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[role=columnheader][data-column]')].map(
    ({ dataset }) => dataset['column'],
  );
const head = (column: string): HTMLElement => screen.getByTestId(`fleet-sort-${column}`);
const settled = (check: () => void): Promise<void> => vi.waitFor(check);

describe('the columns of the table', () => {
  it('are chosen in a menu that stays open, and are stored', async () => {
    await user.click(screen.getByTestId('columns-menu'));
    const menu = await screen.findByRole('menu', { name: 'Columns of the table' });
    const disk = within(menu).getByRole('menuitemcheckbox', { name: 'Disk' });
    expect(disk.getAttribute('aria-checked')).toBe('true');
    await user.click(disk);
    await user.click(within(menu).getByRole('menuitemcheckbox', { name: 'Uptime' }));
    await settled(() => expect(settings.fleetColumns.chosen).not.toContain('uptime'));
    expect(shown()).not.toContain('disk');
    expect(shown()).toContain('node');
    expect(within(menu).queryByRole('menuitemcheckbox', { name: 'Name' })).toBeNull();
    await user.click(within(menu).getByTestId('column-reset'));
    await settled(() => expect(shown()).toContain('disk'));
    expect(settings.fleetColumns).toEqual({ chosen: null, order: [], widths: {} });
  });

  it('are reached by keys; Shift changes their width and Alt their place', async () => {
    head('state').focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(head('cpu'));
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await settled(() => expect(settings.fleetColumns.widths).toEqual({ cpu: 316 }));
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await settled(() => expect(settings.fleetColumns.order).toContain('cpu'));
    expect(shown().slice(0, 3)).toEqual(['name', 'cpu', 'state']);
    await settled(() => expect(document.activeElement).toBe(head('cpu')));
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(shown()[0]).toBe('name');
  });

  it('have a menu each, also without a pointer: it sorts by share, moves and hides', async () => {
    head('memory').focus();
    await user.keyboard('{Shift>}{F10}{/Shift}');
    const menu = await screen.findByRole('menu', { name: 'Memory' });
    await user.click(within(menu).getByRole('menuitemradio', { name: 'Sort by share of the limit' }));
    expect(head('memory').closest('[role=columnheader]')?.getAttribute('aria-sort')).toBe('descending');
    head('memory').focus();
    await user.keyboard('{Shift>}{F10}{/Shift}');
    await user.click(await screen.findByTestId('column-hide'));
    await settled(() => expect(shown()).not.toContain('memory'));
  });
});
