import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
let undo: () => void;

function settingsOf(isCollapsed: boolean) {
  return someSettings({
    groups: [{ id: 'night', name: 'Night shift', isCollapsed, serverIds: ['home/Amber'] }],
  });
}

beforeEach(async () => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', settingsOf(false));
  const servers = ['Amber', 'Basalt'].map((name) => aServer({ id: `home/${name}`, name, power: 'running' }));
  bridge.snapshot('fleet', { accounts: [anAccount()], servers });
  await tick();
});
afterEach(() => undo());

function row(key: string): HTMLElement {
  const found = screen.getByRole('treegrid').querySelector<HTMLElement>(`[data-key="${key}"]`);
  if (found === null) throw new Error(`The table has no row ${key}.`);
  return found;
}

const saved = (): unknown => bridge.calls.filter(({ name }) => name === 'settings.update').at(-1)?.input;

/** Main saves the change and sends it to the window. */
async function saves(isCollapsed: boolean): Promise<void> {
  await expect.poll(saved).toMatchObject({ groups: [{ id: 'night', isCollapsed }] });
  bridge.snapshot('settings', settingsOf(isCollapsed));
  await tick();
}

it('a group folds and unfolds from its title, which keeps the focus', async () => {
  const asked = (): number => bridge.calls.filter(({ name }) => name === 'settings.update').length;
  bridge.answer('settings.update', settingsOf(true));
  row('group:night').focus();
  await user.keyboard('{ArrowLeft}');
  await saves(true);
  expect(row('group:night').getAttribute('aria-expanded')).toBe('false');
  expect(document.activeElement).toBe(row('group:night'));
  const before = asked();
  await user.keyboard('{ArrowLeft}');
  expect(asked()).toBe(before);
  bridge.answer('settings.update', settingsOf(false));
  await user.keyboard('{ArrowRight}');
  await saves(false);
  expect(row('group:night').getAttribute('aria-expanded')).toBe('true');
  await user.keyboard('{ArrowRight}');
  expect(row('group:night').contains(document.activeElement)).toBe(true);
  expect(document.activeElement).not.toBe(row('group:night'));
});

it('the left arrow leads from a server to its title, and folds the title if possible', async () => {
  row('home/Basalt').focus();
  await user.keyboard('{ArrowLeft}');
  await expect.poll(() => document.activeElement).toBe(row('panel:home'));
  await user.keyboard('{ArrowLeft}');
  expect(document.activeElement).toBe(row('panel:home'));
  expect(saved()).toBeUndefined();
});

it('no section folds during a search', async () => {
  await user.type(screen.getByTestId('fleet-filter'), 'amber');
  row('group:night').focus();
  await user.keyboard('{ArrowLeft}');
  expect(saved()).toBeUndefined();
});
