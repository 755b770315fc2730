import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MenuAction, MenuItem } from './menu.js';
import Menu from './menu.svelte';

const user = userEvent.setup();
const ran = vi.fn<(label: string) => void>();
const closed = vi.fn<() => void>();

function action(label: string, more: Partial<MenuAction> = {}): MenuAction {
  return { kind: 'action', label, run: () => ran(label), ...more };
}

const groups: MenuItem[] = [action('Building', { checked: true }), action('Games', { checked: false })];
const items: MenuItem[] = [
  action('Open'),
  { kind: 'line' },
  action('Start', { blocked: 'It is running.' }),
  action('Stop'),
  { kind: 'folder', label: 'Move to group', items: groups },
  action('Kill', { danger: true, testid: 'menu-kill' }),
];

let opener: HTMLButtonElement;

async function open(): Promise<void> {
  const view = render(Menu, {
    label: 'Survival',
    items,
    spot: { x: 40, y: 60, opener },
    onclose: () => {
      closed();
      view.unmount();
    },
  });
  await vi.waitFor(() => expect(entry('Open')).toBe(document.activeElement));
}

function menus(): (string | null)[] {
  return [...document.querySelectorAll('[role=menu]')].map((menu) => menu.getAttribute('aria-label'));
}

function entry(name: string): HTMLElement {
  const all = document.querySelectorAll<HTMLElement>('[role=menuitem], [role=menuitemradio]');
  const found = [...all].find((one) => one.textContent?.trim() === name);
  if (found === undefined) throw new Error(`The menu has no ${name}.`);
  return found;
}

async function expectFocus(name: string): Promise<void> {
  await vi.waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe(name));
}

/** The first entry gets the focus more than once while the submenu opens. */
async function openFolder(): Promise<void> {
  await user.keyboard('m{ArrowRight}');
  await expectFocus('Building');
  await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('a menu', () => {
  beforeEach(async () => {
    ran.mockClear();
    closed.mockClear();
    opener = document.createElement('button');
    document.body.append(opener);
    await open();
  });

  it('has a name, and the focus on its first entry', () => {
    expect(screen.getByRole('menu', { name: 'Survival' })).toBeTruthy();
    expect(screen.getAllByRole('menuitem').map((one) => one.textContent?.trim())).toEqual([
      ...['Open', 'Start', 'Stop', 'Move to group', 'Kill'],
    ]);
  });

  it('moves up and down, wraps at its ends, and jumps with Home and End', async () => {
    await user.keyboard('{ArrowDown}');
    await expectFocus('Start');
    await user.keyboard('{ArrowUp}{ArrowUp}');
    await expectFocus('Kill');
    await user.keyboard('{ArrowDown}');
    await expectFocus('Open');
    await user.keyboard('{End}');
    await expectFocus('Kill');
    await user.keyboard('{Home}');
    await expectFocus('Open');
  });

  it('moves to the entry that begins with the typed letters', async () => {
    await user.keyboard('mo');
    await expectFocus('Move to group');
  });

  it('runs the chosen entry once, closes, and returns the focus', async () => {
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(ran.mock.calls).toEqual([['Stop']]);
    expect(closed).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(opener);
    expect(menus()).toEqual([]);
  });

  it('keeps a blocked entry reachable, with the reason, and does not run it', async () => {
    await user.keyboard('{ArrowDown}{Enter}');
    await user.click(entry('Start'));
    expect(entry('Start').getAttribute('aria-disabled')).toBe('true');
    expect(entry('Start').getAttribute('aria-description')).toBe('It is running.');
    expect(entry('Start').dataset['tip']).toBe('It is running.');
    expect(ran).not.toHaveBeenCalled();
    expect(closed).not.toHaveBeenCalled();
  });

  it('opens a folder to the right, and leaves the folder to the left', async () => {
    await openFolder();
    expect(menus()).toEqual(['Survival', 'Move to group']);
    expect(entry('Building').getAttribute('aria-checked')).toBe('true');
    expect(entry('Games').getAttribute('aria-checked')).toBe('false');
    expect(entry('Move to group').getAttribute('aria-expanded')).toBe('true');
    await user.keyboard('{ArrowLeft}');
    await expectFocus('Move to group');
    await vi.waitFor(() => expect(menus()).toEqual(['Survival']));
  });

  it('runs an entry of a folder and closes both menus', async () => {
    await user.keyboard('m{Enter}');
    await expectFocus('Building');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(ran.mock.calls).toEqual([['Games']]);
    expect(menus()).toEqual([]);
    expect(document.activeElement).toBe(opener);
  });

  it('closes the folder first and then the menu with Esc', async () => {
    await openFolder();
    await user.keyboard('{Escape}');
    await expectFocus('Move to group');
    expect(closed).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(closed).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(opener);
  });

  it('keeps its keys from the page behind', async () => {
    const behind = vi.fn();
    window.addEventListener('keydown', behind);
    await user.keyboard('{ArrowDown}x{Escape}');
    window.removeEventListener('keydown', behind);
    expect(closed).toHaveBeenCalledOnce();
    expect(behind).not.toHaveBeenCalled();
  });

  it('closes with Tab, a press elsewhere, and when the window loses the focus', async () => {
    await user.keyboard('{Tab}');
    expect(closed).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(opener);
    await open();
    await user.pointer({ keys: '[MouseRight>]', target: document.body });
    expect(closed).toHaveBeenCalledTimes(2);
    await open();
    window.dispatchEvent(new Event('blur'));
    expect(closed).toHaveBeenCalledTimes(3);
  });
});

describe('the menu of a row', () => {
  /** A row in a list, in a dialog if wanted; returns the element around the list. */
  function aRow(around: HTMLElement): HTMLElement {
    const list = document.createElement('div');
    list.setAttribute('role', 'list');
    opener = document.createElement('button');
    list.append(opener);
    around.append(list);
    document.body.append(around);
    return list;
  }

  it('is drawn outside of its list, which holds only rows', async () => {
    const list = aRow(document.createElement('section'));
    await open();
    expect(list.querySelector('[role=menu]')).toBeNull();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(menus()).toEqual([]);
    expect(document.activeElement).toBe(opener);
  });

  it('stays in its dialog, outside of which no control is usable', async () => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('open', '');
    const list = aRow(dialog);
    await open();
    expect(list.querySelector('[role=menu]')).toBeNull();
    expect(screen.getByRole('menu').closest('dialog')).toBe(dialog);
  });
});
