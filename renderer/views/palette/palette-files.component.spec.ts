/** The palette's search for files of a server. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { FoundFile, FoundPart } from '../../../bridge/schema/files.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const pauseMs = 300;
let user: ReturnType<typeof userEvent.setup>;
let bridge: FakeBridge;
let state: WindowState;
let undo: () => void;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  user = userEvent.setup({ advanceTimers: (ms) => void vi.advanceTimersByTime(ms) });
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  render(Frame, { view: MainWindow, state });
  bridge.snapshot('settings', someSettings());
});
afterEach(() => {
  undo();
  vi.useRealTimers();
});

async function shows(fields: Partial<Server> = {}): Promise<void> {
  const servers = ['Amber', 'Basalt'].map((name) => aServer({ id: `home/${name}`, name, ...fields }));
  bridge.snapshot('fleet', { accounts: [anAccount()], servers });
  await tick();
}

const aFound = (path: string, kind: FoundFile['kind'] = 'file'): FoundFile => ({
  path,
  kind,
  bytes: 1,
  modifiedAt: 1,
});

const nothing: FoundPart = { files: [], folders: 0, unread: 0, end: false, cut: null, problem: null };

/** Waits for the pause in typing, after which main begins. */
async function rests(): Promise<void> {
  await vi.advanceTimersByTimeAsync(pauseMs);
  if (going() > 0) bridge.snapshot('foundFiles', nothing);
  await tick();
}

async function finds(files: readonly FoundFile[], fields: Partial<FoundPart> = {}): Promise<void> {
  bridge.change('foundFiles', { ...nothing, files, folders: 3, ...fields });
  await tick();
}

/** Searches that main was asked for, and those that it still makes. */
const asked = (): unknown[] =>
  bridge.subscriptions.filter(({ name }) => name === 'foundFiles').map(({ params }) => params);
const going = (): number =>
  bridge.subscriptions.filter(({ name, ended }) => name === 'foundFiles' && !ended).length;
const palette = () => within(screen.getByTestId('palette'));
const options = (): string[] =>
  palette()
    .queryAllByRole('option')
    .map((option) => option.textContent.replace(/\s+/g, ' ').trim());
const notes = (): string => palette().getByTestId('palette-notes').textContent.trim();
const open = (search: string): Promise<void> => user.keyboard(`{Control>}k{/Control}${search}`);
const close = (): Promise<void> => user.keyboard('{Control>}k{/Control}');
const shown = { kind: 'server', serverId: 'home/Amber' } as const;

it('asks after a pause in typing, once, and gives the search up with the next letter', async () => {
  await shows();
  state.navigation.go(shown);
  await open('/pap');
  expect(palette().getByTestId('palette-scope').textContent).toBe('Amber');
  expect(asked()).toEqual([]);
  await rests();
  expect(asked()).toEqual([{ serverId: 'home/Amber', folder: '/', query: 'pap' }]);
  await user.keyboard('e');
  expect(going()).toBe(0);
  await rests();
  expect(asked().slice(1)).toEqual([{ serverId: 'home/Amber', folder: '/', query: 'pape' }]);
  await close();
  expect(going()).toBe(0);
});

it('lists files with their folders while the search continues, and says how far it is', async () => {
  await shows();
  state.navigation.go(shown);
  await open('/pap');
  await rests();
  expect(palette().getByText('Searching…')).toBeTruthy();
  await finds([aFound('/config/paper.yml'), aFound('/paper\u202egnp.exe')]);
  expect(options()).toEqual(['paper.yml /config', 'paper[U+202E]gnp.exe']);
  expect(notes()).toBe('Searching… · 2 files found in 3 folders');
  await finds([], { end: true, cut: 'folders', unread: 1 });
  expect(notes()).toMatch(/2 files found.*more folders.*1 folder could not be read/);
});

it('opens a file in the editor, and a folder in its list', async () => {
  bridge.answer('texts.open', { opened: { kind: 'refused', why: 'binary' }, draft: null });
  await shows();
  state.navigation.go(shown);
  for (const [key, folder] of [
    ['{Enter}', '/config'],
    ['{ArrowDown}{Enter}', '/papers'],
  ] as const) {
    await open('/pap');
    await rests();
    await finds([aFound('/config/paper.yml'), aFound('/papers', 'folder')], { end: true });
    await user.keyboard(key);
    expect(state.navigation.view).toEqual({ ...shown, tab: 'files', folder });
  }
  expect(bridge.calls.filter(({ name }) => name === 'texts.open').map(({ input }) => input)).toEqual([
    { serverId: 'home/Amber', path: '/config/paper.yml' },
  ]);
});

it('looks at a server that was chosen, by its entry or by Tab', async () => {
  await shows();
  await open('/eu');
  expect(palette().getByText(/Open a server first/)).toBeTruthy();
  await close();
  await open('find a file of bas{Enter}');
  expect(palette().getByTestId('palette-scope').textContent).toBe('Basalt');
  expect(palette().getByText(/at least 2 letters/)).toBeTruthy();
  await user.keyboard('eula');
  await rests();
  expect(asked()).toEqual([{ serverId: 'home/Basalt', folder: '/', query: 'eula' }]);
  await close();
  await open('@amb{Tab}/eula');
  await rests();
  expect(asked().slice(1)).toEqual([{ serverId: 'home/Amber', folder: '/', query: 'eula' }]);
});

it('stops with more files than it lists, and says so', async () => {
  await shows();
  state.navigation.go(shown);
  await open('/pap');
  await rests();
  await finds(Array.from({ length: 61 }, (_, at) => aFound(`/paper-${at}`)));
  expect(options()).toHaveLength(60);
  expect(notes()).toMatch(/^60 files found.*There are more files/);
  expect(going()).toBe(0);
});

it('says why files can’t be looked for or opened', async () => {
  await shows({ permissions: ['file.read'] });
  state.navigation.go(shown);
  await open('/pap');
  await rests();
  await finds([aFound('/paper.yml')], { end: true, problem: aProblem('node-unreachable') });
  const [option] = palette().getAllByRole('option');
  expect(option?.getAttribute('aria-disabled')).toBe('true');
  expect(option?.textContent).toContain('file.read-content');
  expect(notes()).toContain('1 file found');
  await user.keyboard('{Enter}');
  expect(state.navigation.view).toEqual(shown);
  await close();
  await shows({ permissions: ['control.start'] });
  await open('/pap');
  await rests();
  expect(palette().getByText(/file\.read/)).toBeTruthy();
  expect(asked()).toHaveLength(1);
});
