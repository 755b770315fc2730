import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect, it } from 'vitest';
import type { ServerCopies } from '../../../bridge/schema/backup-copies.js';
import { someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import CopiesFolder from './copies-folder.svelte';

const user = userEvent.setup();

async function shows(copiesFolder: string | null, folder: ServerCopies['folder']): Promise<FakeBridge> {
  const bridge = new FakeBridge();
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => CopiesFolder(anchor, {});
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings({ copiesFolder }));
  bridge.snapshot('copies', { folder, copies: [], coming: [], failed: [] });
  await tick();
  return bridge;
}

it('without a folder the buttons to show and forget are missing', async () => {
  const bridge = await shows(null, 'none');
  expect(screen.getByTestId('copies-folder').textContent).toContain('No folder');
  expect(screen.queryByTestId('copies-forget')).toBeNull();
  await user.click(screen.getByTestId('copies-choose'));
  expect(bridge.calls.at(-1)).toMatchObject({ name: 'copies.chooseFolder' });
});

it('a folder is shown and forgotten', async () => {
  const bridge = await shows('/disk/copies', 'ready');
  expect(screen.getByTestId('copies-folder').textContent).toContain('/disk/copies');
  await user.click(screen.getByTestId('copies-show'));
  expect(bridge.calls.at(-1)).toMatchObject({ name: 'copies.show', input: { serverId: null } });
  await user.click(screen.getByTestId('copies-forget'));
  expect(bridge.calls.at(-1)).toMatchObject({ name: 'copies.forgetFolder' });
});

it('a folder whose disk is away, or that refuses to be written, says so', async () => {
  await shows('/disk/copies', 'away');
  expect(screen.getByRole('status').textContent).toContain('can’t read');
  expect(screen.getByTestId('copies-show').getAttribute('aria-disabled')).toBe('true');
});
