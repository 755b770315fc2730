/** Schedules that really act on servers, with real nodes and files, and the orders of tests about them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BackupStage } from '../../../tests/support/backup-stage.js';
import { nightly, type ScheduleAttributes } from '../../../tests/support/schedule-rig.js';

let stage: BackupStage;
afterEach(() => stage.stop());

const ask = (method: string, path = '', body?: unknown) =>
  stage.control.on('owner', 'Survival', method, `/schedules${path}`, body);
const order = (fields: Record<string, unknown>) => stage.control.order(fields);
const view = async (id: number) =>
  (JSON.parse((await ask('GET', `/${id}`)).text) as { attributes: ScheduleAttributes }).attributes;
const passedOn = async () =>
  ((await order({ do: 'look', server: 'Survival' })).result as { passedOn: string[] }).passedOn;

async function create(fields: object, tasks: readonly object[]): Promise<number> {
  const { text } = await ask('POST', '', { ...nightly, ...fields });
  const { id } = (JSON.parse(text) as { attributes: ScheduleAttributes }).attributes;
  for (const task of tasks) {
    expect((await ask('POST', `/${id}/tasks`, { time_offset: 0, ...task })).status).toBe(200);
  }
  return id;
}

async function running(): Promise<void> {
  await stage.control.on('owner', 'Survival', 'POST', '/power', { signal: 'start' });
  await vi.waitUntil(
    async () =>
      ((await order({ do: 'look', server: 'Survival' })).result as { state: string }).state === 'running',
    { timeout: 10_000 },
  );
}

describe.each(['panel-1.11', 'panel-1.12', 'reference', 'pelican'])('schedules of %s', (dialect) => {
  test('command, power and backup reach the server', async () => {
    stage = new BackupStage();
    await stage.start(dialect);
    stage.write('logs/latest.log', 'log');
    stage.write('server.properties', 'motd=Hello');
    await running();
    const id = await create({ only_when_online: true }, [
      { action: 'command', payload: 'say in ten seconds' },
      { action: 'power', payload: 'restart', time_offset: 900 },
      { action: 'backup', payload: 'logs/' },
    ]);
    await order({ do: 'schedule', server: 'Survival', schedule: id, nextRunInMinutes: -5 });
    expect(Date.parse((await view(id)).next_run_at)).toBeLessThan(Date.now());
    expect((await order({ do: 'run-schedules' })).status).toBe(200);

    const [backup] = await stage.list();
    expect(backup).toMatchObject({ ignored_files: ['logs/'], is_locked: false });
    expect((await passedOn()).slice(-3)).toEqual([
      'command say in ten seconds',
      'power restart',
      `backup ${backup?.name}`,
    ]);
    const after = await view(id);
    expect(after).toMatchObject({ is_processing: false });
    expect(Date.parse(after.last_run_at ?? '')).toBeGreaterThan(Date.now() - 10_000);
    expect(Date.parse(after.next_run_at)).toBeGreaterThan(Date.now());
    if (backup) expect(await stage.ended(backup.uuid)).toMatchObject({ is_successful: true });
  });
});

test('Pelican deletes files by the pattern of a line', async () => {
  stage = new BackupStage();
  await stage.start('pelican');
  for (const file of ['logs/a.log', 'logs/b.log', 'logs/keep.txt', 'old/x', 'new/x']) stage.write(file, 'x');
  const id = await create({}, [{ action: 'delete_files', payload: 'logs/*.log\nold' }]);
  expect((await ask('POST', `/${id}/execute`)).status).toBe(202);
  const has = (file: string) => existsSync(join(stage.folderOf('Survival'), file));
  expect(['logs/a.log', 'logs/b.log', 'old', 'logs/keep.txt', 'new/x'].map(has)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  const missing = await create({}, [{ action: 'delete_files', payload: 'nowhere/*' }]);
  expect((await ask('POST', `/${missing}/execute`)).status).toBe(500);
});

test('the queue continues without an order, in real time', async () => {
  stage = new BackupStage();
  await stage.start('panel-1.11');
  await running();
  const id = await create({}, [
    { action: 'command', payload: 'say one' },
    { action: 'command', payload: 'say two', time_offset: 1 },
  ]);
  await ask('POST', `/${id}/execute`);
  expect((await passedOn()).at(-1)).toBe('command say one');
  await vi.waitUntil(async () => (await passedOn()).at(-1) === 'command say two', { timeout: 5000 });
});

test('a reinstallation keeps schedules', async () => {
  stage = new BackupStage();
  await stage.start('panel-1.11');
  const id = await create({}, []);
  await stage.control.on('owner', 'Survival', 'POST', '/settings/reinstall');
  await stage.status(null);
  expect((await view(id)).name).toBe('Nightly');
});

test('orders hang a schedule, name it, and are refused for unknown schedules', async () => {
  stage = new BackupStage();
  await stage.start('pelican');
  const id = await create({}, [{ action: 'command', payload: 'say hi' }]);
  await order({ do: 'schedule', server: 'Survival', schedule: 'Nightly', hung: true, nextRunInMinutes: -60 });
  expect(await view(id)).toMatchObject({ is_processing: true });
  await order({ do: 'run-schedules' });
  expect(await view(id)).toMatchObject({ is_processing: true, last_run_at: null });
  await order({ do: 'schedule', server: 'Survival', schedule: id, hung: false });
  await order({ do: 'run-schedules' });
  expect(await view(id)).toMatchObject({ is_processing: false, last_run_at: expect.any(String) as string });

  expect((await order({ do: 'panel', timeZone: 'Asia/Kolkata' })).status).toBe(200);
  expect((await view(id)).next_run_at).toMatch(/\+05:30$/);
  expect((await order({ do: 'panel', timeZone: 'Mars/Olympus' })).status).toBe(400);
  const unknown = await order({ do: 'schedule', server: 'Survival', schedule: 99, hung: true });
  expect(unknown).toMatchObject({ status: 400, error: 'There is no schedule 99.' });
});
