import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import { someSettings } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { sentence } from '../../messages/messages.js';
import { PerchClient } from '../api.js';
import { createWindowState } from '../state/window-state.js';
import Frame from './frame.svelte';
import MainWindow from './main-window.svelte';

it('warns of an old engine above the place where a key is entered, until it is dismissed', async () => {
  const bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [], servers: [] });
  const message = sentence('system.old-engine', { version: '33.2.1' });
  bridge.snapshot('notices', [{ id: 'old-engine', message, next: sentence('system.old-engine-next') }]);
  await tick();
  const notice = screen.getByTestId('notice');
  expect(notice.getAttribute('role')).toBe('status');
  expect(notice.textContent).toContain('Electron 33.2.1 here, an old engine with known security holes.');
  expect(notice.textContent).toContain('Do not enter real keys.');
  const key = screen.getByLabelText('API key');
  expect(notice.compareDocumentPosition(key) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  await userEvent.click(within(notice).getByRole('button', { name: 'Dismiss' }));
  expect(bridge.calls).toContainEqual({ name: 'notices.dismiss', input: { id: 'old-engine' } });
});
