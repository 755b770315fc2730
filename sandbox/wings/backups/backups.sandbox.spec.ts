/** Backups on a node (PROTOCOL 2.16): real files, real archives, the events of the socket. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { list } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackupStage } from '../../../tests/support/backup-stage.js';
import type { Frame } from '../../../tests/support/wings-rig.js';
import { dialects } from '../../panel/dialects.js';

let stage: BackupStage;
beforeEach(() => {
  stage = new BackupStage();
});
afterEach(() => stage.stop());

const order = (fields: Record<string, unknown>) =>
  stage.control.order({ do: 'backups', server: 'Survival', ...fields });
const power = (signal: string) => stage.control.on('owner', 'Survival', 'POST', '/power', { signal });
const unthrottled = () => stage.control.order({ do: 'panel', backupThrottle: { limit: 2, period: 0 } });
const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
const detailsOf = ({ args }: Frame) => JSON.parse(args?.[0] ?? '') as Record<string, unknown>;

async function namesIn(uuid: string): Promise<string[]> {
  const names: string[] = [];
  await list({ file: stage.archiveOf(uuid), onReadEntry: ({ path }) => names.push(path) });
  return names.sort();
}

/** Events that are not of the process. */
function told(frames: readonly Frame[]): string[] {
  return frames
    .filter(({ event }) => event !== 'console output' && event !== 'stats')
    .map(({ event, args }) => `${event} ${args?.[0] ?? ''}`.trim());
}

/** Running server with two files, and a socket that has read everything so far. */
async function running(): Promise<ReturnType<BackupStage['socket']>> {
  const socket = await stage.socket();
  await socket.status('running');
  stage.write('server.properties', 'motd=Hello');
  stage.write('world/level.dat', randomBytes(200_000));
  return socket;
}

describe.each(Object.keys(dialects))('on a node of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test('a backup is a tar.gz of the files, with checksum and size, told on the socket', async () => {
    const socket = await running();
    const { uuid } = await stage.create({ name: 'first' });
    const event = await socket.event('backup completed');
    const bytes = readFileSync(stage.archiveOf(uuid));
    expect(event.args?.[0]).toBe(
      `{"checksum":"${sha1(bytes)}","checksum_type":"sha1","file_size":${bytes.length},"is_successful":true,"uuid":"${uuid}"}`,
    );
    expect(await stage.view(uuid)).toMatchObject({
      is_successful: true,
      checksum: `sha1:${sha1(bytes)}`,
      bytes: bytes.length,
      completed_at: expect.stringMatching(/\+00:00$/) as string,
    });
    expect(await namesIn(uuid)).toEqual(['server.properties', 'world/level.dat']);
  });

  test('restoring stops the server, replaces its files and leaves it offline', async () => {
    const socket = await running();
    const { uuid } = await stage.made();
    stage.write('server.properties', 'motd=Broken');
    stage.write('new.txt', 'made later');
    socket.skip();
    const from = socket.frames.length;
    expect((await stage.ask('POST', `/${uuid}/restore`, { truncate: false })).status).toBe(204);
    await socket.event('backup restore completed');
    const events = told(socket.frames.slice(from));
    expect(events.filter((event) => event.startsWith('daemon message (restoring)')).sort()).toEqual([
      'daemon message (restoring): server.properties',
      'daemon message (restoring): world/level.dat',
    ]);
    expect(events.filter((event) => !event.startsWith('daemon message (restoring)'))).toEqual([
      'status stopping',
      'status offline',
      'daemon message Completed server restoration from local backup.',
      'backup restore completed',
    ]);
    await stage.status(null);
    expect(stage.read('server.properties')).toBe('motd=Hello');
    expect(stage.read('new.txt')).toBe('made later');
    expect((await power('start')).status).toBe(204);
    await socket.status('running');
  });

  test('truncating empties the folder first', async () => {
    await running();
    const { uuid } = await stage.made();
    stage.write('new.txt', 'made later');
    await stage.ask('POST', `/${uuid}/restore`, { truncate: true });
    await stage.status(null);
    expect(stage.files()).toEqual(['server.properties', 'world']);
  });
});

describe('on any node', () => {
  beforeEach(() => stage.start('panel-1.11'));

  test('patterns leave files out; without patterns those of the ignore file do', async () => {
    await running();
    stage.write('latest.log', 'x');
    stage.write('logs/old.log', 'x');
    const { uuid } = await stage.made({ ignored: '*.log\nworld/' });
    expect(await namesIn(uuid)).toEqual(['server.properties']);
    stage.write('.pteroignore', 'world/\n');
    const other = await stage.made();
    expect(await namesIn(other.uuid)).toEqual([
      '.pteroignore',
      'latest.log',
      'logs/old.log',
      'server.properties',
    ]);
  });

  test('takes time in proportion to the size', async () => {
    await running();
    await order({ rate: 1 });
    const { uuid } = await stage.create();
    expect((await stage.view(uuid)).completed_at).toBeNull();
    await order({ rate: 100_000 });
    const { created_at: begun, completed_at: ended } = await stage.ended(uuid);
    expect(Date.parse(ended ?? '') - Date.parse(begun)).toBeGreaterThanOrEqual(1000);
  });

  test('fails when ordered to, and loses its lock', async () => {
    const socket = await running();
    await order({ failing: true });
    const { uuid } = await stage.create({ is_locked: true });
    expect(detailsOf(await socket.event('backup completed'))).toEqual({
      checksum: '',
      checksum_type: 'sha1',
      file_size: 0,
      is_successful: false,
      uuid,
    });
    expect(await stage.view(uuid)).toMatchObject({
      is_successful: false,
      is_locked: false,
      checksum: null,
      bytes: 0,
      completed_at: expect.any(String) as string,
    });
    // The archive is missing: an emptied folder is all that a restoration leaves.
    const answer = await stage.ask('POST', `/${uuid}/restore`, { truncate: true });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('The requested resource was not found on the system.');
    expect(stage.files()).toEqual([]);
    await stage.status(null);
    expect((await stage.ask('DELETE', `/${uuid}`)).status).toBe(204);
  });

  test('a backup that is deleted while it runs ends as failed on the socket, and is gone', async () => {
    const socket = await running();
    await order({ rate: 1 });
    const { uuid } = await stage.create();
    expect((await stage.ask('DELETE', `/${uuid}`)).status).toBe(204);
    await order({ rate: null });
    const event = await socket.event('backup completed');
    expect(detailsOf(event)).toMatchObject({ is_successful: false, file_size: 0, uuid });
    expect(await stage.list()).toEqual([]);
    expect(existsSync(stage.archiveOf(uuid))).toBe(false);
  });

  test('several run at once; deleting one removes its archive', async () => {
    await running();
    const both = await Promise.all([stage.create(), stage.create()]);
    const [first, second] = await Promise.all(both.map(({ uuid }) => stage.ended(uuid)));
    expect([first?.is_successful, second?.is_successful]).toEqual([true, true]);
    expect((await stage.ask('DELETE', `/${first?.uuid}`)).status).toBe(204);
    expect(existsSync(stage.archiveOf(first?.uuid ?? ''))).toBe(false);
    expect(await stage.list()).toHaveLength(1);
  });

  test('a locked backup that is complete is not deleted', async () => {
    await running();
    const { uuid } = await stage.made({ is_locked: true });
    const answer = await stage.ask('DELETE', `/${uuid}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Cannot delete a backup that is marked as locked.');
  });

  test('only who may see backups hears of their end; everybody hears of a restoration', async () => {
    const permissions = ['websocket.connect', 'control.start'];
    await stage.control.order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions });
    // A token must be from a later second than the change of permissions.
    await pause(1000);
    await running();
    const socket = await stage.socket('subuser');
    const { uuid } = await stage.made();
    await stage.ask('POST', `/${uuid}/restore`, { truncate: false });
    await socket.event('backup restore completed');
    expect(told(socket.frames).some((event) => event.startsWith('backup completed'))).toBe(false);
  });

  test('a failed restoration is reported like a successful one; only the activity distinguishes them', async () => {
    const socket = await running();
    const { uuid } = await stage.made();
    await order({ restoreFailing: true });
    await stage.ask('POST', `/${uuid}/restore`, { truncate: false });
    await socket.event('backup restore completed');
    await stage.status(null);
    const { text } = await stage.control.on('owner', 'Survival', 'GET', '/activity?filter[event]=backup');
    const events = (JSON.parse(text) as { data: { attributes: { event: string } }[] }).data;
    expect(events.map(({ attributes }) => attributes.event)).toEqual([
      'server:backup.start',
      'server:backup.complete',
      'server:backup.restore',
      'server:backup.restore-failed',
    ]);
  });

  test('while a server is restored, the panel refuses calls and the node refuses power', async () => {
    const socket = await running();
    const { uuid } = await stage.made();
    await order({ rate: 1 });
    await stage.ask('POST', `/${uuid}/restore`, { truncate: false });
    await socket.status('offline');
    socket.send('set state', 'start');
    expect((await socket.event('daemon error')).args?.[0]).toMatch(/an unexpected error was encountered/);
    for (const path of ['/resources', '/websocket', '/backups']) {
      expect((await stage.control.on('owner', 'Survival', 'GET', path)).status).toBe(409);
    }
    const { text } = await stage.control.on('owner', 'Survival', 'GET', '');
    expect(text).toContain('"status":"restoring_backup"');
    await order({ rate: null });
    await socket.event('backup restore completed');
    await stage.status(null);
  });

  test('a node that goes down leaves its backup running forever and ends a restoration', async () => {
    await running();
    const made = await stage.made();
    await order({ rate: 1 });
    const { uuid } = await stage.create();
    await stage.ask('POST', `/${made.uuid}/restore`, { truncate: false });
    await stage.control.order({ do: 'node-down', node: 'Harbor' });
    await stage.control.order({ do: 'node-up', node: 'Harbor' });
    await stage.status(null);
    expect((await stage.view(uuid)).completed_at).toBeNull();
  });

  test('an order adds backups of the past', async () => {
    await running();
    const past = { do: 'add-backup', server: 'Survival', name: 'old', ageMinutes: 3 * 24 * 60 };
    const { result } = await stage.control.order(past);
    await stage.control.order({ ...past, name: 'bad', failed: true, ageMinutes: 60 });
    await unthrottled();
    expect(await stage.list()).toMatchObject([
      { uuid: result, name: 'old', is_successful: true },
      { name: 'bad', is_successful: false, completed_at: expect.any(String) as string },
    ]);
    const [old] = await stage.list();
    expect(Date.now() - Date.parse(old?.completed_at ?? '')).toBeGreaterThan(2.9 * 24 * 3_600_000);
    expect(existsSync(stage.archiveOf(String(result)))).toBe(true);
  });

  test('an order adds a backup of any size', async () => {
    await running();
    const order = { do: 'add-backup', server: 'Survival', name: 'large', ageMinutes: 60, bytes: 5_000_000 };
    const { result } = await stage.control.order(order);
    expect(statSync(stage.archiveOf(String(result))).size).toBe(5_000_000);
    expect(await stage.list()).toMatchObject([{ name: 'large', bytes: 5_000_000, is_successful: true }]);
  });

  test('Pelican reads another ignore file', async () => {
    await stage.stop();
    stage = new BackupStage();
    await stage.start('pelican');
    await running();
    stage.write('.pelicanignore', 'world/\n');
    stage.write('.pteroignore', 'server.properties\n');
    const { uuid } = await stage.made();
    expect(await namesIn(uuid)).toEqual(['.pelicanignore', '.pteroignore', 'server.properties']);
  });
});
