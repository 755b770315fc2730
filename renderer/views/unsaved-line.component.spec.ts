import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { createWindowState } from '../state/window-state.js';
import Frame from './frame.svelte';
import UnsavedLine from './unsaved-line.svelte';

const user = userEvent.setup();
const server = aServer();
let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.answer('texts.open', { opened: { kind: 'refused', why: 'binary' }, draft: null });
  state = createWindowState(new PerchClient(bridge));
});

async function show(...files: { serverId: string; path: string }[]): Promise<string> {
  const view: Component = (anchor) => UnsavedLine(anchor, { files });
  render(Frame, { view, state });
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  return screen.queryByTestId('unsaved-texts')?.textContent ?? '';
}

const file = { serverId: server.id, path: '/config/a.yml' };

it('names the file and its server, and opens it by keys', async () => {
  expect(await show(file)).toContain(`Unsaved text in a.yml on ${server.name}`);
  screen.getByRole('button', { name: 'Open' }).focus();
  await user.keyboard('{Enter}');
  expect(state.forms.text(server.id).path).toBe(file.path);
  expect(state.navigation.view).toMatchObject({ kind: 'server', serverId: server.id, tab: 'files' });
});

it('counts the others, and is dismissed', async () => {
  const others = ['/b.yml', '/c.yml'].map((path) => ({ ...file, path }));
  expect(await show(file, ...others)).toContain('and in 2 other files');
  await user.click(screen.getByRole('button', { name: 'Not now' }));
  expect(bridge.calls.map(({ name }) => name)).toContain('texts.dismissLeft');
});

it('ignores servers that no panel lists', async () => {
  expect(await show({ serverId: 'gone/u9', path: '/a.yml' })).toBe('');
});
