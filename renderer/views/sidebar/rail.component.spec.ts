import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../bridge/schema/settings.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const servers = [
  aServer({ id: 'home/a', accountId: 'home', name: 'Lobby', power: 'running' }),
  aServer({ id: 'home/b', accountId: 'home', name: 'Creative', power: 'offline', crashedAt: 1 }),
  aServer({ id: 'work/a', accountId: 'work', name: 'Arena', power: 'running' }),
];
const groups = [{ id: 'g', name: 'Big events', isCollapsed: false, serverIds: ['work/a'] }];
const usualSize = window.innerWidth;
let bridge: FakeBridge;
let state: WindowState;
let kept: Settings;
let undo: () => void;

beforeEach(async () => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  render(Frame, { view: MainWindow, state });
  kept = someSettings({ groups });
  bridge.answerWith('settings.update', () => {
    kept = { ...kept, ...(bridge.calls.at(-1)?.input as Partial<Settings>) };
    return kept;
  });
  bridge.snapshot('navigation', { kind: 'fleet' });
  bridge.snapshot('settings', kept);
  bridge.snapshot('fleet', {
    accounts: [anAccount({ id: 'home', label: 'Home' }), anAccount({ id: 'work', label: 'Work' })],
    servers,
  });
  await resize(1024);
});
afterEach(async () => {
  undo();
  await resize(usualSize);
});

async function resize(width: number): Promise<void> {
  Object.assign(window, { innerWidth: width });
  window.dispatchEvent(new Event('resize'));
  await tick();
}

const edge = (): HTMLElement => screen.getByRole('separator', { name: 'Width of the sidebar' });
const widthNow = (): number => Number(edge().getAttribute('aria-valuenow'));
const rail = (): HTMLElement | null => screen.queryByTestId('rail');
const layer = (): HTMLElement | null => screen.queryByRole('dialog', { name: 'Servers' });
const toggle = (): HTMLElement => screen.getByTestId('sidebar-toggle');
/** Names as read aloud, without the words for state marks. */
const railNames = (): string[] =>
  within(rail() ?? document.body)
    .getAllByRole('button')
    .map((button) => {
      const letters = button.querySelector('[aria-hidden=true]')?.textContent ?? '';
      const text = button.textContent.replace(/\s+/g, ' ').trim();
      return button.getAttribute('aria-label') ?? text.slice(0, text.length - letters.length).trim();
    });

describe('the edge of the sidebar', () => {
  it('sizes it by keys within the room, and stores the width', async () => {
    expect(widthNow()).toBe(248);
    edge().focus();
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
    await expect.poll(() => kept.sidebar.width).toBe(264);
    expect(edge().getAttribute('aria-valuetext')).toBe('264 pixels');
    await user.keyboard('{End}');
    expect(widthNow()).toBe(464);
    expect(edge().getAttribute('aria-valuemax')).toBe('464');
    await user.keyboard('{Home}{ArrowLeft}');
    expect(widthNow()).toBe(200);
    await user.dblClick(edge());
    expect(widthNow()).toBe(248);
    await expect.poll(() => kept.sidebar.width).toBeNull();
  });

  it('follows the pointer, and stores the width on release', async () => {
    await fireEvent.pointerDown(edge(), { pointerId: 1, button: 0, clientX: 250 });
    await fireEvent.pointerMove(window, { pointerId: 1, clientX: 352 });
    expect(widthNow()).toBe(350);
    expect(bridge.calls.filter(({ name }) => name === 'settings.update')).toEqual([]);
    await fireEvent.pointerUp(window, { pointerId: 1, clientX: 352 });
    await expect.poll(() => kept.sidebar.width).toBe(350);
    await fireEvent.pointerDown(edge(), { pointerId: 1, button: 0, clientX: 350 });
    await fireEvent.pointerMove(window, { pointerId: 1, clientX: 400 });
    await user.keyboard('{Escape}');
    expect(widthNow()).toBe(350);
  });

  it('switches to the rail when dragged far, and back to the earlier width', async () => {
    edge().focus();
    await user.keyboard('{ArrowRight}');
    await fireEvent.pointerDown(edge(), { pointerId: 1, button: 0, clientX: 264 });
    await fireEvent.pointerMove(window, { pointerId: 1, clientX: 60 });
    expect(rail()).not.toBeNull();
    await fireEvent.pointerUp(window, { pointerId: 1, clientX: 60 });
    await expect.poll(() => kept.sidebar).toMatchObject({ isRail: true, width: 264 });
    expect(widthNow()).toBe(48);
    await user.keyboard('{ArrowRight}');
    expect(rail()).toBeNull();
    expect(widthNow()).toBe(264);
  });
});

describe('the rail', () => {
  it('is chosen by a key, stored, and keeps the focus of the sidebar', async () => {
    screen.getByRole('searchbox', { name: 'Search servers' }).focus();
    await user.keyboard('{Control>}b{/Control}');
    expect(rail()).not.toBeNull();
    await expect.poll(() => kept.sidebar.isRail).toBe(true);
    await expect.poll(() => document.activeElement).toBe(toggle());
    await user.keyboard('{Enter}');
    expect(rail()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(toggle());
    expect(toggle().getAttribute('aria-label')).toBe('Collapse sidebar');
  });

  it('has every view by name, with its worst state', async () => {
    await resize(859);
    expect(railNames()).toEqual([
      'Show sidebar',
      'Needs attention 1',
      'All servers',
      'Events',
      'Automation',
      'People',
      'Big events',
      'Home',
      'Work',
      'Add panel',
      'Settings',
    ]);
    expect(screen.queryByRole('separator', { name: 'Width of the sidebar' })).toBeNull();
    const [group, home] = screen.getAllByTestId('rail-section');
    expect(group?.textContent).toContain('BE');
    expect(within(home ?? document.body).getByRole('img', { name: '1 crashed' })).toBeTruthy();
    expect(home?.dataset['tip']).toMatch(/^Home\n2 servers\n1 crashed\n/);
  });

  it('leads to the views, also by arrow keys, and marks the view of the shown server', async () => {
    await resize(800);
    screen.getByTestId('rail-attention').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    expect(state.navigation.view).toEqual({ kind: 'fleet', list: 'group:g' });
    const [group, home] = screen.getAllByTestId('rail-section');
    expect(group?.getAttribute('aria-current')).toBe('page');
    state.navigation.go({ kind: 'server', serverId: 'home/a' });
    await tick();
    expect(home?.getAttribute('aria-current')).toBe('true');
  });
});

describe('the sidebar over a narrow window', () => {
  beforeEach(() => resize(800));

  it('opens from the rail with the focus in its search, as a modal overlay', async () => {
    await user.click(toggle());
    expect(within(layer() ?? document.body).getByRole('searchbox')).toBe(document.activeElement);
    expect(document.querySelector('main')?.inert).toBe(true);
    expect(rail()?.parentElement?.inert).toBe(true);
    expect(kept.sidebar.isRail).toBe(false);
  });

  it.each([
    ['Esc', () => user.keyboard('{Escape}')],
    ['its key', () => user.keyboard('{Control>}b{/Control}')],
    ['its button', () => user.click(within(layer() ?? document.body).getByTestId('sidebar-toggle'))],
    ['a click beside it', () => user.click(screen.getByTestId('sidebar-scrim'))],
  ])('closes by %s, and returns the focus', async (_way, close) => {
    const filter = screen.getByTestId('fleet-filter');
    filter.focus();
    await user.keyboard('{Control>}b{/Control}');
    expect(layer()).not.toBeNull();
    await close();
    expect(layer()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(filter);
    expect(document.querySelector('main')?.inert).toBe(false);
  });

  it('closes with Esc, whatever element in it has the focus', async () => {
    await user.click(toggle());
    screen.getAllByTestId('sidebar-server')[0]?.focus();
    await user.keyboard('{Escape}');
    expect(layer()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(toggle());
  });

  it('closes when a server is opened from it', async () => {
    await user.click(toggle());
    await user.keyboard('Aren{Enter}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'work/a' });
    expect(layer()).toBeNull();
  });

  it('closes when the window is widened or closed, and does not reopen', async () => {
    await user.click(toggle());
    await resize(1024);
    expect(layer()).toBeNull();
    await resize(800);
    expect(layer()).toBeNull();
    await user.click(toggle());
    bridge.snapshot('closed', true);
    await tick();
    expect(layer()).toBeNull();
  });
});
