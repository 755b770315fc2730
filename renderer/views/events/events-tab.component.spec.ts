import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anAccount, aServer, someMemory, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import EventsTab from './events-tab.svelte';

const hour = 3_600_000;
const entry = (id: string, at: number, fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  at,
  event: 'server:settings.rename',
  by: 'anna',
  isApi: false,
  ip: null,
  properties: { old: 'Lobby', new: 'Hub' },
  ...fields,
});
const stop = anEvent({
  at: 5 * hour,
  what: { kind: 'stopped', by: { kind: 'person', name: 'anna' }, isKill: false },
});
const crash = anEvent({ at: 2 * hour });

let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(600);
  bridge = new FakeBridge();
});
afterEach(() => undo());

async function open(
  permissions: string[],
  events: readonly HistoryEvent[] = [stop, crash],
  {
    account = anAccount(),
    condition = 'normal',
  }: { account?: Account; condition?: Server['condition'] } = {},
): Promise<void> {
  const server = aServer({ id: 'home/1', isOwner: false, permissions, condition });
  bridge.answer('events.older', { events: [], isEnd: true });
  const view: Component = (anchor) => EventsTab(anchor, { server });
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('memory', someMemory());
  bridge.snapshot('fleet', { accounts: [account], servers: [server] });
  bridge.snapshot('events', [...events]);
  await tick();
}

const lines = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[data-row]')].map(
    ({ dataset }) => dataset['event'] ?? dataset['other'],
  );

it('acts of others stand between the events, once', async () => {
  const entries = [
    entry('d', 6 * hour),
    entry('c', 5 * hour + 1000, { event: 'server:power.stop', properties: {} }),
    entry('b', 3 * hour, { event: 'server:file.delete', properties: { files: ['a.txt'] } }),
    entry('a', hour),
  ];
  bridge.answer('activity.ofServer', { entries, total: 4, pages: 1 });
  await open(['*']);
  const all = [
    'server:settings.rename',
    'stopped',
    'server:file.delete',
    'crashed',
    'server:settings.rename',
  ];
  await vi.waitFor(() => expect(lines()).toEqual(all));
  expect(screen.getAllByText('anna, from the panel’s activity')).toHaveLength(3);
});

it('older activity is read where the list is looked at further back', async () => {
  const pages = [[entry('b', 3 * hour)], [entry('a', hour)]];
  const asked = (): unknown[] =>
    bridge.calls.flatMap(({ name, input }) => (name === 'activity.ofServer' ? [input] : []));
  bridge.answerWith('activity.ofServer', () => ({ entries: pages[asked().length - 1], total: 2, pages: 2 }));
  await open(['*']);
  const all = ['stopped', 'server:settings.rename', 'crashed', 'server:settings.rename'];
  await vi.waitFor(() => expect(lines()).toEqual(all));
  expect(asked()).toMatchObject([{ page: 1 }, { page: 2 }]);
});

it('a key without the permission sends no request, and shows the events', async () => {
  await open(['control.console']);
  await vi.waitFor(() => expect(lines()).toEqual(['stopped', 'crashed']));
  expect(bridge.calls.map(({ name }) => name)).not.toContain('activity.ofServer');
});

it('a refusal of the panel keeps the events', async () => {
  bridge.refuse('activity.ofServer', aProblem('timeout'));
  await open(['*']);
  await vi.waitFor(() => expect(lines()).toEqual(['stopped', 'crashed']));
});

it('a log without an action of others is read five pages far, and no further after a refusal', async () => {
  const own = (page: number): ActivityEntry =>
    entry(`own ${page}`, 5 * hour - page, { by: 'olive', isApi: true });
  const pages = (): number => bridge.calls.filter(({ name }) => name === 'activity.ofServer').length;
  bridge.answerWith('activity.ofServer', () => ({ entries: [own(pages())], total: 100, pages: 100 }));
  await open(['*'], [crash]);
  await vi.waitFor(() => expect(pages()).toBe(6));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(pages()).toBe(6);
});

it.each([
  { why: 'a missing permission', permissions: ['control.console'], says: 'activity.read', testid: 'refused' },
  {
    why: 'a closed server',
    permissions: ['*'],
    condition: 'suspended' as const,
    says: 'no activity until then',
    testid: 'closed',
  },
  {
    why: 'a panel that does not answer',
    permissions: ['*'],
    account: anAccount({ state: { kind: 'failed', problem: aProblem('timeout'), retryAt: 0 } }),
    says: 'as soon as the panel answers',
    testid: 'waits',
  },
])('the activity on the panel says $why', async ({ permissions, says, testid, ...where }) => {
  bridge.refuse('activity.ofServer', aProblem('timeout'));
  await open(permissions, [], where);
  await userEvent.setup().click(screen.getByRole('radio', { name: 'Activity on the panel' }));
  expect((await screen.findByTestId(`activity-${testid}`)).textContent).toContain(says);
});
