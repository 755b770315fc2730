import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import {
  anAccount,
  aServer,
  playersOnline,
  someMemory,
  someSettings,
} from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const named = (name: string, fields: Partial<Server> = {}): Server =>
  aServer({ id: `home/${name}`, name, ...fields });
const settings = someSettings({
  groups: [{ id: 'night', name: 'Night shift', isCollapsed: true, serverIds: ['home/Amber'] }],
});

describe('the palette', () => {
  let bridge: FakeBridge;
  let state: WindowState;
  let undo: () => void;

  beforeEach(async () => {
    undo = layOutScrollers(400);
    bridge = new FakeBridge();
    bridge.answer('settings.update', settings);
    state = createWindowState(new PerchClient(bridge));
    render(Frame, { view: MainWindow, state });
    bridge.snapshot('settings', settings);
    bridge.snapshot('memory', someMemory({ visits: [{ serverId: 'home/Coral', at: 1 }] }));
    await shows([named('Amber'), named('Basalt'), named('Coral', { power: 'running' })]);
  });
  afterEach(() => undo());

  async function shows(servers: readonly Server[]): Promise<void> {
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
  }

  const options = (): string[] =>
    within(screen.getByTestId('palette'))
      .queryAllByRole('option')
      .map((option) => option.querySelector('.label bdi')?.textContent ?? '');
  const open = (search = ''): Promise<void> => user.keyboard(`{Control>}k{/Control}${search}`);

  it('draws the game of a server, if known', async () => {
    await shows([named('Amber', { game: 'ark' }), named('Basalt')]);
    await open();
    const drawn = within(screen.getByTestId('palette'))
      .getAllByRole('option')
      .slice(0, 2)
      .map((option) => option.querySelector<SVGElement>('[data-game]')?.dataset['game']);
    expect(drawn).toEqual(['ark', undefined]);
  });

  it('finds servers by their players, and actions on these servers', async () => {
    await shows([
      named('Amber', { players: playersOnline(0) }),
      named('Basalt', { players: playersOnline(3) }),
      named('Coral'),
    ]);
    await open('players>0');
    expect(options()).toEqual(['Basalt']);
    await user.keyboard('{Control>}a{/Control}players:empty rest');
    expect(options()).toEqual(['Restart Amber', 'Restart with warning: Amber']);
  });

  it('names the shown server above its actions, and in each of them after a typed letter', async () => {
    state.navigation.go({ kind: 'server', serverId: 'home/Coral' });
    await open();
    const group = within(screen.getByTestId('palette')).getByRole('group', { name: 'Coral' });
    expect(within(group).getAllByRole('option')[0]?.textContent).toContain('Stop');
    expect(options()[0]).toBe('Stop');
    await user.keyboard('sto');
    expect(screen.queryByRole('group', { name: 'Coral' })).toBeNull();
    expect(options()[0]).toBe('Stop Coral');
  });

  it('lists the last opened server first', async () => {
    await open();
    expect(options().slice(0, 3)).toEqual(['Coral', 'Amber', 'Basalt']);
  });

  it('stays unchanged while the user reads, and updates with the next letter', async () => {
    await open('stop');
    const before = options();
    expect(before.slice(0, 3)).toEqual(['Stop Coral', 'Stop Amber', 'Stop Basalt']);
    await shows([
      named('Amber', { power: 'running' }),
      named('Basalt', { power: 'running' }),
      named('Coral'),
    ]);
    expect(options()).toEqual(before);
    const [first] = screen.getAllByRole('option');
    expect(first?.getAttribute('aria-disabled')).toBe('true');
    await user.keyboard(' ');
    expect(options().slice(0, 3)).toEqual(['Stop Amber', 'Stop Basalt', 'Stop Coral']);
  });

  it('distinguishes two servers of the same name and panel, also for a blocked start', async () => {
    await shows([
      named('1', { name: 'Survival', identifier: '1a2b3c4d', power: 'running' }),
      named('2', { name: 'Survival', identifier: '5e6f7a8b' }),
    ]);
    await open('start surv');
    const texts = within(screen.getByTestId('palette'))
      .getAllByRole('option')
      .map((option) => option.textContent.replace(/\s+/g, ' ').trim())
      .filter((text) => text.startsWith('Start Survival'));
    expect(texts).toEqual([
      'Start Survival panel.example.com · 5e6f7a8b',
      expect.stringMatching(/^Start Survival .*running.* panel\.example\.com · 1a2b3c4d$/i),
    ]);
  });

  it("opens one of several servers of the same name, and the window's title distinguishes it", async () => {
    await shows([
      named('1', { name: 'Survival', identifier: '1a2b3c4d' }),
      named('2', { name: 'Survival', identifier: '5e6f7a8b' }),
    ]);
    await open('@surv');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(document.title).toBe('Survival · panel.example.com · 5e6f7a8b - Perch');
  });

  it('fills once the servers are known', async () => {
    await shows([]);
    await open();
    expect(options()).not.toContain('Amber');
    await shows([named('Amber')]);
    expect(options()).toContain('Amber');
  });

  it('narrows itself by a click as by the first letter', async () => {
    await open();
    await user.click(
      within(screen.getByTestId('palette')).getByRole('button', { name: /Groups and panels/ }),
    );
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('#');
    expect(document.activeElement).toBe(screen.getByRole('combobox'));
    expect(options()).toEqual(['Night shift', 'panel.example.com']);
  });

  it('narrows from ? to one kind', async () => {
    await open('?');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('@');
    expect(options()).toEqual(['Coral', 'Amber', 'Basalt']);
  });

  it("opens a group's view, with the focus at its first server", async () => {
    await open('#night');
    await user.keyboard('{Enter}');
    expect(state.navigation.view).toEqual({ kind: 'fleet', list: 'group:night' });
    await expect
      .poll(() =>
        document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : '',
      )
      .toBe('home/Amber');
  });

  it('opens the sheet of shortcuts', async () => {
    await open('keyboard');
    await user.keyboard('{Enter}');
    expect(screen.getByTestId('shortcut-sheet')).toBeTruthy();
  });

  it('explains why there is no next server in need of attention, or opens it', async () => {
    await open('attention');
    expect(screen.getByRole('option').textContent).toContain('No other server needs attention.');
    await user.keyboard('{Control>}k{/Control}');
    await shows([named('Amber', { crashedAt: 1 }), named('Basalt'), named('Coral', { crashedAt: 1 })]);
    await user.keyboard('{F8}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Amber' });
    await user.keyboard('{F8}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Coral' });
    await user.keyboard('{Shift>}{F8}{/Shift}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/Amber' });
  });

  it('switches the sidebar to the rail, and shows its shortcut', async () => {
    await open('sidebar');
    const entry = within(screen.getByTestId('palette')).getAllByRole('option')[0];
    expect(entry?.textContent).toMatch(/Sidebar: full or icons only.*Ctrl\s*B/s);
    const kept = bridge.calls.length;
    await user.keyboard('{Enter}');
    expect(bridge.calls.slice(kept)).toContainEqual(
      expect.objectContaining({
        name: 'settings.update',
        input: { sidebar: expect.objectContaining({ isRail: true }) as object },
      }),
    );
  });
});
