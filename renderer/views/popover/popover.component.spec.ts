import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount, aServer, someMemory, someSettings } from '../../../tests/support/entities.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import Popover from './popover.svelte';

const user = userEvent.setup();
const named = (name: string, fields: Partial<Server> = {}): Server =>
  aServer({ id: `home/${name}`, name, link: { kind: 'live' }, ...fields });
const fleet = [
  named('Amber', { power: 'running' }),
  named('Basalt'),
  named('Coral', { crashedAt: 1 }),
  named('Dune', { power: 'running' }),
];

describe('the popover', () => {
  let bridge: FakeBridge;
  let undo: () => void;

  beforeEach(() => {
    undo = layOutScrollers(400);
    bridge = new FakeBridge();
    render(Frame, { view: Popover, state: createWindowState(new PerchClient(bridge)) });
  });
  afterEach(() => undo());

  async function shows(servers: readonly Server[]): Promise<void> {
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
  }

  it('reports servers that a panel fails to show, with the next step', async () => {
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [anAccount({ unreadServers: 2 })], servers: fleet });
    await tick();
    expect(screen.getByText('The panel can’t show 2 servers of this account.')).toBeTruthy();
    expect(screen.getByText(/the permission allocation\.read/)).toBeTruthy();
    await shows(fleet);
    expect(screen.queryByText(/can’t show/)).toBeNull();
    bridge.snapshot('fleet', { accounts: [anAccount({ strangeServers: 1 })], servers: fleet });
    await tick();
    expect(screen.getByText(/^A server is missing/)).toBeTruthy();
  });

  /** Names in the list, from top to bottom. */
  function names(): (string | undefined)[] {
    return rows().map((row) => row.querySelector('.name')?.textContent ?? undefined);
  }

  function rows(): HTMLElement[] {
    const top = (row: HTMLElement): number =>
      parseFloat(row.closest<HTMLElement>('[data-slot]')?.style.top ?? '');
    const all = [...document.querySelectorAll<HTMLElement>('[data-testid=server-row]')];
    return all.sort((one, other) => top(one) - top(other));
  }

  function row(name: string): HTMLElement {
    const found = rows().find((one) => one.querySelector('.name')?.textContent === name);
    if (found === undefined) throw new Error(`${name} has no row.`);
    return found;
  }

  function button(name: string, testid: string): HTMLElement {
    const found = row(name).querySelector<HTMLElement>(`[data-testid=${testid}]`);
    if (found === null) throw new Error(`${name} has no ${testid}.`);
    return found;
  }

  function called(name: string): unknown[] {
    return bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  it('lists the servers, crashed servers on top', async () => {
    await shows(fleet);
    expect(names()).toEqual(['Coral', 'Amber', 'Basalt', 'Dune']);
  });

  it('shows the panel below a name if there are several, except below its title', async () => {
    bridge.snapshot('settings', someSettings({ pins: ['home/Amber'] }));
    bridge.snapshot('fleet', {
      accounts: [anAccount({ label: 'Harbor' }), anAccount({ id: 'b', label: 'Quay' })],
      servers: [...fleet, named('Amber', { id: 'b/Amber', accountId: 'b' })],
    });
    await tick();
    const below = rows().map((one) => [
      one.dataset['server'],
      one.querySelector('.below')?.textContent ?? '',
    ]);
    expect(below).toEqual([
      ['home/Coral', expect.stringMatching(/^Harbor · crashed/)],
      ['home/Amber', 'Harbor'],
      ['home/Basalt', ''],
      ['home/Dune', ''],
      ['b/Amber', ''],
    ]);
    await shows(fleet);
    expect(rows().map((one) => one.querySelector('.below')?.textContent ?? '')).toEqual([
      expect.stringMatching(/^crashed/),
      ...['', '', ''],
    ]);
  });

  it('shows counts that follow changes', async () => {
    await shows(fleet);
    const counts = (): (string | null)[] =>
      [...document.querySelectorAll('.counts .count')].map((count) => count.textContent);
    expect(counts()).toEqual(['2 running', '1 crashed', '1 offline']);
    bridge.change('fleet', [
      { kind: 'server-patched', serverId: 'home/Basalt', patch: { power: 'running' } },
    ]);
    await tick();
    expect(counts()).toEqual(['3 running', '1 crashed']);
  });

  it('goes through the rows and their buttons by keyboard', async () => {
    await shows(fleet);
    await user.keyboard('{ArrowDown}');
    expect(row('Coral').contains(document.activeElement)).toBe(true);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(row('Amber').querySelector('[data-row]'));
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(button('Amber', 'power-start'));
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(button('Amber', 'power-stop'));
    await user.keyboard('{ArrowUp}');
    expect(row('Coral').contains(document.activeElement)).toBe(true);
  });

  it('opens a server in the main window with Enter, and closes itself', async () => {
    await shows(fleet);
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(called('window.open')).toEqual([{ view: { kind: 'server', serverId: 'home/Amber' } }]);
    await vi.waitFor(() => expect(called('window.close')).toHaveLength(1));
  });

  it('sends a signal by its button, and names impossible signals', async () => {
    await shows(fleet);
    expect(button('Amber', 'power-start').getAttribute('aria-disabled')).toBe('true');
    expect(button('Amber', 'power-start').getAttribute('aria-description')).not.toBe('');
    await user.click(button('Amber', 'power-start'));
    await user.click(button('Basalt', 'power-start'));
    expect(called('power.send')).toEqual([{ serverId: 'home/Basalt', signal: 'start' }]);
  });

  it('shows a failure until it is dismissed', async () => {
    const problem = {
      code: 'internal',
      message: verbatim('The node refused.'),
      next: verbatim('Try again.'),
    } as const;
    bridge.refuse('power.send', problem);
    await shows(fleet);
    await user.click(button('Basalt', 'power-start'));
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('Basalt: The node refused.'),
    );
    await user.click(screen.getByRole('alert').querySelector('button') ?? document.body);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('searches while typing, opens the first match with Enter, and closes with Esc', async () => {
    await shows(fleet);
    await user.keyboard('/');
    await user.keyboard('dun');
    expect(names()).toEqual(['Dune']);
    await user.keyboard('{Enter}');
    expect(called('window.open')).toEqual([{ view: { kind: 'server', serverId: 'home/Dune' } }]);
    await user.keyboard('{Escape}');
    expect(names()).toHaveLength(4);
  });

  it('reports no match, and shows all again', async () => {
    await shows(fleet);
    await user.keyboard('/');
    await user.keyboard('xyzzy');
    expect(names()).toEqual([]);
    expect(document.querySelector('.empty')?.textContent).toContain('xyzzy');
    await user.click(document.querySelector('.empty button') ?? document.body);
    expect(names()).toHaveLength(4);
  });

  it('shows new events in a line that leads to the events', async () => {
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('memory', someMemory({ eventsSeenAt: 5 }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: fleet });
    bridge.snapshot('events', [anEvent({ at: 5 })]);
    await tick();
    expect(screen.queryByTestId('popover-news')).toBeNull();
    bridge.change('events', [anEvent({ at: 6, server: 'Amber' }), anEvent({ at: 7, server: 'Coral' })]);
    await tick();
    expect(screen.getByTestId('popover-news').textContent.trim()).toBe('2 new events: Coral crashed');
    await user.click(screen.getByTestId('popover-news'));
    expect(called('window.open')).toEqual([{ view: { kind: 'events', only: 'news' } }]);
  });

  it('distinguishes the server of the newest event from others of its name', async () => {
    await shows([
      named('1', { name: 'Amber', identifier: '1a2b3c4d' }),
      named('2', { name: 'Amber', identifier: '5e6f7a8b' }),
    ]);
    bridge.snapshot('events', [anEvent({ at: 7, server: 'Amber', serverId: 'home/2' })]);
    await tick();
    expect(screen.getByTestId('popover-news').textContent).toMatch(
      /1 new event: Amber crashed\s+panel\.example\.com · 5e6f7a8b/,
    );
  });

  it('offers to start servers again that it stopped', async () => {
    bridge.answer('power.send', undefined);
    await shows(fleet);
    await user.click(button('Amber', 'power-stop'));
    bridge.change('fleet', [
      { kind: 'server-patched', serverId: 'home/Amber', patch: { power: 'offline', pending: null } },
    ]);
    const offer = await screen.findByTestId('stopped-toast');
    expect(offer.textContent).toContain('Stopped “Amber”');
    await user.click(screen.getByRole('button', { name: 'Start again' }));
    expect(called('power.send').at(-1)).toEqual({ serverId: 'home/Amber', signal: 'start' });
  });

  it('mutes the server of the newest event by keyboard; its other buttons are in its row', async () => {
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: fleet });
    bridge.snapshot('events', [anEvent({ at: 7, server: 'Coral', serverId: 'home/Coral' })]);
    await tick();
    bridge.answer('settings.update', someSettings());
    screen.getByTestId('popover-news').focus();
    expect([screen.queryByTestId('event-power'), screen.queryByTestId('event-console')]).toEqual([
      null,
      null,
    ]);
    await user.keyboard('{Tab}{Enter}');
    const rule = { scope: { kind: 'server', id: 'home/Coral' }, switches: {}, isMuted: false };
    expect(called('settings.update')).toEqual([
      { alerts: expect.objectContaining({ rules: [expect.objectContaining(rule)] }) as unknown },
    ]);
  });

  it('starts, shows and mutes the server of the newest event without a row', async () => {
    bridge.snapshot('settings', someSettings());
    const others = Array.from({ length: 40 }, (_, at) => named(`Other ${at}`, { power: 'running' }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [...others, named('Zinc')] });
    bridge.snapshot('events', [
      anEvent({ at: 7, server: 'Zinc', serverId: 'home/Zinc', what: { kind: 'suspended' } }),
    ]);
    await tick();
    bridge.answer('power.send', undefined);
    expect(names()).toHaveLength(8);
    screen.getByTestId('popover-news').focus();
    await user.keyboard('{Tab}{Enter}');
    expect(called('power.send')).toEqual([{ serverId: 'home/Zinc', signal: 'start' }]);
    await user.keyboard('{Tab}{Enter}');
    expect(called('window.open')).toEqual([{ view: { kind: 'server', serverId: 'home/Zinc' } }]);
  });

  it('lists recently opened servers of a large fleet, and leads to all', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => named(`S${at}`, { power: 'running' }));
    const visits = [
      { serverId: 'home/S700', at: 2 },
      { serverId: 'home/S300', at: 1 },
    ];
    bridge.snapshot('settings', someSettings({ pins: ['home/S500'] }));
    bridge.snapshot('memory', someMemory({ visits }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: many });
    await tick();
    expect(names()).toEqual(['S500', 'S700', 'S300', 'S0', 'S1', 'S2', 'S3', 'S4']);
    await user.click(screen.getByRole('button', { name: 'Find among 1,000 servers' }));
    await user.keyboard('s999');
    expect(names()).toEqual(['S999']);
  });

  it('marks a server near a limit, on top of a large fleet', async () => {
    const near = named('Zinc', {
      power: 'running',
      near: ['cpu'],
      limits: { cpuPercent: 60, memoryBytes: null, diskBytes: null },
      usage: {
        cpuPercent: 57,
        memoryBytes: 0,
        memoryLimitBytes: null,
        diskBytes: 0,
        networkRxBytes: 0,
        networkTxBytes: 0,
        uptimeMs: 1,
        at: 1,
      },
    });
    await shows([...fleet, near]);
    expect(row('Zinc').querySelector('[data-testid=row-near]')?.textContent).toBe(
      'near limit · CPU 57 of 60 %',
    );
    expect(names().at(-1)).toBe('Zinc');
    const others = Array.from({ length: 40 }, (_, at) => named(`Other ${at}`, { power: 'running' }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [...others, near] });
    await tick();
    expect(names()[0]).toBe('Zinc');
  });

  it('has no buttons beside an event of no server or a removed one', async () => {
    await shows(fleet);
    const [panel, gone] = [{ serverId: null }, { serverId: 'home/gone' }];
    for (const fields of [panel, gone]) {
      bridge.snapshot('events', [anEvent({ at: 7, ...fields })]);
      await tick();
      expect(screen.queryByTestId('event-snooze')).toBeNull();
    }
  });

  it('closes with Esc', async () => {
    await shows(fleet);
    await user.keyboard('{Escape}');
    expect(called('window.close')).toHaveLength(1);
  });

  it('offers to connect a panel while none is connected', async () => {
    bridge.snapshot('fleet', { accounts: [], servers: [] });
    await tick();
    await user.click(document.querySelector('.empty button') ?? document.body);
    expect(called('window.open')).toEqual([{ view: { kind: 'onboarding' } }]);
  });

  it("names the panel of a refused signal if the server's name is not unique", async () => {
    const twins = [
      named('Amber', { power: 'running' }),
      aServer({ id: 'work/Amber', accountId: 'work', name: 'Amber', power: 'running' }),
    ];
    bridge.snapshot('settings', someSettings());
    const accounts = [anAccount({ label: 'Home' }), anAccount({ id: 'work', label: 'Work' })];
    bridge.snapshot('fleet', { accounts, servers: twins });
    await tick();
    bridge.refuse('power.send', { code: 'forbidden', message: verbatim('No.'), next: verbatim('Ask.') });
    const [, stop] = screen.getAllByTestId('power-stop');
    if (stop === undefined) throw new Error('The second server has no button.');
    await user.click(stop);
    expect(await screen.findByText('Amber · Work: No.')).toBeTruthy();
  });
});
