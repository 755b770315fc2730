import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { anAccount, aServer, someMemory, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
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

  it('marks all events as seen, and keeps new ones marked until dismissed', async () => {
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

  it('says what channels were told of an event, in a line of its own', async () => {
    const none = { state: 'told', at: 0, againAt: null, editedAt: null, failures: 0 } as const;
    const told = [{ channelId: 'c1', kind: 'discord', name: 'ops', ...none } as const];
    bridge.snapshot('events', [anEvent({ told }), anEvent({})]);
    await tick();
    expect(screen.getAllByTestId('event-told').map((one) => one.textContent)).toEqual([
      expect.stringMatching(/^Channels: Discord “ops” \d\d:\d\d$/),
    ]);
    await user.type(screen.getByTestId('events-search'), 'discord ops');
    expect(screen.getAllByTestId('event-told')).toHaveLength(1);
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
