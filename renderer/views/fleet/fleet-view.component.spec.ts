import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { sentence, verbatim } from '../../../messages/messages.js';
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const down = (fields: Partial<Account>): Account =>
  anAccount({
    ...fields,
    state: {
      kind: 'failed',
      problem: {
        code: 'panel-unreachable',
        message: verbatim('The panel does not answer.'),
        next: verbatim('Check your network.'),
      },
      retryAt: 0,
    },
  });

let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
});
afterEach(() => undo());

describe('a fleet without data', () => {
  it('names each failing panel, with the reason and "Try again", and never says that there are no servers', async () => {
    bridge.snapshot('fleet', {
      accounts: [down({ id: 'home', label: 'Home' }), down({ id: 'work', label: 'Work' })],
      servers: [],
    });
    await tick();
    const page = within(screen.getByRole('main'));
    expect(page.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Home',
      'Work',
    ]);
    expect(page.getAllByText('The panel does not answer.')).toHaveLength(2);
    expect(page.queryByText(/have access to none/)).toBeNull();
    const [, second] = page.getAllByRole('button', { name: 'Try again' });
    if (second === undefined) throw new Error('There is no second button.');
    await user.click(second);
    expect(bridge.calls).toContainEqual({ name: 'accounts.retry', input: { accountId: 'work' } });
  });

  it('says that no servers exist once the panels have confirmed it', async () => {
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [] });
    await tick();
    const page = within(screen.getByRole('main'));
    expect(page.getByText(/have access to none/)).toBeTruthy();
    expect(page.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('shows the known servers, whatever panel fails', async () => {
    bridge.snapshot('fleet', {
      accounts: [down({ id: 'home', label: 'Home' }), anAccount({ id: 'work', label: 'Work' })],
      servers: [aServer({ accountId: 'work' })],
    });
    await tick();
    const page = within(screen.getByRole('main'));
    expect(page.queryByRole('heading', { level: 2, name: 'Home' })).toBeNull();
    expect(page.getByTestId('panel-down').textContent).toContain('Home: The panel does not answer.');
  });
});

describe('a panel that asks for a pause', () => {
  it('is reported once, with its name once, and its servers are old, not unknown', async () => {
    const problem: Problem = {
      code: 'rate-limited',
      message: sentence('panel.rate-limited-own', { place: 'Home', own: 200, limit: 240 }),
      next: sentence('panel.rate-limited-own-next'),
    };
    const state = { kind: 'failed', problem, retryAt: 0 } as const;
    const server = aServer({ name: 'Survival', power: 'running', lastSeenAt: Date.now() - 125_000 });
    bridge.snapshot('fleet', {
      accounts: [anAccount({ id: 'home', label: 'Home', state })],
      servers: [server],
    });
    await tick();
    const notice = screen.getByTestId('panel-down').textContent;
    expect(notice.split('Home')).toHaveLength(2);
    expect(document.body.textContent.split('asks for a pause')).toHaveLength(2);
    expect(screen.getByTestId('fleet-row').textContent).toContain('running 2 min ago');
  });
});

describe('a panel that is down at the start', () => {
  it('is named, with the age of the shown data and "Try again", in every list of servers', async () => {
    const lastRun = { at: Date.now() - 750_000, state: 'running' as const, usage: null };
    bridge.snapshot('fleet', {
      accounts: [down({ id: 'home', label: 'Home' })],
      servers: [aServer({ name: 'Survival', power: null, lastRun })],
    });
    await tick();
    await user.click(screen.getByRole('button', { name: 'List' }));
    const notice = screen.getByTestId('panel-down');
    expect(notice.textContent).toMatch(/Home: The panel does not answer\.\s*Last updated 12 min ago\./);
    expect(screen.getByTestId('fleet-row').textContent).toContain('running 12 min ago');
    expect(screen.getByRole('main').textContent).not.toContain('have access to none');
    await user.click(within(notice).getByRole('button', { name: 'Try again' }));
    expect(bridge.calls).toContainEqual({ name: 'accounts.retry', input: { accountId: 'home' } });
  });
});

describe('a panel that can not be read, above the servers that are known', () => {
  const failing = (code: 'unauthorized' | 'panel-unreachable'): Account => {
    const problem = { code, message: verbatim('It refuses.'), next: verbatim('Look there.') };
    return anAccount({ id: 'home', label: 'Home', state: { kind: 'failed', problem, retryAt: 0 } });
  };
  const notice = async (code: Parameters<typeof failing>[0]) => {
    bridge.snapshot('fleet', { accounts: [failing(code)], servers: [aServer()] });
    await tick();
    return within(screen.getByTestId('panel-down'));
  };

  it('is reported in full once: in few words in the sidebar beside the banner, in full beside other pages', async () => {
    const banner = await notice('unauthorized');
    const sidebar = within(screen.getByRole('navigation', { name: 'Servers' }));
    const choicesOf = (where: typeof banner) =>
      where.getAllByRole('button').map(({ textContent }) => textContent.trim());
    const choices = ['Try again', 'Enter the key again'];
    expect(choicesOf(banner)).toEqual(choices);
    expect(screen.getAllByText(/It refuses\./)).toHaveLength(1);
    expect(sidebar.getByTestId('panel-why').textContent.trim()).toBe('refuses the API key');

    bridge.snapshot('navigation', { kind: 'events' });
    await tick();
    expect(screen.getAllByText(/It refuses\./)).toHaveLength(1);
    expect(choicesOf(within(sidebar.getByTestId('panel-trouble')))).toEqual(choices);
  });

  it('gives the reason why it was not asked again', async () => {
    const problem = {
      code: 'internal' as const,
      message: verbatim('Perch is busy.'),
      next: verbatim('Wait.'),
    };
    bridge.refuse('accounts.retry', problem);
    const banner = await notice('panel-unreachable');
    await user.click(banner.getByRole('button', { name: 'Try again' }));
    expect(screen.getByTestId('panel-down').textContent).toContain('Home: Perch is busy.');
  });
});

describe('a fleet of several panels', () => {
  const nameOf = (serverId: string): string =>
    document.querySelector(`[data-server="${serverId}"][data-testid=fleet-row] .name`)?.textContent.trim() ??
    '';

  async function shows(chosen: FleetColumn[] | null): Promise<void> {
    bridge.snapshot('settings', {
      ...someSettings(),
      groups: [{ id: 'g', name: 'Events', isCollapsed: false, serverIds: ['home/1', 'work/1'] }],
      fleetColumns: { chosen, order: [], widths: {} },
    });
    await tick();
  }

  beforeEach(async () => {
    await shows(null);
    bridge.snapshot('fleet', {
      accounts: [anAccount({ id: 'home', label: 'Home' }), anAccount({ id: 'work', label: 'Work' })],
      servers: [
        aServer({ id: 'home/1', accountId: 'home', name: 'Survival' }),
        aServer({ id: 'work/1', accountId: 'work', name: 'Survival', power: 'running', permissions: ['*'] }),
        aServer({ id: 'work/2', accountId: 'work', name: 'Lobby' }),
      ],
    });
    await tick();
  });

  const hasColumn = (): boolean => screen.queryByTestId('fleet-sort-panel') !== null;

  it('names the panel in its column if no title does, and hides the column below titles', async () => {
    expect(hasColumn()).toBe(false);
    expect(nameOf('home/1')).toMatch(/^Survival\s*Home$/);
    await user.click(screen.getByRole('button', { name: 'List' }));
    expect(hasColumn()).toBe(true);
    expect(nameOf('home/1')).toBe('Survival');
  });

  it('shows the column again in one list, whatever was chosen below titles', async () => {
    await user.click(screen.getByTestId('columns-menu'));
    expect(screen.queryByTestId('column-show-panel')).toBeNull();
    await user.click(screen.getByTestId('column-show-node'));
    const kept = bridge.calls.findLast(({ name }) => name === 'settings.update')?.input;
    expect(kept).toMatchObject({ fleetColumns: { chosen: expect.not.arrayContaining(['node']) as unknown } });
    expect(kept).toMatchObject({ fleetColumns: { chosen: expect.arrayContaining(['panel']) as unknown } });
  });

  it('hides the column in the view of a panel', async () => {
    await user.click(screen.getByRole('button', { name: 'List' }));
    await user.click(within(screen.getByRole('navigation')).getByRole('button', { name: /^Work/ }));
    expect(hasColumn()).toBe(false);
  });

  it("adds the panel to the name in a group, and not below the panel's title", async () => {
    await shows(['state', 'address']);
    expect(nameOf('home/1')).toMatch(/^Survival\s*Home$/);
    expect(nameOf('work/1')).toMatch(/^Survival\s*Work$/);
    expect(nameOf('work/2')).toBe('Lobby');
  });

  it('names the panel in the question before a signal as well', async () => {
    const row = document.querySelector<HTMLElement>('[data-server="work/1"][data-testid=fleet-row]');
    if (row === null) throw new Error('There is no such row.');
    await user.click(within(row).getByTestId('row-menu'));
    await user.click(await screen.findByTestId('menu-kill'));
    expect((await screen.findByRole('dialog')).textContent).toContain('Work');
  });
});

describe('a fleet that is being read', () => {
  it('counts loading servers once, with the progress in the tooltip, and filters them on a press', async () => {
    const servers = ['one', 'two', 'three'].map((name, at) =>
      aServer({ id: `home/${at}`, name, power: at === 0 ? 'running' : null }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
    const states = within(screen.getByRole('group', { name: 'Show only servers that are' }));
    expect(states.getAllByRole('button').map(({ textContent }) => textContent.trim())).toEqual([
      'running 1',
      'loading 2',
    ]);
    const loading = states.getByRole('button', { name: 'loading 2' });
    expect(loading.dataset['tip']).toBe('loading 1 of 3');
    const head = loading.closest('header');
    expect(head?.textContent.match(/loading/g)).toHaveLength(1);
    await user.click(loading);
    expect(screen.getAllByTestId('fleet-row').map(({ dataset }) => dataset['server'])).toEqual([
      'home/2',
      'home/1',
    ]);
    const known = { kind: 'server-patched', patch: { power: 'offline' } };
    bridge.change('fleet', [
      { ...known, serverId: 'home/1' },
      { ...known, serverId: 'home/2' },
    ]);
    await tick();
    expect(head?.textContent.match(/loading/g)).toHaveLength(1);
    expect(states.getByRole('button', { name: 'loading 0', pressed: true })).toBeDefined();
  });
});

describe('a fleet in which servers have crashed', () => {
  it("shows the number of today's crashes after the state, if it adds something", async () => {
    const now = Date.now();
    bridge.snapshot('fleet', {
      accounts: [anAccount()],
      servers: [
        aServer({ id: 'home/1', name: 'Survival', power: 'running' }),
        aServer({ id: 'home/2', name: 'Creative', power: 'offline', crashedAt: 1 }),
        aServer({ id: 'home/3', name: 'Lobby', power: 'running' }),
      ],
    });
    bridge.snapshot('events', [
      anEvent({ at: now - 40 * 3_600_000, serverId: 'home/3' }),
      anEvent({ at: now - 2, serverId: 'home/1' }),
      anEvent({ at: now - 1, serverId: 'home/2' }),
      anEvent({ at: now, serverId: 'home/1' }),
    ]);
    await tick();
    const shown = screen.getAllByTestId('crashes-today');
    expect(shown.map((one) => one.dataset['tip'])).toEqual(['Crashed 2 times today']);
    expect(shown[0]?.closest('[data-testid=fleet-row]')?.textContent).toContain('Survival');
  });
});

describe('software of the servers', () => {
  const drawings = (): (string | undefined)[] =>
    screen
      .getAllByTestId('fleet-row')
      .map((row) => row.querySelector<SVGElement>('[data-game]')?.dataset['game']);

  it('is drawn before each name with a description, and empty if unknown', async () => {
    bridge.snapshot('fleet', {
      accounts: [anAccount()],
      servers: [
        aServer({ id: 'home/1', name: 'A', game: 'valheim' }),
        aServer({ id: 'home/2', name: 'B', game: null }),
        aServer({ id: 'home/3', name: 'C' }),
      ],
    });
    await tick();
    expect(drawings()).toEqual(['valheim', undefined, undefined]);
    const [first] = screen.getAllByTestId('fleet-row');
    expect(first?.querySelector('[data-game]')?.parentElement?.dataset['tip']).toBe('Valheim');
    const side = screen.getAllByTestId('sidebar-server');
    expect(side.map((row) => row.querySelectorAll('[data-game]').length)).toEqual([1, 0, 0]);
  });

  it('has a highlighted Start for an offline server, not for an unknown one', async () => {
    bridge.snapshot('fleet', {
      accounts: [anAccount()],
      servers: [
        aServer({ id: 'home/1', name: 'A', power: 'offline', permissions: ['*'] }),
        aServer({ id: 'home/2', name: 'B', power: null, permissions: ['*'] }),
      ],
    });
    await tick();
    const starts = screen.getAllByTestId('power-start').map(({ classList }) => classList.contains('primary'));
    expect(starts).toEqual([true, false]);
  });

  it('takes no room in lists without drawings', async () => {
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer({ name: 'A' })] });
    await tick();
    expect(document.querySelector('.game')).toBeNull();
  });
});

describe('the words of states', () => {
  it('are the same above the table and in its rows', async () => {
    bridge.snapshot('fleet', {
      accounts: [anAccount()],
      servers: [
        aServer({ id: 'home/1', name: 'A', power: 'starting', crashedAt: 1 }),
        aServer({ id: 'home/2', name: 'B', condition: 'suspended' }),
      ],
    });
    await tick();
    const chips = within(screen.getByRole('group', { name: 'Show only servers that are' }));
    const rows = screen.getAllByTestId('fleet-row').map((row) => row.querySelector('.word')?.textContent);
    expect(rows).toEqual(['starting again', 'suspended']);
    for (const word of rows) expect(chips.getByRole('button', { name: `${word ?? ''} 1` })).toBeTruthy();
  });
});
