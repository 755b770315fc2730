import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anEntry, someActivity } from '../../../tests/support/activity-entries.js';
import { anAccount, aServer, someMemory, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import EventsView from './events-view.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(600);
  bridge = new FakeBridge();
});
afterEach(() => undo());

describe('the page of events', () => {
  /** Answers the list's request for older events. */
  let answerOlder: (page: { events: HistoryEvent[]; isEnd: boolean }) => void;

  beforeEach(async () => {
    answerOlder = bridge.hold('events.older');
    const view: Component = (anchor) => EventsView(anchor, { awaySince: 15 });
    render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('memory', someMemory({ eventsSeenAt: 10 }));
    bridge.snapshot('events', [
      anEvent({ at: 5 }),
      anEvent({ at: 20, server: 'Creative', serverId: 'home/2' }),
      anEvent({ at: 30, server: 'Skyblock' }),
    ]);
    await tick();
  });

  const marked = (): number => screen.queryAllByTestId('event-new').length;

  it('marks all events as seen, and keeps new events marked until dismissed', async () => {
    await vi.waitFor(() =>
      expect(bridge.calls).toContainEqual({ name: 'memory.note', input: { eventsSeenAt: 30 } }),
    );
    expect(marked()).toBe(2);
    expect(screen.getAllByText('New')).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Mark as seen' }));
    expect(marked()).toBe(0);
    expect(screen.queryByRole('button', { name: 'Mark as seen' })).toBeNull();
    bridge.change('events', [anEvent({ at: 40 })]);
    await tick();
    expect(marked()).toBe(1);
  });

  it('names its four choices, visibly and for screen readers', async () => {
    for (const name of ['Kind of event', 'Time', 'Panel or group', 'Server'])
      expect(screen.getByRole('combobox', { name }).dataset['tip']).toBe(name);
  });

  it('distinguishes servers of the same name and panel only', async () => {
    const named = (id: string, name: string) => aServer({ id, name, identifier: `id-${id.at(-1) ?? ''}` });
    const panels = (): string[] =>
      [...document.querySelectorAll('.panel')].map(({ textContent }) => textContent);
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [named('home/1', 'Survival')] });
    await tick();
    expect(panels()).toEqual([]);
    const servers = [named('home/1', 'Survival'), named('home/2', 'Creative'), named('home/3', 'Survival')];
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
    expect(new Set(panels())).toEqual(new Set(['panel.example.com · id-1', '']));
  });

  it('shows the messages to channels about an event, in a line of its own', async () => {
    const none = { state: 'sent', at: 0, againAt: null, editedAt: null, failures: 0 } as const;
    const deliveries = [{ channelId: 'c1', kind: 'discord', name: 'ops', ...none } as const];
    bridge.snapshot('events', [anEvent({ deliveries }), anEvent({})]);
    await tick();
    expect(screen.getAllByTestId('event-deliveries').map((one) => one.textContent)).toEqual([
      expect.stringMatching(/^Channels: Discord “ops” \d\d:\d\d$/),
    ]);
    await user.type(screen.getByTestId('events-search'), 'discord ops');
    expect(screen.getAllByTestId('event-deliveries')).toHaveLength(1);
  });

  it('folds repeated entries, and unfolds them by a key', async () => {
    bridge.snapshot(
      'events',
      [5, 6, 7, 8].map((at) => anEvent({ at })),
    );
    await tick();
    const rows = (): number => document.querySelectorAll('[data-event]').length;
    expect(rows()).toBe(1);
    const repeats = screen.getByTestId('event-repeats');
    expect(repeats.textContent).toContain('3 more like this since');
    repeats.focus();
    await user.keyboard('{Enter}');
    expect(repeats.getAttribute('aria-expanded')).toBe('true');
    expect(rows()).toBe(4);
    await user.keyboard('{Enter}');
    expect(rows()).toBe(1);
  });

  it('searches all stored events, and reports an empty result', async () => {
    await user.type(screen.getByTestId('events-search'), 'nothing of the kind');
    let at = 3;
    bridge.answerWith('events.older', () => ({ events: [anEvent({ id: `d${at}`, at })], isEnd: --at === 1 }));
    answerOlder({ events: [anEvent({ id: 'd4', at: 4 })], isEnd: false });
    expect(await screen.findByText('No matching events')).toBeTruthy();
    expect(bridge.calls.filter(({ name }) => name === 'events.older')).toHaveLength(3);
  });

  it('saves the shown events, and names the file', async () => {
    bridge.answer('events.save', { path: '/home/events.json' });
    answerOlder({ events: [], isEnd: true });
    await user.type(screen.getByTestId('events-search'), 'creative');
    await user.click(screen.getByTestId('events-export'));
    await user.click(await screen.findByRole('menuitem', { name: /JSON/ }));
    expect(await screen.findByText('Saved to /home/events.json.')).toBeTruthy();
    const saved = bridge.calls.find(({ name }) => name === 'events.save')?.input as { text: string };
    expect(JSON.parse(saved.text)).toMatchObject([{ server: 'Creative' }]);
  });
});

describe('actions of others', () => {
  const arena = aServer({ id: 'home/1', name: 'Arena', permissions: ['activity.read'] });
  const lobby = aServer({ id: 'home/2', uuid: 'u2', name: 'Lobby', permissions: ['activity.read'] });
  const hidden = aServer({ id: 'home/3', uuid: 'u3', name: 'Mine', permissions: ['control.start'] });

  async function open(servers = [arena, lobby, hidden]): Promise<WindowState> {
    bridge.answer('events.older', { events: [], isEnd: true });
    bridge.answer('events.save', { path: '/home/events.json' });
    const state = createWindowState(new PerchClient(bridge));
    state.fleet.start();
    const view: Component = (anchor) => EventsView(anchor, { awaySince: null });
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    render(Frame, { view, state });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('memory', someMemory({ eventsSeenAt: 99 }));
    bridge.snapshot('events', [
      anEvent({ at: 20, server: 'Arena' }),
      anEvent({
        at: 40,
        serverId: 'home/2',
        server: 'Lobby',
        what: { kind: 'stopped', by: { kind: 'unknown' }, isKill: false },
      }),
    ]);
    await tick();
    return state;
  }

  const titles = (): string[] =>
    [...document.querySelectorAll('[data-row] .title')].map(({ textContent }) => textContent.trim());
  /** Chooses an option of a filter. Returns all options. */
  async function choose(testid: string, label: string): Promise<string[]> {
    screen.getByTestId(testid).focus();
    await user.keyboard('{Enter}');
    const options = await screen.findAllByRole('option', { hidden: true });
    const names = options.map(({ textContent }) => textContent.trim());
    const option = options[names.indexOf(label)];
    if (option === undefined) throw new Error(`no ${label}`);
    await user.click(option);
    return names;
  }
  const watched = () =>
    bridge.subscriptions
      .filter(({ name, ended }) => name === 'fleetActivity' && !ended)
      .map(({ params }) => params);
  const both = [
    someActivity('home/1', [anEntry({ at: 30 }), anEntry({ at: 10, by: 'bob', event: 'server:reinstall' })]),
    someActivity('home/2', [anEntry({ at: 41, by: 'bob', event: 'server:power.stop', properties: {} })], {
      since: 41,
    }),
  ];

  it('stand between the events with their server, and name who did what Perch saw', async () => {
    await open();
    await vi.waitFor(() => expect(watched()).toEqual([{ serverIds: null }]));
    bridge.snapshot('fleetActivity', []);
    bridge.change('fleetActivity', both);
    await vi.waitFor(() =>
      expect(titles()).toEqual([
        'Lobby was stopped',
        'Arena: Renamed the server from Lobby to Hub',
        'Arena crashed',
        'Arena: Reinstalled the server',
      ]),
    );
    expect(screen.getByText('Stopped by bob.')).toBeTruthy();
    expect(screen.getByText('anna, from the panel’s activity')).toBeTruthy();
    const status = screen.getByTestId('events-others').textContent;
    expect(status).toContain('Read from 2 of 3 servers');
    expect(status).toContain('older actions on 1 server');
    expect(status).toMatch(/missing: Mine\..*activity\.read/);
  });

  it('are read again where a panel did not send them', async () => {
    await open();
    const failed = { ...someActivity('home/2', []), entries: null, problem: aProblem('forbidden') };
    bridge.snapshot('fleetActivity', []);
    bridge.change('fleetActivity', [...both.slice(0, 1), failed]);
    await user.click(await screen.findByTestId('others-retry'));
    expect(bridge.calls).toContainEqual({ name: 'activity.retry', input: undefined });
    expect(document.activeElement?.closest('[data-row]')).not.toBeNull();
    bridge.change('fleetActivity', [{ ...failed, problem: null }]);
    await vi.waitFor(() => expect(screen.queryByTestId('others-retry')).toBeNull());
  });

  it('are filtered, searched and exported like events', async () => {
    await open();
    bridge.snapshot('fleetActivity', []);
    bridge.change('fleetActivity', both);
    await vi.waitFor(() => expect(titles()).toHaveLength(4));
    const names = await choose('events-person', 'bob');
    expect(names).toEqual(['Everybody', 'You, in Perch', 'anna', 'bob']);
    expect(titles()).toEqual(['Lobby was stopped', 'Arena: Reinstalled the server']);
    await user.type(screen.getByTestId('events-search'), 'reinst');
    expect(titles()).toEqual(['Arena: Reinstalled the server']);
    await user.click(screen.getByTestId('events-export'));
    await user.click(await screen.findByRole('menuitem', { name: /JSON/ }));
    expect(await screen.findByText('Saved to /home/events.json.')).toBeTruthy();
    const saved = bridge.calls.find(({ name }) => name === 'events.save')?.input as { text: string };
    expect(JSON.parse(saved.text)).toMatchObject([
      { kind: 'server:reinstall', server: 'Arena', serverId: 'home/1', evidence: { by: 'bob' } },
    ]);
  });

  it('are read of the servers that the filter shows', async () => {
    await open();
    await choose('events-server', 'Lobby');
    await vi.waitFor(() => expect(watched()).toEqual([{ serverIds: ['home/2'] }]));
  });

  it('are not asked for again when a server has another name', async () => {
    await open();
    const begun = () => bridge.subscriptions.filter(({ name }) => name === 'fleetActivity').length;
    await vi.waitFor(() => expect(begun()).toBe(1));
    bridge.snapshot('fleetActivity', []);
    bridge.change('fleetActivity', both);
    const servers = [{ ...arena, name: 'Colosseum' }, lobby, hidden];
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await vi.waitFor(() => expect(titles()).toContain('Colosseum: Reinstalled the server'));
    expect(begun()).toBe(1);
  });

  it('come and go with their switch, whose state is kept', async () => {
    await open();
    const toggle = screen.getByRole('switch', { name: 'Show actions of others at the panels' });
    expect(toggle).toHaveProperty('checked', true);
    await user.click(toggle);
    expect(bridge.calls).toContainEqual({ name: 'memory.note', input: { othersShown: false } });
    bridge.snapshot('memory', someMemory({ eventsSeenAt: 99, othersShown: false }));
    await vi.waitFor(() => expect(watched()).toEqual([]));
    expect(titles()).toEqual(['Lobby was stopped', 'Arena crashed']);
    expect(screen.getByTestId('events-others').textContent).toBe('');
  });

  it('wait for the switch in a large fleet, but not for a few of its servers', async () => {
    const many = Array.from({ length: 51 }, (_, at) =>
      aServer({ id: `home/s${at}`, uuid: `s${at}`, name: `S${at}`, permissions: ['activity.read'] }),
    );
    await open(many);
    expect(screen.getByRole('switch')).toHaveProperty('checked', false);
    expect(watched()).toEqual([]);
    await choose('events-server', 'S7');
    expect(screen.getByRole('switch')).toHaveProperty('checked', true);
    await vi.waitFor(() => expect(watched()).toEqual([{ serverIds: ['home/s7'] }]));
  });

  it('open the events of their server', async () => {
    const { navigation } = await open();
    bridge.snapshot('fleetActivity', []);
    bridge.change('fleetActivity', both);
    await user.click(await screen.findByText('Arena: Reinstalled the server'));
    expect(navigation.view).toMatchObject({ kind: 'server', serverId: 'home/1', tab: 'events' });
  });
});
