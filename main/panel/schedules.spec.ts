/** Calls about schedules through the panel client; `schedules.sandbox.spec.ts` has the answers of each panel. */
import { describe, expect, it } from 'vitest';
import { answer } from '../../tests/support/fake-http.js';
import { fakePanelClient } from '../../tests/support/fake-panel-client.js';
import { readJsonFiles, recordedFixtures } from '../../tests/support/fixtures.js';
import { scheduleItem } from './wire/schedules.js';

const task = (id: number, more: object = {}) => ({
  object: 'schedule_task',
  attributes: {
    id,
    sequence_id: id,
    action: 'command',
    payload: 'say hi',
    time_offset: 0,
    is_queued: false,
    continue_on_failure: false,
    ...more,
  },
});

const item = (id: unknown, more: object = {}, tasks: unknown[] = [task(1)]) => ({
  object: 'server_schedule',
  attributes: {
    id,
    name: 'Nightly',
    cron: { day_of_week: '*', day_of_month: '*', month: '*', hour: '4', minute: '0' },
    is_active: true,
    is_processing: false,
    only_when_online: false,
    last_run_at: null,
    next_run_at: '2026-11-29T04:00:00+00:00',
    relationships: { tasks: { object: 'list', data: tasks } },
    ...more,
  },
});
const list = (...data: unknown[]) => answer(200, { object: 'list', data });
const refused = (status: number, code: string, detail: string) =>
  answer(status, { errors: [{ code, status: String(status), detail }] });

const fields = {
  name: 'Nightly',
  cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' },
  isActive: true,
  onlyWhenOnline: false,
};

describe('the list', () => {
  it('has tasks by their place, and times with the offset that the panel wrote', async () => {
    const tasks = [task(7, { sequence_id: 2 }), task(9, { sequence_id: 1, time_offset: '900' })];
    const times = { last_run_at: '2026-11-28T03:00:00Z', next_run_at: '2026-11-29T04:00:00-03:30' };
    const { client } = fakePanelClient([list(item(3, times, tasks))]);
    const [schedule] = await client.schedules('a1');
    expect(schedule?.tasks.map(({ id, offsetSeconds }) => [id, offsetSeconds])).toEqual([
      [9, 900],
      [7, 0],
    ]);
    expect(schedule).toMatchObject({
      lastEndedAt: Date.UTC(2026, 10, 28, 3),
      nextRunAt: Date.UTC(2026, 10, 29, 7, 30),
      offsetMinutes: -210,
    });
  });

  it('leaves out entries that are no schedules, and is refused if none is left', async () => {
    const strange = [item('../1'), item(0), item(1.5), { attributes: {} }, 7, item(2, { cron: null })];
    const { client } = fakePanelClient([list(item(1), ...strange, item(1)), list(7), list()]);
    expect((await client.schedules('a1')).map(({ id }) => id)).toEqual([1]);
    await expect(client.schedules('a1')).rejects.toMatchObject({ problem: { code: 'protocol' } });
    expect(await client.schedules('a1')).toEqual([]);
  });

  it('is bounded, whatever a panel sends', async () => {
    const tasks = Array.from({ length: 5000 }, (_, at) => task(at + 1));
    const many = Array.from({ length: 5000 }, (_, at) => item(at + 1, {}, at === 0 ? tasks : []));
    const { client } = fakePanelClient([list(...many)]);
    const schedules = await client.schedules('a1');
    expect([schedules.length, schedules[0]?.tasks.length]).toEqual([1000, 100]);
  });
});

it('names and cron are one line without control characters; payloads stay as they are', () => {
  const payload = 'say \u202e"hi"\n*.log\u0007';
  const hostile = item(
    1,
    { name: 'a\u001b[31m\nb\u202e', cron: { minute: '0\n0', hour: 'x'.repeat(5000) } },
    [task(1, { payload }), task(2, { payload: 'x'.repeat(100_000) }), task(-1)],
  );
  const schedule = scheduleItem.parse(hostile);
  expect(schedule).toMatchObject({ name: 'a b', cron: { minute: '0 0', dayOfWeek: '' } });
  expect(schedule.cron.hour.length).toBeLessThanOrEqual(200);
  expect(schedule.tasks.map((each) => each.payload.length)).toEqual([payload.length, 65_535]);
  expect(schedule.tasks[0]?.payload).toBe(payload);
});

it.each([0, -1, 1.5, Number.NaN, 2 ** 60])('the number %d never becomes part of an address', async (id) => {
  const { client, http } = fakePanelClient([]);
  const missing = { problem: { code: 'not-found', message: { id: 'panel.no-schedule-id' } } };
  await expect(client.schedule('a1', id)).rejects.toMatchObject(missing);
  await expect(client.runSchedule('a1', id)).rejects.toMatchObject(missing);
  await expect(client.deleteTask('a1', { schedule: 1, task: id })).rejects.toMatchObject(missing);
  expect(http.requests).toEqual([]);
});

it('a change sends every field, because the panel takes a missing flag for false', async () => {
  const { client, http } = fakePanelClient([answer(200, item(1)), answer(200, task(1))]);
  await client.changeSchedule('a1', 1, fields);
  const own = { action: 'backup', payload: 'logs/\n*.tmp', offsetSeconds: 30, continuesAfterFailure: true };
  await client.changeTask('a1', { schedule: 1, task: 4 }, { ...own, place: 2 });
  expect(http.requests.map(({ method, url, body }) => [method, url.split('/servers/a1')[1], body])).toEqual([
    [
      'POST',
      '/schedules/1',
      '{"name":"Nightly","is_active":true,"only_when_online":false,"minute":"0","hour":"4",' +
        '"day_of_month":"*","month":"*","day_of_week":"*"}',
    ],
    [
      'POST',
      '/schedules/1/tasks/4',
      '{"action":"backup","payload":"logs/\\n*.tmp","time_offset":30,"continue_on_failure":true,"sequence_id":2}',
    ],
  ]);
});

it('a silent node, of which the panel says 504, is not taken for a refused task', async () => {
  const detail = 'Could not establish a connection to the machine running this server. Please try again.';
  const { client } = fakePanelClient([refused(504, 'DaemonConnectionException', detail)]);
  await expect(client.runSchedule('a1', 1)).rejects.toMatchObject({
    problem: { code: 'node-unreachable', maybeDone: true },
  });
});

it('a run whose answer is lost may have begun', async () => {
  const { client } = fakePanelClient([refused(500, 'Error', 'An unexpected error was encountered.')]);
  await expect(client.runSchedule('a1', 1)).rejects.toMatchObject({ problem: { maybeDone: true } });
});

it('tasks of a limit that the host chose are counted as the panel says', async () => {
  const detail = 'Schedules may not have more than 25 tasks associated with them. Creating this task would …';
  const { client } = fakePanelClient([refused(400, 'ServiceLimitExceededException', detail)]);
  const own = { action: 'command', payload: 'x', offsetSeconds: 0, continuesAfterFailure: false };
  await expect(client.addTask('a1', 1, own)).rejects.toMatchObject({
    problem: { code: 'conflict', message: { id: 'panel.task-limit', values: { limit: 25 } } },
  });
});

it('of a task that must stay, both permissions are named', async () => {
  const detail = 'You do not have permission to perform this action.';
  const { client } = fakePanelClient([refused(403, 'HttpForbiddenException', detail)]);
  await expect(client.deleteTask('a1', { schedule: 1, task: 2 })).rejects.toMatchObject({
    problem: { code: 'forbidden', next: { id: 'panel.task-kept-next' } },
  });
});

const recordings = ['pterodactyl', 'pelican'].map((name) => recordedFixtures(`client-api-2026-11/${name}`));

it.runIf(recordings.every((folder) => folder !== null))('every recorded schedule is read', () => {
  const isSchedule = (body: unknown) =>
    typeof body === 'object' && body !== null && 'object' in body && body.object === 'server_schedule';
  const bodies = recordings.flatMap((folder) =>
    readJsonFiles(folder ?? '').map(({ content }) => {
      const recorded = content as { body?: unknown; response?: { body?: unknown } };
      return recorded.response?.body ?? recorded.body;
    }),
  );
  const schedules = bodies.filter(isSchedule);
  expect(schedules.length).toBeGreaterThanOrEqual(9);
  for (const body of schedules) {
    const { name, nextRunAt, offsetMinutes } = scheduleItem.parse(body);
    expect([name === '', nextRunAt === null, offsetMinutes]).toEqual([false, false, 0]);
  }
});
