/** The Schedules tab: states of the list and its keys. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule } from '../../../../tests/support/some-schedules.js';

const hour = 3_600_000;
let page: SchedulesPage;

beforeEach(() => {
  page = new SchedulesPage();
});

describe('the list', () => {
  it('has name, time in words and the next run of each schedule', async () => {
    page.planned = [
      ...page.planned,
      aSchedule({ id: 2, name: '\u202eevil\n', isActive: false, lastEndedAt: Date.now() - hour }),
    ];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    const [first, second] = page.rows();
    expect(first?.textContent).toContain('Nightly');
    expect(first?.textContent).toContain('At 04:00');
    expect(first?.textContent).toMatch(/Next run .*\d\d:\d\d/);
    expect(first?.textContent).toContain('Has never run');
    expect(second?.querySelector('bdi')?.textContent).toBe('evil');
    expect(second?.dataset['state']).toBe('off');
    expect(second?.textContent).toContain('Last run ended 1 h ago');
    expect(screen.getByTestId('schedules-count').textContent).toBe('2 schedules');
  });

  it('is loading, then empty with the next step', async () => {
    const release = page.bridge.hold('schedules.list');
    await page.shows();
    expect(screen.getByRole('status', { name: 'Loading the schedules…' })).toBeTruthy();
    release([]);
    expect(await screen.findByTestId('schedules-empty')).toBeTruthy();
  });

  it('names the failure, and reads again', async () => {
    page.bridge.refuse('schedules.list', aProblem('timeout'));
    await page.shows();
    const banner = await screen.findByTestId('schedules-problem');
    page.bridge.answerWith('schedules.list', () => page.planned);
    await page.user.click(within(banner).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(page.rows()).toHaveLength(1));
    expect(screen.queryByTestId('schedules-problem')).toBeNull();
  });

  it('sends no request for a key that may not read', async () => {
    await page.shows({ permissions: ['control.console'] });
    expect(screen.getByTestId('schedules-refused').textContent).toContain('schedule.read');
    expect(page.sent('schedules.list')).toEqual([]);
  });

  it('sends no request while the server is closed', async () => {
    await page.shows({ condition: 'suspended' });
    expect(screen.getByTestId('schedules-closed')).toBeTruthy();
    expect(page.sent('schedules.list')).toEqual([]);
  });

  it.each<[Partial<Schedule>, string, string]>([
    [{ isProcessing: true, nextRunAt: 0 }, 'stuck', 'queue worker'],
    [{ nextRunAt: 0 }, 'overdue', 'own cron'],
    [{ tasks: [] }, 'empty', 'skips a schedule'],
  ])('marks %j and says what to do', async (fields, state, words) => {
    page.planned = [aSchedule(fields)];
    await page.shows();
    await page.opens();
    expect(screen.getByTestId('schedule-help').textContent).toContain(words);
    await page.user.click(screen.getByTestId('schedule-back'));
    expect(page.rows()[0]?.dataset['state']).toBe(state);
  });

  it('opens with Enter, comes back to the same row, and asks with Delete', async () => {
    page.planned = [...page.planned, aSchedule({ id: 2, name: 'Second' })];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    page.rows()[0]?.querySelector('button')?.focus();
    await page.user.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByTestId('schedule-view')).toBeTruthy();
    await page.user.click(screen.getByTestId('schedule-back'));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Second'));
    await page.user.keyboard('{Delete}');
    expect(screen.getByTestId('schedule-delete-question').textContent).toContain('“Second”');
    await page.user.click(screen.getByTestId('schedule-delete-go'));
    await waitFor(() => expect(page.rows()).toHaveLength(1));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Nightly'));
  });
});
