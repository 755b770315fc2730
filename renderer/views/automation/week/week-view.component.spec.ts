/** The calendar of the week: cells, keys, details with times and badges, overlaps, left-out entries, a large fleet. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';
import { PerchClient } from '../../../api.js';
import type { WindowState } from '../../../state/context.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import WeekView from './week-view.svelte';

const user = userEvent.setup();
const hour = 3_600_000;
const { naming } = aServer();
/** A panel that always uses UTC. */
const pelican = { naming: { ...naming, description: 'apart' as const } };
let bridge: FakeBridge;
let state: WindowState;

/** Local time of day as cron of UTC, for a computer in any zone. */
function daily(hourHere: number, minute = 0): Schedule['cron'] {
  const at = new Date(2027, 0, 5, hourHere, minute);
  return { ...aSchedule().cron, hour: String(at.getUTCHours()), minute: String(at.getUTCMinutes()) };
}

async function shows(
  servers: Partial<Server>[],
  schedulesOf: (at: number) => Partial<Schedule>[],
): Promise<void> {
  state = createWindowState(new PerchClient(bridge));
  const all = servers.map((fields, at) =>
    aServer({
      id: `home/${at}`,
      uuid: String(at),
      name: `Server ${at}`,
      node: 'Node 1',
      isOwner: true,
      permissions: ['*'],
      ...pelican,
      ...fields,
    }),
  );
  const nothing: Component = () => ({});
  const view: Component = (anchor) => WeekView(anchor, {});
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount({ id: 'home' })], servers: all });
  await tick();
  await rerender({ view, state });
  bridge.snapshot('plans', []);
  bridge.snapshot(
    'fleetSchedules',
    all.flatMap(({ id, permissions }, at) =>
      permissions?.includes('*') === true
        ? [
            {
              serverId: id,
              readAt: 0,
              schedules: schedulesOf(at).map((fields, place) => aSchedule({ id: place + 1, ...fields })),
            },
          ]
        : [],
    ),
  );
  await tick();
}

const cells = (): HTMLElement[] =>
  screen.queryAllByRole('gridcell').filter((cell) => cell.querySelector('.chip') !== null);
const entries = (): HTMLElement[] => screen.queryAllByTestId('week-entry');

beforeEach(() => {
  bridge = new FakeBridge();
});

describe('the calendar', () => {
  it('has a cell for each day of a nightly restart, and one row for hours without actions', async () => {
    await shows([{}], () => [{ cron: daily(4) }]);
    await waitFor(() => expect(cells().length).toBeGreaterThanOrEqual(6));
    expect(cells()[0]?.textContent).toContain('04:00');
    expect(cells()[0]?.textContent).toContain('Server 0');
    expect(screen.getAllByRole('row').length).toBeLessThan(6);
    expect(cells()[1]?.textContent).toMatch(/04:00 to 05:00: Restart, 1 server, Runs on the panel/);
  });

  it('marks and says overlaps on one node', async () => {
    await shows([{}, {}, { node: 'Node 2' }], (at) => [{ cron: daily(4, at * 5) }]);
    await waitFor(() => expect(cells().length).toBeGreaterThanOrEqual(6));
    const cell = cells()[1] ?? document.body;
    expect(cell.textContent).toContain('2 servers of one node at once');
    await user.click(cell);
    expect((await screen.findByTestId('week-overlap'))?.textContent).toContain(
      'On Node 1, 2 servers restart, start or are backed up within 10 minutes.',
    );
  });

  it('says that no action is planned', async () => {
    await shows([{}], () => []);
    await screen.findByTestId('week-empty');
  });

  it('says which servers and schedules are left out, and why', async () => {
    const every = { ...aSchedule().cron, minute: '*/5', hour: '*' };
    const odd = { nextRunAt: Date.now() + 30 * hour, cron: { ...daily(4), hour: '99' } };
    await shows([{}, { permissions: ['control.start'], isOwner: false }], () => [
      { cron: every, name: 'Save' },
      odd,
    ]);
    const notes = await screen.findByTestId('week-notes');
    await waitFor(() => expect(notes?.textContent).toContain('Save on Server 0: Every 5 minutes'));
    expect(notes?.textContent).toContain('1 server is left out: your key may not see its schedules.');
    expect(notes?.textContent).toContain('Of 1 schedule only the next run is known');
    expect(cells()).toHaveLength(1);
  });

  it('turns to later weeks and back', async () => {
    await shows([{}], () => [{ cron: daily(4) }]);
    await waitFor(() => expect(cells().length).toBeGreaterThanOrEqual(6));
    const first = screen.getByTestId('week-span').textContent;
    await user.click(screen.getByTestId('week-later'));
    await waitFor(() => expect(cells()).toHaveLength(7));
    expect(screen.getByTestId('week-span').textContent).not.toBe(first);
    await user.click(screen.getByTestId('week-earlier'));
    expect(screen.getByTestId('week-span').textContent).toBe(first);
  });
});

describe('the keyboard', () => {
  it('moves over the hours with actions, opens an hour, and comes back with Esc', async () => {
    await shows([{}], () => [
      { cron: daily(4) },
      { cron: daily(6), tasks: [aTask({ action: 'backup', payload: '' })] },
    ]);
    await waitFor(() => expect(cells().length).toBeGreaterThanOrEqual(12));
    const stops = screen.getAllByRole('gridcell').filter((cell) => cell.tabIndex === 0);
    expect(stops).toHaveLength(1);
    stops[0]?.focus();
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(document.activeElement?.textContent).toMatch(/06:00 to 07:00: Backup/);
    await user.keyboard('{Enter}');
    await screen.findByTestId('week-details');
    await waitFor(() => expect(document.activeElement).toBe(entries()[0]));
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('week-details')).toBeNull();
    expect(document.activeElement?.textContent).toMatch(/06:00 to 07:00/);
    await user.keyboard('{Enter}{Enter}');
    expect(state.navigation.view).toEqual({ kind: 'server', serverId: 'home/0', tab: 'schedules' });
  });
});

it('shows the servers and steps of each run, and hostile names as one line', async () => {
  await shows([{ name: 'Evil\u202E\nname' }], () => [
    {
      cron: daily(4),
      name: 'Night\u202Ely\n',
      tasks: [aTask({ action: 'command', payload: 'say' }), aTask()],
    },
  ]);
  await waitFor(() => expect(cells().length).toBeGreaterThanOrEqual(6));
  await user.click(cells()[1] ?? document.body);
  await waitFor(() => expect(entries()).toHaveLength(1));
  const [entry] = entries();
  expect(entry?.textContent).toContain('Restart, Command');
  expect(within(entry ?? document.body).getByTestId('runs-where-panel')?.textContent).toContain(
    'Runs on the panel',
  );
  expect(entry?.textContent).not.toMatch(/[\u202E\n]/u);
});

it('has rules with a time, which run while Perch runs', async () => {
  await shows([{}], () => []);
  const rule = {
    id: 'r1',
    name: 'Weekend hours',
    isOn: true,
    mode: 'single',
    atMost: { times: 5, withinMs: 3_600_000 },
    target: { kind: 'server', serverId: 'home/0' },
    trigger: { kind: 'time', days: [0, 1, 2, 3, 4, 5, 6], minute: 960 },
    condition: null,
    steps: [{ kind: 'power', on: null, signal: 'start' }],
    agreedAt: 1,
  };
  const view = {
    rule,
    origin: 'own',
    offBy: null,
    failures: 0,
    missed: [],
    next: null,
    underWay: [],
    last: null,
  };
  bridge.snapshot('rules', [view]);
  await waitFor(() => expect(cells().length).toBeGreaterThanOrEqual(6));
  await user.click(cells()[1] ?? document.body);
  await waitFor(() => expect(entries()[0]?.textContent).toContain('Weekend hours: Start'));
  screen.getByTestId('runs-where-perch');
});

it('draws 1,000 servers as a bounded number of elements', async () => {
  await shows(
    Array.from({ length: 1000 }, () => ({})),
    (at) => [
      { cron: daily(at % 24, at % 60) },
      { cron: daily((at + 7) % 24, at % 60), tasks: [aTask({ action: 'backup', payload: '' })] },
    ],
  );
  await waitFor(() => expect(cells().length).toBeGreaterThan(100), { timeout: 30_000 });
  expect(document.querySelectorAll('.chip').length).toBeLessThanOrEqual(7 * 24 * 3);
}, 60_000);
