/** The list of watched files in the settings of a server. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { mostWatched, type WatchedChoices } from '../../../../bridge/files/watched-list.js';
import type { Settings } from '../../../../bridge/schema/settings.js';
import { anAccount, aServer } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { keepSettings } from '../../../../tests/support/kept-settings.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import WatchedFilesSection from './watched-files-section.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
});

async function shows(settings: Partial<Settings> = {}, permissions: string[] | null = null): Promise<void> {
  const server = aServer({ id, game: 'bedrock', permissions });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => WatchedFilesSection(anchor, { server });
  render(Frame, { view, state });
  keepSettings(bridge, settings);
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
}

const files = () =>
  screen.queryAllByTestId('watched-file').map((one) => one.querySelector('bdi')?.textContent);
const kept = (): WatchedChoices | undefined =>
  (bridge.calls.findLast(({ name }) => name === 'settings.update')?.input as Partial<Settings>).watchedFiles;
const usual = ['/server.properties', '/allowlist.json', '/permissions.json'];

it('by keys: a path is added and another file taken away, and the usual list comes back', async () => {
  await shows();
  expect(files()).toEqual(usual);
  expect(screen.queryByTestId('watched-usual')).toBeNull();
  screen.getByTestId('watched-path').focus();
  await user.keyboard('plugins//my config.yml{Enter}');
  expect(files()).toEqual([...usual, '/plugins/my config.yml']);
  expect(kept()).toEqual({ [id]: { added: ['/plugins/my config.yml'], taken: [] } });
  screen.getByRole('button', { name: 'Do not watch /allowlist.json' }).focus();
  await user.keyboard('{Enter}');
  expect(files()).toEqual(['/server.properties', '/permissions.json', '/plugins/my config.yml']);
  await tick();
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Do not watch /permissions.json');
  await user.click(screen.getByTestId('watched-usual'));
  expect(kept()).toEqual({});
  expect(files()).toEqual(usual);
});

it.each([
  ['/a/../b', 'no path'],
  ['allowlist.json', 'watches this file already'],
])('says why %s is not added', async (typed, why) => {
  await shows();
  await user.type(screen.getByTestId('watched-path'), `${typed}{Enter}`);
  expect(screen.getByTestId('watched-files').textContent).toContain(why);
  expect(files()).toEqual(usual);
  expect(bridge.calls.map(({ name }) => name)).not.toContain('settings.update');
});

it('says that the list is full, and names the next step', async () => {
  const added = Array.from({ length: mostWatched - usual.length }, (_, at) => `/${at}.yml`);
  await shows({ watchedFiles: { [id]: { added, taken: [] } } });
  expect(files()).toHaveLength(mostWatched);
  await user.type(screen.getByTestId('watched-path'), 'one-more.yml');
  expect(screen.getByTestId('watched-files').textContent).toContain('Take another one away first.');
});

it('says why no file is read: a setting, or a permission', async () => {
  await shows({ watchConfiguration: false });
  expect(screen.getByTestId('watched-not-read').textContent).toContain('“Watch configuration files” is off');
});

it('names the missing permission', async () => {
  await shows({}, ['file.read']);
  expect(screen.getByTestId('watched-not-read').textContent).toContain('file.read-content');
});

it('a hostile name stays on one line', async () => {
  await shows({ watchedFiles: { [id]: { added: ['/a\u202e\nb.yml'], taken: usual } } });
  expect(files()).toHaveLength(1);
  expect(files()[0]).not.toMatch(/[\n\u202e]/);
});
