import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Memory } from '../../../bridge/schema/memory.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { verbatim } from '../../../messages/messages.js';
import {
  aCertificate,
  anAccount,
  aServer,
  someMemory,
  someSettings,
} from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const home = anAccount({ id: 'home', label: 'Home' });
const work = anAccount({ id: 'work', label: 'Work' });
let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('navigation', { kind: 'fleet' });
});
afterEach(() => undo());

async function show(
  servers: Server[],
  settings: Partial<Settings> = {},
  memory: Partial<Memory> = {},
): Promise<void> {
  bridge.snapshot('settings', { ...someSettings(), ...settings });
  bridge.snapshot('memory', someMemory(memory));
  bridge.snapshot('fleet', { accounts: [home, work], servers });
  await tick();
}

const running = (id: string, name = id): Server =>
  aServer({ id, name, accountId: id.split('/')[0] ?? '', power: 'running' });
const many = (count: number): Server[] =>
  Array.from({ length: count }, (_, at) => running(`work/${at}`, `Node ${at}`));
const sidebar = () => within(screen.getByRole('navigation', { name: 'Servers' }));
const rows = (): string[] => sidebar().queryAllByTestId('sidebar-server').map(textOf);
const tableRows = (): string[] =>
  screen.queryAllByTestId('fleet-row').map((row) => row.querySelector('.called')?.textContent ?? '');
const titleOfTable = (): string => textOf(screen.getByRole('heading', { level: 1 }));

function textOf(element: Element): string {
  return element.textContent.replace(/\s+/g, ' ').trim();
}

function section(key: string): HTMLElement {
  const found = sidebar()
    .getAllByTestId('sidebar-section')
    .find(({ dataset }) => dataset['section'] === key);
  if (found === undefined) throw new Error(`There is no section ${key}.`);
  return found;
}

describe('a server whose certificate waits to be judged', () => {
  it('shows by its mark that it runs, and leaves the room to the name', async () => {
    const problem = {
      code: 'tls-untrusted' as const,
      message: verbatim('Not trusted.'),
      next: verbatim(''),
      certificate: aCertificate(),
    };
    const link = { kind: 'refused' as const, problem, retryAt: 0 };
    await show([{ ...running('home/Survival', 'Survival'), link }]);
    const row = within(sidebar().getByTestId('sidebar-server'));
    expect(row.getByRole('img', { name: 'running, not live' })).toBeDefined();
    expect(row.getByText('not live')).toBeDefined();
  });
});

describe('Needs attention', () => {
  const troubled = [
    running('home/fine'),
    aServer({ id: 'home/down', name: 'home/down', power: 'offline', crashedAt: 1 }),
    running('work/back'),
  ];

  it('counts a server of two accounts of one panel once, and shows a row for each', async () => {
    const down = (accountId: string): Server =>
      aServer({ id: `${accountId}/down`, accountId, name: accountId, power: 'offline', crashedAt: 1 });
    await show([down('home'), down('work'), running('home/fine'), running('work/fine')]);
    expect(textOf(screen.getByTestId('sidebar-attention'))).toBe('Needs attention 1');
    expect(textOf(sidebar().getByRole('button', { name: /^All servers/ }))).toBe('All servers 2');
    const chips = (): string[] =>
      within(screen.getByRole('group', { name: 'Show only servers that are' }))
        .getAllByRole('button')
        .map(textOf);
    expect(chips()).toEqual(['running 1', 'crashed 1']);
    await user.click(screen.getByTestId('sidebar-attention'));
    expect(tableRows()).toEqual(['home', 'work']);
    expect(chips()).toEqual(['crashed 1']);
  });

  it('leads to crashed servers, worst first, also restarted ones until their crash was seen', async () => {
    const at = Date.now();
    await show(troubled, {}, { eventsSeenAt: at - 10 });
    bridge.snapshot('events', [anEvent({ at, serverId: 'work/back' })]);
    await tick();
    const entry = screen.getByTestId('sidebar-attention');
    expect(textOf(entry)).toBe('Needs attention 2');
    await user.click(entry);
    expect(titleOfTable()).toBe('Needs attention');
    expect(tableRows()).toEqual(['home/down', 'work/back']);
    bridge.snapshot('memory', someMemory({ eventsSeenAt: at }));
    await tick();
    expect(textOf(entry)).toBe('Needs attention 1');
  });

  it('drops a recovered server once the user has seen it', async () => {
    const at = Date.now();
    await show([running('home/fine'), running('work/back')], {}, { eventsSeenAt: at - 10 });
    bridge.snapshot('events', [anEvent({ at, serverId: 'work/back' })]);
    await tick();
    const entry = screen.getByTestId('sidebar-attention');
    expect(textOf(entry)).toBe('Needs attention 1');
    const visits = [{ serverId: 'work/back', at: at + 1 }];
    bridge.snapshot('memory', someMemory({ eventsSeenAt: at - 10, visits }));
    await tick();
    expect(textOf(entry)).not.toContain('1');
  });

  it('is stepped through by F8 in order: crashed, near a limit, unreachable', async () => {
    bridge.answer('settings.update', someSettings());
    const usage = {
      at: 0,
      cpuPercent: 1,
      memoryBytes: 1_000_000_000,
      memoryLimitBytes: null,
      diskBytes: 0,
      networkRxBytes: 0,
      networkTxBytes: 0,
      uptimeMs: 1,
    };
    const problem = { code: 'internal' as const, message: verbatim('No answer.'), next: verbatim('Wait.') };
    await show([
      aServer({ id: 'home/a', name: 'home/a', power: 'offline', crashedAt: 1 }),
      running('home/b'),
      { ...running('home/c'), usage, near: ['memory'] },
      aServer({ id: 'home/d', name: 'home/d', power: null, problem }),
    ]);
    expect(textOf(screen.getByTestId('sidebar-attention'))).toBe('Needs attention 3');
    for (const serverId of ['home/a', 'home/c', 'home/d', 'home/a']) {
      await user.keyboard('{F8}');
      expect(bridge.calls.findLast(({ name }) => name === 'window.setView')?.input).toEqual({
        view: { kind: 'server', serverId },
      });
    }
  });

  it('shows an empty list without these servers', async () => {
    await show([running('home/fine')]);
    await user.click(screen.getByTestId('sidebar-attention'));
    expect(textOf(screen.getByTestId('fleet-empty'))).toBe('Nothing needs attention now.');
  });
});

describe('a section', () => {
  const group = { id: 'g', name: 'Events', isCollapsed: false, serverIds: ['home/a', 'work/a'] };
  const servers = [
    running('home/a', 'Lobby'),
    running('home/b', 'Creative'),
    running('work/a', 'Arena'),
    aServer({ id: 'work/b', accountId: 'work', name: 'Creative', power: 'offline', crashedAt: 1 }),
  ];

  it('has a count and its worst state, and the table shows it alone', async () => {
    await show(servers, { groups: [group] });
    expect(textOf(section('group:g'))).toBe('Events 2');
    expect(within(section('panel:work')).getByRole('img', { name: '1 crashed' })).toBeTruthy();
    await user.type(screen.getByTestId('fleet-filter'), 'crea');
    await user.click(section('group:g'));
    expect(titleOfTable()).toBe('Events');
    expect(tableRows()).toEqual(['Lobby', 'Arena']);
    expect(section('group:g').getAttribute('aria-current')).toBe('page');
    await user.click(sidebar().getByRole('button', { name: /All servers/ }));
    expect(tableRows()).toHaveLength(4);
  });

  it('is restored after leaving a server', async () => {
    await show(servers, { groups: [group] });
    await user.click(section('panel:home'));
    bridge.change('navigation', { kind: 'server', serverId: 'home/b' });
    await tick();
    expect(section('panel:home').getAttribute('aria-current')).toBeNull();
    await user.keyboard('{Escape}');
    expect(titleOfTable()).toBe('Home');
  });

  it('adds the panel to names in a group of several panels, if the name does not tell', async () => {
    await show(servers, { groups: [group], pins: ['home/b'] });
    expect(rows().map((row) => row.replace(/ (running|crashed)$/, ''))).toEqual([
      'Creative Home',
      'Lobby Home',
      'Arena Work',
      'Creative',
    ]);
    await show(servers, { groups: [{ ...group, serverIds: ['home/a'] }] });
    expect(rows()[0]).not.toContain('Home');
  });

  it('is folded by arrow keys and stored, and still shows the current server', async () => {
    await show(servers);
    const folded = { sidebar: { ...someSettings().sidebar, folds: { 'panel:home': true } } };
    bridge.answer('settings.update', { ...someSettings(), ...folded });
    section('panel:home').focus();
    await user.keyboard('{ArrowLeft}');
    expect(bridge.calls).toContainEqual({ name: 'settings.update', input: folded });
    expect(rows()).toHaveLength(2);
    bridge.change('navigation', { kind: 'server', serverId: 'home/b' });
    await tick();
    expect(rows()).toHaveLength(3);
    // The server's title takes the focus once its view is loaded.
    await vi.dynamicImportSettled();
    await tick();
    await tick();
    expect(document.activeElement?.tagName).toBe('H1');
    screen
      .getAllByTestId('sidebar-server')
      .find((row) => row.getAttribute('aria-current') === 'page')
      ?.focus();
    await user.keyboard('{ArrowLeft}');
    await tick();
    expect(document.activeElement).toBe(section('panel:home'));
  });
});

describe('a large panel', () => {
  it('is folded above 50 servers until unfolded, and then draws only the visible rows', async () => {
    await show([running('home/a', 'Lobby'), ...many(51)]);
    expect(rows()).toHaveLength(1);
    await show(many(50));
    expect(rows().length).toBeGreaterThan(10);
    await show(many(1000), { sidebar: { ...someSettings().sidebar, folds: { 'panel:work': false } } });
    expect(rows().length).toBeGreaterThan(10);
    expect(rows().length).toBeLessThan(60);
  });

  it('scrolls to the current server', async () => {
    await show(many(1000), { sidebar: { ...someSettings().sidebar, folds: { 'panel:work': false } } });
    bridge.change('navigation', { kind: 'server', serverId: 'work/900' });
    const scroller = document.querySelector('nav [data-scroller]');
    await expect.poll(() => scroller?.scrollTop ?? 0).toBeGreaterThan(10_000);
    expect(document.querySelector('nav [data-server="work/900"]')).not.toBeNull();
  });
});
