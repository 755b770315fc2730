/** Cron and queue worker of each panel (PROTOCOL 2.20.14 to 2.20.23) with a fake clock and nodes in memory. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf } from '../../../tests/support/panel-rig.js';
import { nightly, ScheduleRig } from '../../../tests/support/schedule-rig.js';
import { dialects } from '../dialects.js';
import { Scheduler } from './scheduler.js';

let rig: ScheduleRig;
afterEach(() => rig.panel.end());

const say = (text: string, fields = {}) => ({ action: 'command', payload: `say ${text}`, ...fields });
const restart = { action: 'power', payload: 'restart' };

describe.each(Object.keys(dialects))('schedules of %s run', (dialect) => {
  beforeEach(async () => {
    rig = await ScheduleRig.start(dialect);
    rig.power('running');
  });

  test('at their minute, task after task with its offset', async () => {
    const id = await rig.create({}, [
      say('soon', { time_offset: 10 }),
      { ...restart, time_offset: 900 },
      say('again'),
    ]);
    expect(await rig.view(id)).toMatchObject({ next_run_at: '2026-01-02T04:00:00+00:00', last_run_at: null });
    await rig.at('2026-01-02T03:59:59Z');
    expect(await rig.view(id)).toMatchObject({ is_processing: false });

    await rig.at('2026-01-02T04:00:01Z');
    expect(await rig.view(id)).toMatchObject({
      is_processing: true,
      last_run_at: null,
      next_run_at: '2026-01-03T04:00:00+00:00',
    });
    expect(await rig.queued(id)).toEqual([1]);
    await rig.at('2026-01-02T04:00:10Z');
    expect(rig.asked()).toEqual([]);
    await rig.at('2026-01-02T04:00:11Z');
    expect(rig.asked()).toEqual(['command say soon']);
    expect(await rig.queued(id)).toEqual([2]);

    await rig.at('2026-01-02T04:15:11Z');
    expect(rig.asked()).toEqual(['command say soon', 'power restart', 'command say again']);
    expect(await rig.queued(id)).toEqual([]);
    expect(await rig.view(id)).toMatchObject({
      is_processing: false,
      last_run_at: '2026-01-02T04:15:11+00:00',
      updated_at: '2026-01-02T04:15:11+00:00',
    });
    const entries = await rig.panel.on('owner', 'Survival', 'GET', '/activity?filter[event]=server:power');
    expect(entries.body).toMatchObject({ data: [] });
  });

  test('in the order of their numbers, not of their creation', async () => {
    const id = await rig.create({}, [say('second'), say('first', { sequence_id: 1 })]);
    expect((await rig.ask('POST', `/${id}/execute`)).status).toBe(202);
    await rig.at('2026-01-01T12:00:00Z');
    expect(rig.asked()).toEqual(['command say first', 'command say second']);
  });

  test('until a failure, which shows only as the end of the run', async () => {
    const id = await rig.create({}, [restart, say('never')]);
    rig.node().refuses.set(rig.panel.server('Survival').uuid, { status: 500, message: 'broken' });
    await rig.at('2026-01-02T04:00:00Z');
    expect(rig.asked()).toEqual(['power restart', 'power restart', 'power restart']);
    expect(rig.lines).toHaveLength(3);
    expect(await rig.view(id)).toMatchObject({
      is_processing: false,
      last_run_at: '2026-01-02T04:00:00+00:00',
    });
    expect(await rig.queued(id)).toEqual([]);
  });

  test('past a silent node if they may', async () => {
    await rig.create({}, [{ ...restart, continue_on_failure: true }, say('still')]);
    const server = rig.panel.server('Survival');
    rig.panel.gateway.setFault(server, { kind: 'reset' });
    await rig.at('2026-01-02T04:00:00Z');
    // Both failed; the second one, which may not, three times.
    expect(rig.lines).toHaveLength(3);
    expect(rig.lines[0]).toMatch(/^Schedule Nightly: task 2 failed, attempt 1: /);
  });

  test('past a refusal of the node where the panel takes it for the same', async () => {
    await rig.create({}, [{ action: 'power', payload: 'dance', continue_on_failure: true }, say('on')]);
    await rig.at('2026-01-02T04:00:00Z');
    expect(rig.asked()).toEqual(dialect === 'pelican' ? [] : ['command say on']);
  });

  test.each(['offline', 'stopping'] as const)(
    'not while %s, if they need a running server',
    async (state) => {
      rig.power(state);
      const id = await rig.create({ only_when_online: true }, [say('hello')]);
      expect((await rig.ask('POST', `/${id}/execute`)).status).toBe(202);
      expect(await rig.view(id)).toMatchObject({
        is_processing: false,
        last_run_at: '2026-01-01T12:00:00+00:00',
      });
      await rig.at('2026-01-02T04:00:00Z');
      expect(rig.asked()).toEqual([]);
      expect(await rig.view(id)).toMatchObject({ last_run_at: '2026-01-02T04:00:00+00:00' });
      rig.power('starting');
      await rig.at('2026-01-03T04:00:00Z');
      expect(rig.asked()).toEqual(['command say hello']);
    },
  );

  test('not at a node that is silent, if they need a running server', async () => {
    const id = await rig.create({ only_when_online: true }, [say('hello')]);
    rig.panel.gateway.setFault(rig.panel.server('Survival'), { kind: 'reset' });
    expect((await rig.ask('POST', `/${id}/execute`)).status).toBe(202);
    expect(rig.asked()).toEqual([]);
  });

  test('by hand only while they are switched off', async () => {
    const id = await rig.create({ is_active: false }, [say('one'), say('two', { time_offset: 5 })]);
    await rig.at('2026-01-02T04:00:00Z');
    expect(rig.asked()).toEqual([]);
    expect((await rig.ask('POST', `/${id}/execute`)).status).toBe(202);
    expect(rig.asked()).toEqual(['command say one']);
    await rig.at('2026-01-02T04:00:05Z');
    expect(rig.asked()).toEqual(['command say one', 'command say two']);
  });

  test('twice where they are started while they run', async () => {
    const id = await rig.create({}, [say('one'), say('two', { time_offset: 5 })]);
    await rig.ask('POST', `/${id}/execute`);
    expect((await rig.ask('POST', `/${id}/execute`)).status).toBe(202);
    await rig.at('2026-01-01T12:00:05Z');
    expect(rig.asked().filter((each) => each === 'command say two')).toHaveLength(2);
  });

  test('no further when they are switched off, or the server is suspended, between tasks', async () => {
    const tasks = [say('one'), say('two', { time_offset: 60 })];
    const id = await rig.create({}, tasks);
    await rig.at('2026-01-02T04:00:00Z');
    expect(await rig.queued(id)).toEqual([2]);
    await rig.ask('POST', `/${id}`, { ...nightly, is_active: false });
    await rig.at('2026-01-02T04:01:00Z');
    expect(rig.asked()).toEqual(['command say one']);
    await rig.ask('POST', `/${id}`, nightly);
    await rig.at('2026-01-03T04:00:00Z');
    rig.panel.server('Survival').status = 'suspended';
    await rig.at('2026-01-03T04:01:00Z');
    expect(rig.asked()).toEqual(['command say one', 'command say one']);
    expect(rig.panel.world.schedules.get(id)).toMatchObject({ isProcessing: false, queue: [] });
  });

  test('once, late, after the server was suspended or cron was away', async () => {
    const id = await rig.create({}, [say('late')]);
    rig.panel.state.cronRuns = false;
    await rig.at('2026-01-05T04:30:00Z');
    expect(await rig.view(id)).toMatchObject({ next_run_at: '2026-01-02T04:00:00+00:00', last_run_at: null });
    rig.panel.state.cronRuns = true;
    rig.panel.server('Survival').status = 'suspended';
    await rig.at('2026-01-05T04:31:00Z');
    expect(rig.asked()).toEqual([]);
    rig.panel.server('Survival').status = null;
    await rig.at('2026-01-05T04:32:00Z');
    await rig.at('2026-01-05T04:33:00Z');
    expect(rig.asked()).toEqual(['command say late']);
    expect(await rig.view(id)).toMatchObject({ next_run_at: '2026-01-06T04:00:00+00:00' });
  });

  test('forever without a queue worker, until they are switched', async () => {
    const id = await rig.create({}, [say('hello')]);
    rig.panel.state.workerRuns = false;
    await rig.at('2026-01-02T04:00:00Z');
    await rig.at('2026-01-03T04:00:00Z');
    expect(await rig.view(id)).toMatchObject({
      is_processing: true,
      last_run_at: null,
      next_run_at: '2026-01-03T04:00:00+00:00',
    });
    expect(rig.asked()).toEqual([]);
    await rig.ask('POST', `/${id}`, { ...nightly, is_active: false });
    expect(await rig.view(id)).toMatchObject({ is_processing: false });
  });

  test('forever when a waiting task is deleted', async () => {
    const id = await rig.create({}, [say('one'), say('two', { time_offset: 60 })]);
    await rig.at('2026-01-02T04:00:00Z');
    const two = (await rig.view(id)).relationships.tasks.data[1]?.attributes.id;
    expect((await rig.ask('DELETE', `/${id}/tasks/${two}`)).status).toBe(204);
    await rig.at('2026-01-02T05:00:00Z');
    expect(await rig.view(id)).toMatchObject({ is_processing: true, last_run_at: null });
  });

  test('never without tasks', async () => {
    const id = await rig.create({}, []);
    await rig.at('2026-01-03T04:00:00Z');
    expect(await rig.view(id)).toMatchObject({
      is_processing: false,
      last_run_at: null,
      next_run_at: '2026-01-02T04:00:00+00:00',
    });
  });

  test('not while the panel is in maintenance', async () => {
    await rig.create({}, [say('hello')]);
    rig.panel.state.maintenance = {};
    await rig.at('2026-01-02T04:00:00Z');
    expect(rig.asked()).toEqual([]);
    rig.panel.state.maintenance = null;
    await rig.at('2026-01-02T04:01:00Z');
    expect(rig.asked()).toEqual(['command say hello']);
  });

  test('in the time zone of the panel, whose offset its times have', async () => {
    rig.panel.state.timeZone = 'Europe/Berlin';
    const id = await rig.create({}, [say('hello')]);
    expect(await rig.view(id)).toMatchObject({ next_run_at: '2026-01-02T04:00:00+01:00' });
    await rig.at('2026-01-02T03:00:00Z');
    expect(rig.asked()).toEqual(['command say hello']);
    await rig.at('2026-03-28T04:00:00Z');
    expect(await rig.view(id)).toMatchObject({ next_run_at: '2026-03-29T04:00:00+02:00' });
  });

  test('on from where they were after a restart of the panel', async () => {
    await rig.create({}, [say('one'), say('two', { time_offset: 60 })]);
    await rig.at('2026-01-02T04:00:00Z');
    const { world, state, gateway, now } = rig.panel;
    const own = dialects[dialect];
    if (own === undefined) throw new Error('There is no such dialect.');
    await rig.panel.end();
    const next = new Scheduler({
      world,
      state,
      gateway,
      dialect: own,
      now: () => now + 60_000,
      log: () => undefined,
    });
    await next.tick();
    await next.stop();
    expect(rig.asked()).toEqual(['command say one', 'command say two']);
  });

  test('with backups that make room, but not against the throttle', async () => {
    rig.panel.server('Survival').featureLimits.backups = 1;
    const backup = { action: 'backup', payload: 'logs/\n*.tmp', continue_on_failure: true };
    const id = await rig.create({}, [backup, say('made')]);
    await rig.at('2026-01-02T04:00:00Z');
    const [first] = rig.panel.world.backupsOf(rig.panel.server('Survival').uuid);
    expect(first).toMatchObject({ ignored: ['logs/', '*.tmp'], locked: false, deletedAt: null });
    await rig.at('2026-01-03T04:00:00Z');
    expect(first?.deletedAt).toBe('2026-01-03T04:00:00.000Z');
    expect(rig.asked()).toEqual([
      'backup make logs/\n*.tmp',
      'command say made',
      'backup remove',
      'backup make logs/\n*.tmp',
      'command say made',
    ]);
    await rig.ask('POST', `/${id}/execute`);
    const third = await rig.ask('POST', `/${id}/execute`);
    expect(errorOf(third)).toContain('TooManyRequestsHttpException');
    expect(rig.asked().filter((each) => each.startsWith('command'))).toHaveLength(2);
  });

  test('no backup where all are locked', async () => {
    const server = rig.panel.server('Survival');
    server.featureLimits.backups = 1;
    await rig.panel.on('owner', 'Survival', 'POST', '/backups', { is_locked: true });
    const id = await rig.create({}, [{ action: 'backup', payload: '' }]);
    expect(errorOf(await rig.ask('POST', `/${id}/execute`))).toBe('400 TooManyBackupsException');
    expect(await rig.view(id)).toMatchObject({
      is_processing: false,
      last_run_at: '2026-01-01T12:00:00+00:00',
    });
  });
});

test.each([
  ['panel-1.11', '502 DaemonConnectionException'],
  ['panel-1.12', '502 DaemonConnectionException'],
  ['pelican', '202'],
])('%s answers a command to a stopped server, by hand, with %s', async (dialect, answer) => {
  rig = await ScheduleRig.start(dialect);
  const id = await rig.create({}, [say('hello'), restart]);
  expect(errorOf(await rig.ask('POST', `/${id}/execute`))).toBe(answer);
  expect(await rig.view(id)).toMatchObject({ is_processing: answer === '202' });
  const entries = await rig.panel.on('owner', 'Survival', 'GET', '/activity?filter[event]=schedule.execute');
  expect((entries.body as { data: unknown[] }).data).toHaveLength(answer === '202' ? 1 : 0);
});
