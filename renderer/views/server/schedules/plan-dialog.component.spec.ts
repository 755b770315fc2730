/** The planned restart: its dialog, the written schedule, conflicts and failures half way, and its row in the list. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  everyDay,
  planFields,
  planTasks,
  type PlannedRestart,
} from '../../../../bridge/schedules/planned-restart.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';

const plan: PlannedRestart = {
  name: 'Planned restart',
  isActive: true,
  onlyWhenOnline: true,
  minute: 240,
  days: everyDay,
  warnings: [600, 300, 60],
  line: 'say The server restarts in {time}.',
  act: { kind: 'restart' },
};
const scheduleOf = (from: PlannedRestart, fields: Partial<Schedule> = {}): Schedule =>
  aSchedule({
    ...planFields(from),
    nextRunAt: Date.now() + 5 * 3_600_000,
    offsetMinutes: 0,
    tasks: planTasks(from).map((task, at) => aTask({ ...task, id: at + 1, place: at + 1 })),
    ...fields,
  });

let page: SchedulesPage;
const field = (label: string): HTMLElement => screen.getByRole('textbox', { name: label });
const types = async (label: string, text: string): Promise<void> => {
  await page.user.clear(field(label));
  if (text !== '') await page.user.type(field(label), text.replaceAll('{', '{{'));
};
const text = (testid: string): string => screen.getByTestId(testid).textContent;
const save = () => page.user.click(screen.getByTestId('plan-save'));
const tasksShown = (): string[] => screen.queryAllByTestId('plan-task').map((row) => row.textContent.trim());

beforeEach(() => {
  page = new SchedulesPage();
});

describe('a new planned restart', () => {
  beforeEach(async () => {
    page.planned = [];
    page.bridge.answerWith('schedules.saveWhole', () => ({
      id: 1,
      schedule: scheduleOf(plan),
      problem: null,
    }));
    await page.shows({ game: 'minecraft' });
    await page.user.click(await screen.findByTestId('plan-new'));
    await screen.findByTestId('plan-dialog');
  });

  it('shows the schedule before saving, writes exactly that schedule in one call, and then shows it', async () => {
    expect(tasksShown()).toHaveLength(4);
    expect(tasksShown()[0]).toMatch(/^03:50.*Send the command “say The server restarts in 10 min\.”$/);
    expect(tasksShown()[3]).toMatch(/^04:00.*Restart the server$/);
    expect(text('plan-cron')).toContain('Cron 50 3 * * *: At 03:50');
    expect(text('plan-next')).toMatch(/Next restart .*04:00/);
    await save();
    expect(page.sent('schedules.saveWhole')).toEqual([
      {
        serverId: page.serverId,
        schedule: null,
        replaces: null,
        fields: planFields(plan),
        tasks: planTasks(plan),
      },
    ]);
    expect(text('schedule-when')).toBe('Restart: At 04:00, with warnings 10 min, 5 min, 1 min before');
  });

  it('is made by keys alone', async () => {
    await types('Time', '00:05');
    await types('Warnings, minutes before', '10, 30 s');
    screen.getByRole('button', { name: 'Sun' }).focus();
    await page.user.keyboard(' ');
    expect(screen.getByRole('button', { name: 'Sun' }).getAttribute('aria-pressed')).toBe('false');
    field('Time').focus();
    await page.user.keyboard('{Enter}');
    const [sent] = page.sent('schedules.saveWhole') as { fields: { cron: object } }[];
    expect(sent?.fields.cron).toMatchObject({ minute: '55', hour: '23', dayOfWeek: '0,1,2,3,4,5' });
  });

  it('names a wait that is too long for the panel, and adds the missing warnings', async () => {
    await types('Warnings, minutes before', '60, 10');
    expect(screen.getByTestId('plan-dialog').textContent).toContain('can wait 15 minutes at most');
    expect(screen.queryByTestId('plan-preview')).toBeNull();
    await save();
    expect(page.sent('schedules.saveWhole')).toEqual([]);
    await page.user.click(screen.getByTestId('plan-gap-fix'));
    expect(tasksShown()).toHaveLength(6);
    await types('Message to the players', 'Soon');
    expect(screen.getByTestId('plan-dialog').textContent).toContain('must contain {time}');
  });

  it('can stop, back up and start, and names the effect of a refused backup', async () => {
    await page.user.click(screen.getByTestId('plan-act'));
    const options = await screen.findAllByRole('option', { hidden: true });
    const wanted = options.find((option) => option.textContent.includes('Stop, back up, start'));
    if (wanted !== undefined) await page.user.click(wanted);
    expect(screen.getByTestId('plan-dialog').textContent).toContain('the server stays off');
    expect((field('Message to the players') as HTMLInputElement).value).toBe('The server stops in {time}.');
    expect(tasksShown().slice(3)).toEqual([
      '04:00Stop the server',
      '04:02Make a backup',
      '04:12Start the server',
    ]);
  });
});

describe('a failure half way', () => {
  const half = scheduleOf(plan, {
    isActive: false,
    tasks: [aTask({ action: 'command', payload: 'say hi' })],
  });
  beforeEach(async () => {
    page.planned = [];
    page.bridge.answerWith('schedules.saveWhole', () => ({
      id: 1,
      schedule: half,
      problem: aProblem('timeout'),
    }));
    await page.shows();
    await page.user.click(await screen.findByTestId('plan-new'));
    await screen.findByTestId('plan-dialog');
    await save();
    await screen.findByTestId('schedule-half');
  });

  it('shows the panel’s present schedule, and a second press finishes it', async () => {
    expect(text('schedule-half')).toContain('“Planned restart”, switched off, with 1 task');
    expect(text('schedule-half-tasks')).toContain('say hi');
    page.bridge.answerWith('schedules.saveWhole', () => ({
      id: 1,
      schedule: scheduleOf(plan),
      problem: null,
    }));
    expect(text('plan-save')).toContain('Finish');
    await save();
    const [, second] = page.sent('schedules.saveWhole') as { schedule: number; replaces: Schedule }[];
    expect([second?.schedule, second?.replaces.tasks.length]).toEqual([1, 1]);
    await screen.findByTestId('schedule-view');
  });

  it('can be undone: the new schedule is deleted, and the typed text stays', async () => {
    page.bridge.answer('schedules.remove', undefined);
    await page.user.click(screen.getByTestId('half-back'));
    await screen.findByTestId('plan-taken-back');
    expect(page.sent('schedules.remove')).toEqual([{ serverId: page.serverId, schedule: 1 }]);
    expect(screen.queryByTestId('schedule-half')).toBeNull();
    await save();
    expect(page.sent('schedules.saveWhole').at(-1)).toMatchObject({ schedule: null, replaces: null });
  });

  it('is read again when the dialog closes', async () => {
    const reads = page.sent('schedules.list').length;
    await page.user.click(screen.getByTestId('plan-cancel'));
    await waitFor(() => expect(page.sent('schedules.list').length).toBeGreaterThan(reads));
  });
});

describe('a planned restart of the panel', () => {
  it('is one row with words of its own and the time of the restart', async () => {
    page.planned = [scheduleOf(plan)];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(1));
    const [row] = page.rows();
    expect(row?.textContent).toContain('Restart: At 04:00, 3 warnings');
    expect(row?.textContent).toContain('Next restart');
    expect(row?.dataset['kind']).toBe('plan');
  });

  it('opens as one schedule, and replaces the version that the person saw', async () => {
    page.planned = [scheduleOf(plan)];
    page.bridge.answerWith('schedules.saveWhole', () => ({
      id: 1,
      schedule: page.planned[0],
      problem: null,
    }));
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-edit'));
    await types('Time', '05:00');
    await save();
    const [sent] = page.sent('schedules.saveWhole') as { fields: object; replaces: Schedule }[];
    expect(sent?.fields).toMatchObject({ cron: { hour: '4', minute: '50' } });
    expect(sent?.replaces.tasks).toEqual(planTasks(plan));
  });

  it('with fewer tasks is refused in advance on Pelican without schedule.delete', async () => {
    page.planned = [scheduleOf(plan)];
    await page.shows({ permissions: ['schedule.read', 'schedule.update'] });
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-edit'));
    expect(screen.getByTestId('plan-save').getAttribute('aria-disabled')).toBeNull();
    await types('Warnings, minutes before', '10');
    expect(screen.getByTestId('plan-save').getAttribute('aria-description')).toContain('schedule.delete');
    await save();
    expect(page.sent('schedules.saveWhole')).toEqual([]);
  });

  it('that somebody changed meanwhile is shown before the next press replaces it', async () => {
    page.planned = [scheduleOf(plan)];
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-edit'));
    page.planned = [scheduleOf({ ...plan, name: 'Mine', warnings: [60] })];
    page.bridge.refuse('schedules.saveWhole', aProblem('conflict'));
    await types('Time', '05:00');
    await save();
    expect(await screen.findByTestId('plan-other')).toBeTruthy();
    expect(text('plan-other')).toContain('“Mine”: At 03:59, with 2 tasks');
    page.bridge.answerWith('schedules.saveWhole', () => ({
      id: 1,
      schedule: page.planned[0],
      problem: null,
    }));
    await save();
    const [, second] = page.sent('schedules.saveWhole') as { replaces: Schedule }[];
    expect(second?.replaces.tasks).toHaveLength(2);
  });

  it('that differs is edited in its parts, and says why', async () => {
    page.planned = [scheduleOf(plan, { cron: { ...planFields(plan).cron, hour: '*/6' } })];
    await page.shows();
    await page.opens();
    expect(text('plan-differs')).toContain('not one time of day');
    await page.user.click(screen.getByTestId('schedule-edit'));
    expect(within(document.body).queryByTestId('schedule-dialog')).toBeTruthy();
  });
});
