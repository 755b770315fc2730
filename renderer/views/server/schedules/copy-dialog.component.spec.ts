/** Copying a schedule to other servers: who can get it, the search, and the order to main. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { wholeOf } from '../../../../bridge/schedules/whole.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aServer } from '../../../../tests/support/entities.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';

const { naming } = aServer();
const others = [
  aServer({ id: 'home/u1', name: 'Lobby' }),
  aServer({ id: 'home/u2', name: 'Creative' }),
  aServer({ id: 'home/u3', name: 'Arena', condition: 'suspended' }),
  aServer({ id: 'home/u4', name: 'Rust', naming: { ...naming, description: 'with-name' } }),
];
let page: SchedulesPage;

const rows = (): HTMLElement[] => screen.queryAllByTestId('target');
const box = (name: string): HTMLElement =>
  within(rows().find((row) => row.textContent.includes(name)) ?? document.body).getByRole('checkbox');

async function opens(): Promise<void> {
  await page.shows({}, others);
  await page.opens();
  await page.user.click(screen.getByTestId('schedule-copy'));
  await waitFor(() => expect(rows()).toHaveLength(4));
}

beforeEach(() => {
  page = new SchedulesPage();
});

describe('the dialog to copy a schedule', () => {
  it('copies to the chosen servers, and not to those that cannot get it', async () => {
    await opens();
    expect(rows().map((row) => row.querySelector('bdi')?.textContent)).toEqual([
      'Arena',
      'Creative',
      'Lobby',
      'Rust',
    ]);
    expect(box('Arena')).toHaveProperty('disabled', true);
    const go = screen.getByTestId('schedule-copy-go');
    expect(go.getAttribute('aria-description')).toBe('Choose at least one server.');
    await page.user.click(screen.getByTestId('target-all'));
    await page.user.click(box('Lobby'));
    expect(go.textContent.trim()).toBe('Copy to 2 servers');
    await page.user.click(go);
    const [schedule = aSchedule()] = page.planned;
    expect(page.sent('bulk.start')).toEqual([
      {
        serverIds: ['home/u2', 'home/u4'],
        action: 'copy-schedule',
        waitsForEach: false,
        schedule: wholeOf(schedule),
      },
    ]);
    await waitFor(() => expect(screen.queryByTestId('schedule-copy-dialog')).toBeNull());
  });

  it('keeps the choices through a search and a refusal', async () => {
    page.bridge.refuse('bulk.start', aProblem('conflict'));
    await opens();
    await page.user.click(box('Lobby'));
    await page.user.type(screen.getByRole('searchbox'), 'crea');
    expect(rows()).toHaveLength(1);
    await page.user.click(box('Creative'));
    await page.user.click(screen.getByTestId('schedule-copy-go'));
    expect(await screen.findByTestId('copy-problem')).toBeTruthy();
    expect(page.sent('bulk.start')).toMatchObject([{ serverIds: ['home/u2', 'home/u1'] }]);
    expect(screen.getByTestId('schedule-copy-go').textContent.trim()).toBe('Copy to 2 servers');
  });

  it('offers tasks that only Pelican has to Pelican alone', async () => {
    const tasks = [aTask({ action: 'delete_files', payload: 'logs/*' })];
    page.planned = [aSchedule({ tasks })];
    await opens();
    expect(box('Rust')).toHaveProperty('disabled', true);
    expect(rows()[3]?.textContent).toContain('Only Pelican deletes files');
  });
});
