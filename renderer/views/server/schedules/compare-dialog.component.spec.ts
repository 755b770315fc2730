/** Comparing a schedule with those of other servers: verdicts, differences in words, filters, keys, and the copy. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { wholeOf } from '../../../../bridge/schedules/whole.js';
import { aServer } from '../../../../tests/support/entities.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';

const others = [
  aServer({ id: 'home/u1', name: 'Lobby' }),
  aServer({ id: 'home/u2', name: 'Creative' }),
  aServer({ id: 'home/u3', name: 'Arena', permissions: ['schedule.read'] }),
  aServer({ id: 'home/u4', name: 'Rust' }),
  aServer({ id: 'home/u5', name: 'Hidden', permissions: ['control.console'] }),
  aServer({ id: 'home/u6', name: 'New' }),
];
const backup = aTask({ action: 'backup', payload: '' });
let page: SchedulesPage;

const rows = (): HTMLElement[] => screen.queryAllByTestId('compare-row');
const names = (): (string | null | undefined)[] => rows().map((row) => row.querySelector('bdi')?.textContent);
const row = (name: string): HTMLElement =>
  rows().find((one) => one.querySelector('bdi')?.textContent === name) ?? document.body;
/** Texts of the cells, without the server. */
const cells = (name: string): string[] =>
  within(row(name))
    .getAllByRole('cell')
    .slice(1)
    .map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim());

async function opens(lists: Record<string, Partial<Schedule>[]>, readAt = Date.now()): Promise<void> {
  await page.shows({}, others);
  await page.opens();
  await page.user.click(screen.getByTestId('schedule-compare'));
  page.bridge.snapshot(
    'fleetSchedules',
    Object.entries(lists).map(([serverId, schedules]) => ({
      serverId,
      readAt,
      schedules: schedules.map((fields, at) => aSchedule({ id: at + 1, ...fields })),
    })),
  );
  await tick();
}

beforeEach(() => {
  page = new SchedulesPage();
});

describe('the comparison of a schedule', () => {
  const differing = { isActive: false, cron: { ...aSchedule().cron, hour: '5' }, tasks: [backup, aTask()] };

  it('lists servers that have the schedule, differ in named fields, lack it, or are unknown', async () => {
    await opens({
      'home/u1': [{}],
      'home/u2': [differing],
      'home/u3': [],
      'home/u4': [{ name: 'Weekly', isActive: false }],
    });
    expect(names()).toEqual(['Creative', 'Arena', 'Rust', 'Lobby', 'Hidden', 'New']);
    expect(cells('Creative')).toEqual(['different', 'Switched offAt 05:00Also has task 1: Make a backup']);
    expect(cells('Rust')).toEqual(['missing', '']);
    expect(cells('Lobby')).toEqual(['same', '']);
    expect(cells('New')).toEqual(['unknown', 'Not loaded yet.']);
    expect(cells('Arena')[1]).toContain('schedule.create');
    expect(cells('Hidden')[1]).toContain('schedule.read');
  });

  it('shows texts of hostile panels as one line', async () => {
    await opens({ 'home/u1': [{ tasks: [aTask({ action: 'command', payload: '\u202esay\nx' })] }] });
    expect(cells('Lobby')[1]).toBe('Task 1: Send the command “say, x”');
  });

  it('distinguishes two texts of cron for the same time', async () => {
    await opens({ 'home/u1': [{ cron: { ...aSchedule().cron, minute: '00' } }] });
    expect(cells('Lobby')).toEqual(['different', 'Cron: 00 4 * * *']);
  });

  it('names every way in which a task differs', async () => {
    const task = aTask({ offsetSeconds: 90, continuesAfterFailure: true });
    await opens({ 'home/u1': [{ onlyWhenOnline: true, tasks: [task] }], 'home/u2': [{ tasks: [] }] });
    expect(cells('Lobby')[1]).toBe(
      'Only while the server is onlineTask 1: 1 min 30 s later · continues after a failure',
    );
    expect(cells('Creative')[1]).toBe('Lacks task 1: Restart the server');
  });

  it('says how old a list is that main could not read again', async () => {
    await opens({ 'home/u1': [{}], 'home/u2': [{}] }, Date.now() - 3 * 3_600_000);
    expect(within(row('Lobby')).getByTestId('compare-age').textContent).toBe('Loaded 3 h ago.');
    page.bridge.change('fleetSchedules', [
      { serverId: 'home/u1', readAt: Date.now(), schedules: [aSchedule()] },
    ]);
    await tick();
    expect(within(row('Lobby')).queryByTestId('compare-age')).toBeNull();
  });

  it('follows a change of another server', async () => {
    await opens({ 'home/u1': [{}] });
    page.bridge.change('fleetSchedules', [{ serverId: 'home/u1', readAt: 0, schedules: [] }]);
    await waitFor(() => expect(row('Lobby').dataset['verdict']).toBe('missing'));
  });

  it('shows the servers of one verdict, and the servers of a name', async () => {
    await opens({ 'home/u1': [{}], 'home/u2': [differing], 'home/u4': [] });
    await page.user.click(screen.getByRole('radio', { name: 'Unknown (3)' }));
    expect(names()).toEqual(['Arena', 'Hidden', 'New']);
    await page.user.type(screen.getByRole('searchbox'), 'are');
    expect(names()).toEqual(['Arena']);
    await page.user.click(screen.getByRole('radio', { name: 'Same (1)' }));
    expect(names()).toEqual([]);
    screen.getByText('No server matches');
  });

  it('by keys: from the search to a server, whose schedules Enter opens', async () => {
    await opens({ 'home/u1': [{}], 'home/u2': [differing] });
    screen.getByRole('searchbox').focus();
    await page.user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Lobby');
    await page.user.keyboard('{Enter}');
    expect(screen.queryByTestId('schedule-compare-dialog')).toBeNull();
    expect(page.view).toEqual({ kind: 'server', serverId: 'home/u1', tab: 'schedules' });
  });

  it('closes with Esc in its empty search', async () => {
    await opens({});
    await page.user.type(screen.getByRole('searchbox'), 'x{Escape}');
    expect(screen.getByRole('searchbox')).toHaveProperty('value', '');
    await page.user.keyboard('{Escape}');
    expect(screen.queryByTestId('schedule-compare-dialog')).toBeNull();
  });
});

describe('the copy from a comparison', () => {
  it('goes to those that lack the schedule and can get it', async () => {
    await opens({ 'home/u1': [{}], 'home/u2': [], 'home/u3': [], 'home/u4': [] });
    const button = screen.getByTestId('compare-copy');
    expect(button.textContent.trim()).toBe('Copy to 2 servers…');
    await page.user.click(button);
    expect(screen.queryByTestId('schedule-compare-dialog')).toBeNull();
    await page.user.click(screen.getByTestId('schedule-copy-go'));
    const [schedule = aSchedule()] = page.planned;
    expect(page.sent('bulk.start')).toEqual([
      {
        serverIds: ['home/u2', 'home/u4'],
        action: 'copy-schedule',
        waitsForEach: false,
        schedule: wholeOf(schedule),
      },
    ]);
  });

  it('is blocked if none of them can get it, and not offered if none lacks the schedule', async () => {
    await opens({ 'home/u1': [{}], 'home/u3': [] });
    expect(screen.getByTestId('compare-copy').getAttribute('aria-description')).toBe(
      'No server that lacks this schedule can get a copy.',
    );
    page.bridge.change('fleetSchedules', [{ serverId: 'home/u3', readAt: 0, schedules: [aSchedule()] }]);
    await waitFor(() => expect(screen.queryByTestId('compare-copy')).toBeNull());
  });
});
