/** One schedule in the Schedules tab, and its tasks. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { taskFieldsOf } from '../../../../bridge/schedules/fields.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aServer } from '../../../../tests/support/entities.js';
import { SchedulesPage } from '../../../../tests/support/schedules-page.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';

const hour = 3_600_000;
let page: SchedulesPage;

beforeEach(() => {
  page = new SchedulesPage();
});

describe('one schedule', () => {
  it('shows the next five runs and the panel’s word about the last', async () => {
    page.planned = [aSchedule({ ...page.planned[0], lastEndedAt: Date.now() - hour })];
    await page.shows();
    await page.opens();
    const runs = within(screen.getByTestId('schedule-coming')).getAllByRole('listitem');
    expect(runs).toHaveLength(5);
    for (const run of runs) expect(run.textContent).toMatch(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), .*:00/);
    // The list says the next run already.
    expect(screen.queryByTestId('schedule-next')).toBeNull();
    expect(screen.getByTestId('schedule-last').textContent).toContain('does not say whether a run failed');
  });

  it('runs now, and says that the effect stays unproven', async () => {
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-run'));
    expect(page.sent('schedules.run')).toEqual([{ serverId: page.serverId, schedule: 1, again: false }]);
    expect((await screen.findByTestId('schedule-done')).textContent).toContain('accepted the run');
  });

  it('says in advance why a run would have no effect', async () => {
    page.planned = [aSchedule({ onlyWhenOnline: true })];
    await page.shows({ power: 'offline' });
    await page.opens();
    const button = screen.getByTestId('schedule-run');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.getAttribute('aria-description')).toContain('runs only while the server is online');
    await page.user.click(button);
    expect(page.sent('schedules.run')).toEqual([]);
  });

  it('asks before the tasks of a running schedule start a second time', async () => {
    page.planned = [aSchedule({ isProcessing: true })];
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-run'));
    expect(page.sent('schedules.run')).toEqual([]);
    await page.user.click(screen.getByTestId('schedule-again-go'));
    expect(page.sent('schedules.run')).toEqual([{ serverId: page.serverId, schedule: 1, again: true }]);
  });

  it('switches off', async () => {
    page.bridge.answerWith('schedules.setActive', () => aSchedule({ isActive: false }));
    await page.shows();
    await page.opens();
    const toggle = screen.getByRole('switch', { name: '“Nightly” is switched on' });
    await page.user.click(toggle);
    expect(page.sent('schedules.setActive')).toEqual([
      { serverId: page.serverId, schedule: 1, isActive: false },
    ]);
    await waitFor(() => expect(screen.getByTestId('schedule-next').textContent).toContain('switched off'));
  });

  it('stays on if the panel refuses to switch it off', async () => {
    page.bridge.refuse('schedules.setActive', aProblem('not-found'));
    await page.shows();
    await page.opens();
    const toggle = screen.getByRole('switch', { name: '“Nightly” is switched on' });
    await page.user.click(toggle);
    await screen.findByTestId('schedule-act-problem');
    await waitFor(() => expect(toggle).toHaveProperty('checked', true));
  });

  it('is deleted after a question, which stays with the reason if the panel refuses', async () => {
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('schedule-delete'));
    expect(screen.getByTestId('schedule-delete-question').textContent).toContain('Its task goes too');
    page.bridge.refuse('schedules.remove', aProblem('not-found'));
    await page.user.click(screen.getByTestId('schedule-delete-go'));
    expect(await screen.findByTestId('schedule-delete-problem')).toBeTruthy();
    page.bridge.answer('schedules.remove', undefined);
    await page.user.click(screen.getByTestId('schedule-delete-go'));
    expect(await screen.findByTestId('schedules-empty')).toBeTruthy();
  });

  it('offers no change to a key that may only read, and says why', async () => {
    await page.shows({ permissions: ['schedule.read'] });
    await page.opens();
    for (const testid of ['schedule-run', 'schedule-edit', 'schedule-delete', 'task-add']) {
      expect(screen.getByTestId(testid).getAttribute('aria-description')).toContain('schedule.');
    }
  });
});

describe('tasks', () => {
  const two = [aTask(), aTask({ id: 2, place: 2, action: 'command', payload: 'say hi', offsetSeconds: 60 })];

  it('show their action, time, and the step after a failure', async () => {
    page.planned = [
      aSchedule({
        tasks: [
          ...two,
          aTask({ id: 3, place: 3, action: 'backup', payload: '*.log\ncache', continuesAfterFailure: true }),
          aTask({ id: 4, place: 4, action: 'delete_files', payload: 'logs/*' }),
          aTask({ id: 5, place: 5, action: 'fork', payload: 'x', isQueued: true }),
        ],
      }),
    ];
    await page.shows();
    await page.opens();
    const texts = page.taskRows().map((row) => row.textContent.replaceAll(/\s+/g, ' '));
    expect(texts[0]).toContain('Restart the server at the beginning');
    expect(texts[1]).toContain('Send the command “say hi” 1 min later');
    expect(texts[2]).toContain('without *.log, cache');
    expect(texts[2]).toContain('continues after a failure');
    expect(texts[3]).toContain('Delete logs/*');
    expect(texts[4]).toContain('fork: x');
    expect(texts[4]).toContain('waits for its turn');
  });

  it('are added with a command and an offset', async () => {
    page.bridge.answerWith('schedules.saveTask', () => aSchedule({ tasks: two }));
    await page.shows();
    await page.opens();
    await page.user.click(screen.getByTestId('task-add'));
    screen.getByTestId('task-action').focus();
    await page.user.keyboard('{Enter}');
    await screen.findAllByRole('option', { hidden: true });
    await page.user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByTestId('task-save').getAttribute('aria-description')).toBe('Enter a command.');
    await page.user.type(screen.getByTestId('task-payload'), 'say hi');
    const offset = screen.getByLabelText('Seconds after the task before');
    await page.user.clear(offset);
    await page.user.type(offset, '901');
    expect(screen.getByTestId('task-save').getAttribute('aria-disabled')).toBe('true');
    await page.user.clear(offset);
    await page.user.type(offset, '60');
    await page.user.click(screen.getByTestId('task-save'));
    expect(page.sent('schedules.saveTask')).toEqual([
      {
        serverId: page.serverId,
        schedule: 1,
        task: null,
        fields: { action: 'command', payload: 'say hi', offsetSeconds: 60, continuesAfterFailure: false },
        replaces: null,
      },
    ]);
    await waitFor(() => expect(page.taskRows()).toHaveLength(2));
  });

  it('offers to delete files only on Pelican', async () => {
    const { naming } = aServer();
    await page.shows({ naming: { ...naming, description: 'with-name' } });
    await page.opens();
    await page.user.click(screen.getByTestId('task-add'));
    await page.user.click(screen.getByTestId('task-action'));
    const names = (await screen.findAllByRole('option', { hidden: true })).map((option) =>
      option.textContent.trim(),
    );
    expect(names).toEqual(['Power', 'Command', 'Backup']);
  });

  it.each([
    ['Pelican', 'schedule.delete', 'apart'],
    ['Pterodactyl', 'schedule.update', 'with-name'],
  ] as const)('continue %s with %s alone', async (_, permission, description) => {
    page.bridge.answerWith('schedules.removeTask', () => aSchedule({ tasks: [] }));
    const naming = { ...aServer().naming, description };
    await page.shows({ naming, permissions: ['schedule.read', permission] });
    await page.opens();
    await page.fromTaskMenu('task-delete');
    await page.user.click(screen.getByTestId('task-delete-go'));
    expect(page.sent('schedules.removeTask')).toHaveLength(1);
    await waitFor(() => expect(page.taskRows()).toEqual([]));
  });

  it('stay on Pelican without schedule.delete, and say so', async () => {
    await page.shows({ permissions: ['schedule.read', 'schedule.update'] });
    await page.opens();
    await page.fromTaskMenu('task-delete');
    expect(screen.getByTestId('task-delete').getAttribute('aria-description')).toContain('schedule.delete');
    expect(screen.queryByTestId('task-delete-question')).toBeNull();
  });

  it('move and go', async () => {
    page.planned = [aSchedule({ tasks: two })];
    page.bridge.answerWith('schedules.saveTask', () => page.planned[0]);
    page.bridge.answerWith('schedules.removeTask', () => aSchedule({ tasks: [aTask()] }));
    await page.shows();
    await page.opens();
    await page.fromTaskMenu('task-earlier', 1);
    const fields = taskFieldsOf(aTask({ action: 'command', payload: 'say hi', offsetSeconds: 60 }));
    expect(page.sent('schedules.saveTask')).toEqual([
      { serverId: page.serverId, schedule: 1, task: 2, fields: { ...fields, place: 1 }, replaces: fields },
    ]);
    await page.fromTaskMenu('task-delete', 1);
    expect(screen.getByTestId('task-delete-question').textContent).toContain('say hi');
    await page.user.click(screen.getByTestId('task-delete-go'));
    expect(page.sent('schedules.removeTask')).toEqual([{ serverId: page.serverId, schedule: 1, task: 2 }]);
    await waitFor(() => expect(page.taskRows()).toHaveLength(1));
  });
});
