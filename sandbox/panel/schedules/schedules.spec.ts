/** Schedules and tasks (PROTOCOL 2.20) of each panel: refusals, limits, permissions, activity. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf } from '../../../tests/support/panel-rig.js';
import {
  attributesOf,
  nightly,
  ScheduleRig,
  type ScheduleAttributes,
  type TaskAttributes,
} from '../../../tests/support/schedule-rig.js';
import { dialects } from '../dialects.js';
import { atomTime } from './items.js';

let rig: ScheduleRig;
afterEach(() => rig.panel.end());

const details = ({ body }: { body: unknown }) =>
  (body as { errors: { detail: string; meta?: { rule: string } }[] }).errors.map(({ detail }) => detail);
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(nightly).filter(([name]) => !names.includes(name)));
const command = { action: 'command', payload: 'say hi', time_offset: 0 };

describe.each(Object.keys(dialects))('schedules of %s', (dialect) => {
  beforeEach(async () => {
    rig = await ScheduleRig.start(dialect);
  });

  const allow = (...permissions: string[]) => {
    const server = rig.panel.server('Survival');
    const subuser = server.subusers[0];
    if (subuser === undefined) throw new Error('Survival has a subuser.');
    subuser.permissions = permissions;
  };
  const tasksOf = async (id: number) =>
    (await rig.view(id)).relationships.tasks.data
      .map(({ attributes }) => attributes)
      .sort((a, b) => a.sequence_id - b.sequence_id)
      .map(({ payload }) => payload);

  test('are created, viewed, listed and deleted', async () => {
    expect((await rig.ask('GET')).body).toEqual({ object: 'list', data: [] });
    const made = attributesOf<ScheduleAttributes>(await rig.ask('POST', '', nightly));
    expect(made).toMatchObject({ id: 1, name: 'Nightly', is_active: true, is_processing: false });
    const second = await rig.create({ name: 'Second' }, [command]);
    expect(second).toBe(2);
    const listed = (await rig.ask('GET')).body as { data: { attributes: ScheduleAttributes }[] };
    expect(listed.data.map(({ attributes }) => attributes.name)).toEqual(['Nightly', 'Second']);
    expect((await rig.ask('DELETE', '/1')).status).toBe(204);
    expect(errorOf(await rig.ask('GET', '/1'))).toBe('404 NotFoundHttpException');
  });

  test('a flag that is left out is false, also at a change', async () => {
    expect(attributesOf(await rig.ask('POST', '', without('is_active', 'only_when_online')))).toMatchObject({
      is_active: false,
    });
    const id = await rig.create({ only_when_online: true }, []);
    const changed = await rig.ask('POST', `/${id}`, {
      ...without('is_active', 'only_when_online'),
      minute: '30',
    });
    expect(attributesOf(changed)).toMatchObject({
      is_active: false,
      only_when_online: false,
      next_run_at: '2026-01-02T04:30:00+00:00',
    });
  });

  test('fields are validated', async () => {
    const missing = await rig.ask('POST', '', { name: 'x' });
    expect(missing.status).toBe(422);
    expect(details(missing).map((text) => /The (.+) field/.exec(text)?.[1])).toEqual(
      ['minute', 'hour', 'day of month', 'month', 'day of week'].filter(
        (field) => field !== 'month' || dialect === 'pelican',
      ),
    );
    rig.panel.panel.limits.refill();
    expect(errorOf(await rig.ask('POST', '', without('month')))).toBe(
      dialect === 'pelican' ? '422 ValidationException' : '500 TypeError',
    );
    expect((await rig.ask('POST', '', { ...nightly, minute: 0 })).status).toBe(422);
    rig.panel.panel.limits.refill();
    const most = dialect === 'pelican' ? 255 : 191;
    expect((await rig.ask('POST', '', { ...nightly, name: 'x'.repeat(most + 1) })).status).toBe(422);
    const never = await rig.ask('POST', '', { ...nightly, day_of_month: '31', month: '2' });
    expect(errorOf(never)).toBe('400 DisplayException');
    expect(details(never)).toEqual(['The cron data provided does not evaluate to a valid expression.']);
  });

  test('two a minute where the panel limits creation, refused requests included, before any other check', async () => {
    await rig.ask('POST', '', { ...nightly, minute: '99' });
    const second = await rig.ask('POST', '', nightly);
    const third = await rig.ask('POST', '', { name: 'x' }, 'admin');
    if (dialect === 'panel-1.11' || dialect === 'reference') {
      expect(third.status).toBe(422);
      return;
    }
    expect(second.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '0' });
    expect(errorOf(third)).toBe('429 ThrottleRequestsException');
    expect(third.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'retry-after': '60' });
    expect((await rig.ask('POST', '/1/tasks', command)).headers['x-ratelimit-limit']).toBe('256');
    expect((await rig.panel.on('owner', 'Creative', 'POST', '/schedules', nightly)).status).toBe(200);
    rig.panel.now += 60_000;
    expect((await rig.ask('POST', '', nightly)).status).toBe(200);
  });

  test('require their permissions', async () => {
    const id = await rig.create({}, [command]);
    rig.panel.panel.limits.refill();
    const { id: task } = (await rig.view(id)).relationships.tasks.data[0]?.attributes ?? { id: 0 };
    const calls = {
      'schedule.read': [['GET', ''] as const, ['GET', `/${id}`] as const],
      'schedule.create': [['POST', ''] as const],
      'schedule.update': [
        ['POST', `/${id}`] as const,
        ['POST', `/${id}/execute`] as const,
        ['POST', `/${id}/tasks`] as const,
        ['POST', `/${id}/tasks/${task}`] as const,
        ...(dialect === 'pelican' ? [] : [['DELETE', `/${id}/tasks/${task}`] as const]),
      ],
      'schedule.delete': [
        ...(dialect === 'pelican' ? [['DELETE', `/${id}/tasks/${task}`] as const] : []),
        ['DELETE', `/${id}`] as const,
      ],
    };
    const all = Object.keys(calls);
    for (const [permission, own] of Object.entries(calls)) {
      allow(...all.filter((each) => each !== permission));
      for (const [method, path] of own) {
        const { status } = await rig.ask(method, path, method === 'GET' ? null : {}, 'subuser');
        expect(`${status} ${method} ${path} without ${permission}`).toMatch(/^403/);
      }
      allow(permission);
      for (const [method, path] of own) {
        const { status } = await rig.ask(method, path, method === 'GET' ? null : {}, 'subuser');
        expect(`${status} ${method} ${path} with ${permission}`).not.toMatch(/^40[34]/);
      }
    }
  });

  test('unknown schedules, and those of another server, are not found', async () => {
    const id = await rig.create({}, [command]);
    const other = await rig.create({}, [command]);
    const foreign = (await rig.view(other)).relationships.tasks.data[0]?.attributes.id;
    const asked = [
      await rig.ask('GET', '/99'),
      await rig.ask('GET', '/nonsense'),
      await rig.panel.on('owner', 'Creative', 'GET', `/schedules/${id}`),
      await rig.ask('POST', '/99/execute'),
      await rig.ask('POST', `/${id}/tasks/${foreign}`, command),
      await rig.ask('DELETE', `/${id}/tasks/99`),
    ];
    for (const answer of asked) {
      expect(errorOf(answer)).toBe('404 NotFoundHttpException');
      expect('x-ratelimit-remaining' in answer.headers).toBe(dialect !== 'pelican');
    }
  });

  test('tasks are validated', async () => {
    const id = await rig.create({}, []);
    const refused = async (fields: object) =>
      details(await rig.ask('POST', `/${id}/tasks`, { ...command, ...fields }));
    expect(await refused({ action: 'dance' })).toEqual(['The selected action is invalid.']);
    expect(await refused({ payload: '' })).toEqual([
      'The payload field is required unless action is in backup.',
    ]);
    expect(await refused({ time_offset: 901 })).toHaveLength(1);
    expect(await refused({ time_offset: -1 })).toHaveLength(1);
    expect(await refused({ sequence_id: 0 })).toHaveLength(1);
    expect(await refused({ continue_on_failure: 'perhaps' })).toHaveLength(1);
    const files = await rig.ask('POST', `/${id}/tasks`, { ...command, action: 'delete_files' });
    expect(files.status).toBe(dialect === 'pelican' ? 200 : 422);
    const backup = { action: 'backup', time_offset: '15' };
    expect(attributesOf(await rig.ask('POST', `/${id}/tasks`, backup))).toMatchObject({
      payload: '',
      time_offset: 15,
    });
  });

  test('tasks move to make room, and close gaps', async () => {
    const id = await rig.create({}, []);
    const add = async (payload: string, fields = {}) =>
      attributesOf<TaskAttributes>(await rig.ask('POST', `/${id}/tasks`, { ...command, payload, ...fields }));
    const a = await add('a');
    await add('b');
    expect((await add('c', { sequence_id: 50 })).sequence_id).toBe(3);
    await add('first', { sequence_id: 1 });
    expect(await tasksOf(id)).toEqual(['first', 'a', 'b', 'c']);
    const move = { ...command, payload: 'a', sequence_id: 4 };
    expect(attributesOf(await rig.ask('POST', `/${id}/tasks/${a.id}`, move))).toMatchObject({
      sequence_id: 4,
    });
    expect(await tasksOf(id)).toEqual(['first', 'b', 'c', 'a']);
    await rig.ask('POST', `/${id}/tasks/${a.id}`, { ...move, sequence_id: 2 });
    expect(await tasksOf(id)).toEqual(['first', 'a', 'b', 'c']);
    await rig.ask('DELETE', `/${id}/tasks/${a.id}`);
    expect(await tasksOf(id)).toEqual(['first', 'b', 'c']);
    expect((await add('d')).sequence_id).toBe(4);
  });

  test('ten tasks, and no backup without a place for one', async () => {
    const id = await rig.create(
      {},
      Array.from({ length: 10 }, () => command),
    );
    const eleventh = await rig.ask('POST', `/${id}/tasks`, command);
    expect(errorOf(eleventh)).toBe('400 ServiceLimitExceededException');
    rig.panel.server('Survival').featureLimits.backups = 0;
    const other = await rig.create({}, []);
    const backup = await rig.ask('POST', `/${other}/tasks`, { action: 'backup', time_offset: 0 });
    expect(errorOf(backup)).toBe('403 HttpForbiddenException');
  });

  test('without tasks they cannot be executed', async () => {
    const id = await rig.create({}, []);
    expect(details(await rig.ask('POST', `/${id}/execute`))).toEqual([
      'Cannot process schedule for task execution: no tasks are registered.',
    ]);
  });

  test('states of the server are conflicts', async () => {
    rig.panel.server('Survival').status = 'suspended';
    expect((await rig.ask('GET')).status).toBe(dialect === 'reference' ? 400 : 409);
  });

  test('changes are in the activity', async () => {
    const id = await rig.create({}, []);
    const task = attributesOf<TaskAttributes>(await rig.ask('POST', `/${id}/tasks`, command));
    await rig.ask('POST', `/${id}/tasks/${task.id}`, { ...command, payload: 'say bye' });
    await rig.ask('POST', `/${id}`, { ...nightly, name: 'After', is_active: false });
    const entries = await rig.panel.on('owner', 'Survival', 'GET', '/activity?sort=-timestamp');
    const told = (entries.body as { data: { attributes: { event: string; properties: object } }[] }).data.map(
      ({ attributes: { event, properties } }) => [event, properties],
    );
    const isPelican = dialect === 'pelican';
    expect(told.slice(0, 2)).toEqual([
      ['server:schedule.update', { name: isPelican ? 'After' : 'Nightly', active: false }],
      [
        'server:task.update',
        { name: 'Nightly', action: 'command', payload: isPelican ? 'say bye' : 'say hi' },
      ],
    ]);
  });

  test('go with their server', async () => {
    const id = await rig.create({}, [command]);
    rig.panel.world.removeServer(rig.panel.server('Survival').uuid);
    expect(rig.panel.world.schedules.has(id)).toBe(false);
  });
});

test.each([
  ['UTC', '2026-11-28T14:48:57+00:00'],
  ['Europe/Berlin', '2026-11-28T15:48:57+01:00'],
  ['America/St_Johns', '2026-11-28T11:18:57-03:30'],
  ['Asia/Kolkata', '2026-11-28T20:18:57+05:30'],
])('times in %s have its offset', async (zone, wanted) => {
  rig = await ScheduleRig.start('panel-1.11');
  expect(atomTime('2026-11-28T14:48:57.312Z', zone)).toBe(wanted);
});
