/** The palette against the menus of window and tray: every menu entry can be found in the palette. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrayAction } from '../../../main/shell/tray/menu-entry.js';
import { aServer, anAccount, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { speak, writtenLanguages } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';
import { twins } from './menu-entries.js';
import { paletteVerbs } from './palette-verbs.js';

const user = userEvent.setup();
/** A quiet backup that has switched saving off. */
const changed = {
  serverId: 'home/Amber',
  means: 'saving',
  step: 'wait',
  owed: 'save-on',
  backup: 'b1',
  trouble: null,
  problem: null,
};
const group = { id: 'night', name: 'Night shift', isCollapsed: false, serverIds: ['home/Amber'] };

describe('the palette beside the menus', () => {
  let bridge: FakeBridge;
  let state: WindowState;
  let undo: () => void;

  beforeEach(async () => {
    undo = layOutScrollers(400);
    bridge = new FakeBridge();
    const settings = someSettings({ groups: [group] });
    bridge.answer('settings.update', settings);
    bridge.answer('app.quit', undefined);
    state = createWindowState(new PerchClient(bridge));
    render(Frame, { view: MainWindow, state });
    bridge.snapshot('settings', settings);
    const servers = ['Amber', 'Basalt'].map((name) =>
      aServer({ id: `home/${name}`, name, power: 'running' }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
  });
  afterEach(() => {
    speak(() => 'en');
    undo();
  });

  const textsOf = (elements: readonly HTMLElement[]): string[] =>
    elements.map(({ textContent }) => textContent.trim());
  const itemsIn = (menu: HTMLElement): HTMLElement[] => [
    ...menu.querySelectorAll<HTMLElement>('[role=menuitem],[role=menuitemradio],[role=menuitemcheckbox]'),
  ];
  const labels = (): string[] =>
    within(screen.getByTestId('palette'))
      .queryAllByRole('option')
      .map((option) => option.querySelector('.label bdi')?.textContent ?? '');
  async function found(search: string): Promise<string[]> {
    await user.keyboard('{Control>}k{/Control}');
    const field = within(screen.getByTestId('palette')).getByRole('combobox');
    field.focus();
    await user.paste(search);
    const all = labels();
    await user.keyboard('{Control>}k{/Control}');
    return all;
  }

  it("finds each item of a server's menu", async () => {
    const row = screen.getAllByTestId('fleet-row').find(({ textContent }) => textContent.includes('Amber'));
    if (row === undefined) throw new Error('no row');
    await user.pointer({ keys: '[MouseRight]', target: row });
    const menu = await screen.findByTestId('fleet-menu');
    const leaves = itemsIn(menu).filter((item) => item.getAttribute('aria-haspopup') === null);
    const own = leaves.filter(({ dataset }) => !((dataset['testid'] ?? '') in twins));
    const names = textsOf(own);
    await user.keyboard('{Escape}');
    expect(leaves.length - own.length).toBe(Object.keys(twins).length);
    expect(names).toContain('Pin');
    for (const name of names) expect(await found(`${name} amber`), name).toContain(`${name}: Amber`);
  });

  it('has an action for each item with another name', () => {
    const known = new Set<string>(['server', ...paletteVerbs.map(({ id }) => id)]);
    expect(Object.values(twins).filter((verb) => !known.has(verb))).toEqual([]);
  });

  it.each([
    ['mute amber', 'Mute'],
    ['silence amber', 'Mute'],
    ['snooze amber', 'hour'],
    ['favourite amber', 'Pin'],
    ['label amber', 'Night shift'],
    ['ignore amber', 'server'],
  ])('finds the content of a menu folder by a usual word: %s', async (search, part) => {
    expect(
      (await found(search)).filter((label) => label.includes(part) && label.endsWith(': Amber')),
    ).not.toEqual([]);
  });

  it("finds each item of a group's menu", async () => {
    await user.click(screen.getByRole('button', { name: 'More for the group Night shift' }));
    const menu = await screen.findByTestId('fleet-menu');
    const names = textsOf(itemsIn(menu).filter((item) => item.getAttribute('aria-haspopup') === null));
    await user.keyboard('{Escape}');
    expect(names.slice(0, 3)).toEqual(['Start', 'Restart', 'Stop']);
    for (const name of names)
      expect(await found(`${name} night shift`), name).toContain(`${name}: Night shift`);
  });

  it('finds the menus of the visible views, and their columns', async () => {
    expect((await found('restart all')).some((label) => label.startsWith('For all servers › '))).toBe(true);
    expect(await found('columns uptime')).toEqual(expect.arrayContaining([expect.stringMatching(/uptime/i)]));
    state.navigation.go({ kind: 'events' });
    await screen.findByTestId('events-view', {}, { timeout: 20_000 });
    expect((await found('csv')).some((label) => label.includes('CSV'))).toBe(true);
  });

  it('finds the actions of the tray menu', async () => {
    /** Palette's name for the entry, or the reason why it has none. */
    const tray: Record<TrayAction['kind'], string | { readonly not: string }> = {
      power: 'Start Amber',
      'back-up': 'Back up now',
      'bring-back': 'Bring the server back now',
      'open-panel': 'Open in the panel: Amber',
      alert: 'Notifications › ',
      view: 'Settings',
      open: { not: 'the window is open' },
      palette: { not: 'it is the palette' },
      'developer-tools': { not: 'a checkout has the key F12' },
      restart: { not: 'the window shows a version that is ready' },
      quit: 'Quit Perch',
    };
    bridge.snapshot('quiet', [changed]);
    for (const label of Object.values(tray)) {
      if (typeof label !== 'string') continue;
      const search = label === 'Notifications › ' ? 'mute amber' : label;
      expect(
        (await found(search)).some((one) => one.startsWith(label)),
        label,
      ).toBe(true);
    }
  });

  it('quits, by the usual words', async () => {
    await user.keyboard('{Control>}k{/Control}exit');
    expect(labels()[0]).toBe('Quit Perch');
    await user.keyboard('{Enter}');
    expect(bridge.calls.map(({ name }) => name)).toContain('app.quit');
  });

  it('changes the language', async () => {
    await user.keyboard('{Control>}k{/Control}deutsch{Enter}');
    await expect
      .poll(() => bridge.calls.findLast(({ name }) => name === 'settings.update')?.input)
      .toEqual({ language: 'de' });
  });

  it('has the chart ranges while a server is shown', async () => {
    expect(await found('charts 7 days')).toEqual([]);
    state.navigation.go({ kind: 'server', serverId: 'home/Amber' });
    await tick();
    expect((await found('charts 7 days'))[0]).toMatch(/7 days/);
    await user.keyboard('{Control>}k{/Control}charts 7 days{Enter}');
    expect(state.serverLayout.chartRange).toBe('7d');
  });

  it('leads with Tab from a server to all its actions, and back', async () => {
    await user.keyboard('{Control>}k{/Control}amb{Tab}');
    expect(screen.getByTestId('palette-scope').textContent).toBe('Amber');
    expect(labels().slice(0, 2)).toEqual(['Stop', 'Restart']);
    expect(labels().some((label) => label.includes('Amber'))).toBe(false);
    await user.keyboard('pin');
    expect(labels()[0]).toBe('Pin');
    await user.keyboard('{Backspace}{Backspace}{Backspace}{Backspace}');
    expect(screen.queryByTestId('palette-scope')).toBeNull();
    expect(labels()).toContain('Basalt');
  });

  it.each(writtenLanguages)("finds quit in %s by the menu's word", async (language) => {
    speak(() => language);
    await tick();
    const { say } = await import('../../../messages/messages.js');
    expect(await found(say('palette.quit'))).toContain(say('palette.quit'));
  });
});
