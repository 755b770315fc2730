/** The Schedules tab: states of the list, one schedule, its editor with drafts and conflicts, tasks, keys. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { fieldsOf, taskFieldsOf } from '../../../../bridge/schedules/fields.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import SchedulesTab from './schedules-tab.svelte';

const user = userEvent.setup();
const id = 'home/u0';
const hour = 3_600_000;
let bridge: FakeBridge;
let planned: Schedule[];

/** Shows the tab of a Pelican server. */
async function shows(fields: Partial<Server> = {}): Promise<void> {
  const { naming } = aServer();
  const server = aServer({
    id,
    name: 'Survival',
    power: 'running',
    naming: { ...naming, description: 'apart' },
    ...fields,
  });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => SchedulesTab(anchor, { server });
  const nothing: Component = () => ({});
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await rerender({ view, state });
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const rows = (): HTMLElement[] => screen.queryAllByTestId('schedule-row');
const taskRows = (): HTMLElement[] => screen.queryAllByTestId('task-row');

async function opens(at = 0): Promise<void> {
  await waitFor(() => expect(rows().length).toBeGreaterThan(at));
  const [button] = within(rows()[at] ?? document.body).getAllByRole('button');
  if (button !== undefined) await user.click(button);
  await screen.findByTestId('schedule-view');
}

async function fromTaskMenu(testid: string, at = 0): Promise<void> {
  await user.click(within(taskRows()[at] ?? document.body).getByTestId('task-more'));
  await user.click(await screen.findByTestId(testid));
}

async function types(testid: string, text: string): Promise<void> {
  const box = screen.getByTestId(testid);
  await user.clear(box);
  await user.type(box, text);
}

beforeEach(() => {
  bridge = new FakeBridge();
  planned = [aSchedule({ nextRunAt: Date.now() + 5 * hour, offsetMinutes: 0 })];
  bridge.answerWith('schedules.list', () => planned);
  bridge.answerWith('schedules.view', () => planned[0]);
  bridge.answerWith('schedules.save', () => planned[0]);
});

describe('the list', () => {
  it('has name, time in words and the next run of each schedule', async () => {
    planned = [
      ...planned,
      aSchedule({ id: 2, name: '\u202eevil\n', isActive: false, lastEndedAt: Date.now() - hour }),
    ];
    await shows();
    await waitFor(() => expect(rows()).toHaveLength(2));
    const [first, second] = rows();
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
    const release = bridge.hold('schedules.list');
    await shows();
    expect(screen.getByRole('status', { name: 'Loading the schedules…' })).toBeTruthy();
    release([]);
    expect(await screen.findByTestId('schedules-empty')).toBeTruthy();
  });

  it('says what failed, and reads again', async () => {
    bridge.refuse('schedules.list', aProblem('timeout'));
    await shows();
    const banner = await screen.findByTestId('schedules-problem');
    bridge.answerWith('schedules.list', () => planned);
    await user.click(within(banner).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.queryByTestId('schedules-problem')).toBeNull();
  });

  it('asks nothing for a key that may not read', async () => {
    await shows({ permissions: ['control.console'] });
    expect(screen.getByTestId('schedules-refused').textContent).toContain('schedule.read');
    expect(sent('schedules.list')).toEqual([]);
  });

  it('asks nothing while the server is closed', async () => {
    await shows({ condition: 'suspended' });
    expect(screen.getByTestId('schedules-closed')).toBeTruthy();
    expect(sent('schedules.list')).toEqual([]);
  });

  it.each<[Partial<Schedule>, string, string]>([
    [{ isProcessing: true, nextRunAt: 0 }, 'stuck', 'queue worker'],
    [{ nextRunAt: 0 }, 'overdue', 'own cron'],
    [{ tasks: [] }, 'empty', 'passes over'],
  ])('marks %j and says what to do', async (fields, state, words) => {
    planned = [aSchedule(fields)];
    await shows();
    await opens();
    expect(screen.getByTestId('schedule-help').textContent).toContain(words);
    await user.click(screen.getByTestId('schedule-back'));
    expect(rows()[0]?.dataset['state']).toBe(state);
  });

  it('opens with Enter, comes back to the same row, and asks with Delete', async () => {
    planned = [...planned, aSchedule({ id: 2, name: 'Second' })];
    await shows();
    await waitFor(() => expect(rows()).toHaveLength(2));
    rows()[0]?.querySelector('button')?.focus();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByTestId('schedule-view')).toBeTruthy();
    await user.click(screen.getByTestId('schedule-back'));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Second'));
    await user.keyboard('{Delete}');
    expect(screen.getByTestId('schedule-delete-question').textContent).toContain('“Second”');
    await user.click(screen.getByTestId('schedule-delete-go'));
    await waitFor(() => expect(rows()).toHaveLength(1));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Nightly'));
  });
});

describe('one schedule', () => {
  it('shows the next five runs and the panel’s word about the last', async () => {
    planned = [aSchedule({ ...planned[0], lastEndedAt: Date.now() - hour })];
    await shows();
    await opens();
    expect(within(screen.getByTestId('schedule-coming')).getAllByRole('listitem')).toHaveLength(5);
    expect(screen.getByTestId('schedule-last').textContent).toContain('does not say whether a run failed');
  });

  it('runs now, and says that nothing proves an effect', async () => {
    await shows();
    await opens();
    await user.click(screen.getByTestId('schedule-run'));
    expect(sent('schedules.run')).toEqual([{ serverId: id, schedule: 1, again: false }]);
    expect((await screen.findByTestId('schedule-done')).textContent).toContain('took the order');
  });

  it('says in advance why a run would do nothing', async () => {
    planned = [aSchedule({ onlyWhenOnline: true })];
    await shows({ power: 'offline' });
    await opens();
    const button = screen.getByTestId('schedule-run');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.getAttribute('aria-description')).toContain('runs only while the server is online');
    await user.click(button);
    expect(sent('schedules.run')).toEqual([]);
  });

  it('asks before the tasks of a running schedule start a second time', async () => {
    planned = [aSchedule({ isProcessing: true })];
    await shows();
    await opens();
    await user.click(screen.getByTestId('schedule-run'));
    expect(sent('schedules.run')).toEqual([]);
    await user.click(screen.getByTestId('schedule-again-go'));
    expect(sent('schedules.run')).toEqual([{ serverId: id, schedule: 1, again: true }]);
  });

  it('switches off', async () => {
    bridge.answerWith('schedules.setActive', () => aSchedule({ isActive: false }));
    await shows();
    await opens();
    const toggle = screen.getByRole('switch', { name: '“Nightly” is switched on' });
    await user.click(toggle);
    expect(sent('schedules.setActive')).toEqual([{ serverId: id, schedule: 1, isActive: false }]);
    await waitFor(() => expect(screen.getByTestId('schedule-next').textContent).toContain('switched off'));
  });

  it('is deleted after a question, also if somebody else was quicker', async () => {
    bridge.refuse('schedules.remove', aProblem('not-found'));
    await shows();
    await opens();
    await user.click(screen.getByTestId('schedule-delete'));
    expect(screen.getByTestId('schedule-delete-question').textContent).toContain('Its task goes too');
    await user.click(screen.getByTestId('schedule-delete-go'));
    expect(await screen.findByTestId('schedules-empty')).toBeTruthy();
  });

  it('offers no change to a key that may only read, and says why', async () => {
    await shows({ permissions: ['schedule.read'] });
    await opens();
    for (const testid of ['schedule-run', 'schedule-edit', 'schedule-delete', 'task-add']) {
      expect(screen.getByTestId(testid).getAttribute('aria-description')).toContain('schedule.');
    }
  });
});

describe('the editor', () => {
  it('creates a schedule, with cron in words and the next runs', async () => {
    planned = [];
    bridge.answerWith('schedules.save', () => aSchedule({ id: 5, name: 'Weekly' }));
    await shows();
    await user.click(await screen.findByTestId('schedule-new'));
    expect(screen.getByTestId('schedule-save').getAttribute('aria-description')).toBe('Enter a name.');
    await user.type(screen.getByLabelText('Name'), ' Weekly ');
    await types('cron-dayOfWeek', '1');
    expect(screen.getByTestId('cron-words').textContent).toBe('At 04:00, only on Monday');
    expect(within(screen.getByTestId('cron-coming')).getAllByRole('listitem')).toHaveLength(5);
    await user.click(screen.getByTestId('schedule-save'));
    expect(sent('schedules.save')).toEqual([
      {
        serverId: id,
        schedule: null,
        fields: {
          name: 'Weekly',
          cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '1' },
          isActive: true,
          onlyWhenOnline: false,
        },
        replaces: null,
      },
    ]);
    expect(await screen.findByTestId('schedule-view')).toBeTruthy();
  });

  it.each([
    ['x', 'Perch can’t read this'],
    ['99', 'Perch can’t read this'],
  ])('leaves the hour %j to the panel, with a warning', async (text, words) => {
    await shows();
    await opens();
    await user.click(screen.getByTestId('schedule-edit'));
    await types('cron-hour', text);
    expect(screen.getByTestId('cron-words').textContent).toContain(words);
    await user.click(screen.getByTestId('schedule-save'));
    expect(sent('schedules.save')).toHaveLength(1);
  });

  it('shows what the panel has now before it replaces that, and loses nothing typed', async () => {
    await shows();
    await opens();
    await user.click(screen.getByTestId('schedule-edit'));
    await user.clear(screen.getByLabelText('Name'));
    await user.type(screen.getByLabelText('Name'), 'Mine');
    const theirs = aSchedule({ name: 'Theirs' });
    bridge.refuse('schedules.save', aProblem('conflict'));
    bridge.answerWith('schedules.view', () => theirs);
    await user.click(screen.getByTestId('schedule-save'));
    expect((await screen.findByTestId('schedule-other')).textContent).toContain('“Theirs”');
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Mine');
    await user.click(screen.getByTestId('schedule-save'));
    expect(sent('schedules.save')[1]).toMatchObject({
      fields: { name: 'Mine' },
      replaces: fieldsOf(theirs),
    });
    await user.click(screen.getByTestId('schedule-take'));
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Theirs');
  });
});

describe('tasks', () => {
  const two = [aTask(), aTask({ id: 2, place: 2, action: 'command', payload: 'say hi', offsetSeconds: 60 })];

  it('say what they do, when, and what follows a failure', async () => {
    planned = [
      aSchedule({
        tasks: [
          ...two,
          aTask({ id: 3, place: 3, action: 'backup', payload: '*.log\ncache', continuesAfterFailure: true }),
          aTask({ id: 4, place: 4, action: 'delete_files', payload: 'logs/*' }),
          aTask({ id: 5, place: 5, action: 'fork', payload: 'x', isQueued: true }),
        ],
      }),
    ];
    await shows();
    await opens();
    const texts = taskRows().map((row) => row.textContent.replaceAll(/\s+/g, ' '));
    expect(texts[0]).toContain('Restart the server at the begin');
    expect(texts[1]).toContain('Send the command say hi 1 min later');
    expect(texts[2]).toContain('without *.log, cache');
    expect(texts[2]).toContain('goes on after a failure');
    expect(texts[3]).toContain('Delete logs/*');
    expect(texts[4]).toContain('fork: x');
    expect(texts[4]).toContain('waits for its turn');
  });

  it('are added with a command and an offset', async () => {
    bridge.answerWith('schedules.saveTask', () => aSchedule({ tasks: two }));
    await shows();
    await opens();
    await user.click(screen.getByTestId('task-add'));
    screen.getByTestId('task-action').focus();
    await user.keyboard('{Enter}');
    await screen.findAllByRole('option', { hidden: true });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByTestId('task-save').getAttribute('aria-description')).toBe('Enter a command.');
    await user.type(screen.getByTestId('task-payload'), 'say hi');
    const offset = screen.getByLabelText('Seconds after the task before');
    await user.clear(offset);
    await user.type(offset, '901');
    expect(screen.getByTestId('task-save').getAttribute('aria-disabled')).toBe('true');
    await user.clear(offset);
    await user.type(offset, '60');
    await user.click(screen.getByTestId('task-save'));
    expect(sent('schedules.saveTask')).toEqual([
      {
        serverId: id,
        schedule: 1,
        task: null,
        fields: { action: 'command', payload: 'say hi', offsetSeconds: 60, continuesAfterFailure: false },
        replaces: null,
      },
    ]);
    await waitFor(() => expect(taskRows()).toHaveLength(2));
  });

  it('offers to delete files only on Pelican', async () => {
    const { naming } = aServer();
    await shows({ naming: { ...naming, description: 'with-name' } });
    await opens();
    await user.click(screen.getByTestId('task-add'));
    await user.click(screen.getByTestId('task-action'));
    const names = (await screen.findAllByRole('option', { hidden: true })).map((option) =>
      option.textContent.trim(),
    );
    expect(names).toEqual(['Power', 'Command', 'Backup']);
  });

  it('move and go', async () => {
    planned = [aSchedule({ tasks: two })];
    bridge.answerWith('schedules.saveTask', () => planned[0]);
    bridge.answerWith('schedules.removeTask', () => aSchedule({ tasks: [aTask()] }));
    await shows();
    await opens();
    await fromTaskMenu('task-earlier', 1);
    const fields = taskFieldsOf(aTask({ action: 'command', payload: 'say hi', offsetSeconds: 60 }));
    expect(sent('schedules.saveTask')).toEqual([
      { serverId: id, schedule: 1, task: 2, fields: { ...fields, place: 1 }, replaces: fields },
    ]);
    await fromTaskMenu('task-delete', 1);
    expect(screen.getByTestId('task-delete-question').textContent).toContain('say hi');
    await user.click(screen.getByTestId('task-delete-go'));
    expect(sent('schedules.removeTask')).toEqual([{ serverId: id, schedule: 1, task: 2 }]);
    await waitFor(() => expect(taskRows()).toHaveLength(1));
  });
});
