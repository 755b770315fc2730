/** Backups (PROTOCOL 2.16) in each panel, with nodes in memory: refusals, limits, permissions. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attributesOf } from '../../../tests/support/backup-stage.js';
import { ControlStage, errorLine, type Who } from '../../../tests/support/control-stage.js';
import type { RawAnswer } from '../../../tests/support/raw-http.js';

const pterodactyl = ['panel-1.11', 'panel-1.12'];
const all = [...pterodactyl, 'reference', 'pelican'];
const unknown = '00000000-0000-4000-8000-000000000000';

let stage: ControlStage;
beforeEach(() => {
  stage = new ControlStage();
});
afterEach(() => stage.stop());

const ask = (method: string, path = '', body?: unknown, who: Who = 'owner', name = 'Survival') =>
  stage.on(who, name, method, `/backups${path}`, body);
const created = async (fields = {}) => attributesOf(await ask('POST', '', fields));
const unthrottled = () => stage.order({ do: 'panel', backupThrottle: { limit: 2, period: 0 } });
const meta = ({ text }: RawAnswer) =>
  (JSON.parse(text) as { meta: { backup_count: number; pagination: Record<string, unknown> } }).meta;
const allow = (...permissions: string[]) =>
  stage.order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions });

describe.each(all)('backups of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test('are listed by creation in pages of 20, whose links know only the page', async () => {
    expect(meta(await ask('GET'))).toMatchObject({ backup_count: 0, pagination: { per_page: 20 } });
    const first = await created({ name: '  first ✓ ', ignored: '*.log\n\nworld/\n' });
    const second = await created({ name: '' });
    expect(first).toMatchObject({ name: 'first ✓', ignored_files: ['*.log', 'world/'], completed_at: null });
    expect(second.name).toMatch(/^Backup at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect('is_scheduled' in first).toBe(dialect === 'pelican');
    const page = await ask('GET', '?per_page=1&page=2');
    expect(page.text).toContain(second.uuid);
    expect(page.text).not.toContain(first.uuid);
    const { backup_count: count, pagination } = meta(page);
    expect(count).toBe(2);
    const address = `${stage.panelUrl}/api/client/servers/${stage.uuidOf('Survival')}/backups`;
    expect(pagination).toMatchObject({ total: 2, total_pages: 2, links: { previous: `${address}?page=1` } });
  });

  test('two in ten minutes, deleted backups included, for all users', async () => {
    const { uuid } = await created();
    expect((await ask('DELETE', `/${uuid}`)).status).toBe(204);
    await created();
    const third = await ask('POST', '', {}, 'admin');
    expect(errorLine(third)).toBe(
      '429 TooManyRequestsHttpException: Only 2 backups may be generated within a 600 second span of time.',
    );
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(590);
    expect(Number(third.headers['x-ratelimit-remaining'])).toBeGreaterThan(0);
    await unthrottled();
    expect((await ask('POST', '', {}, 'admin')).status).toBe(200);
  });

  test('the throttle comes before the limit, and a limit of 0 allows none', async () => {
    const full = (limit: number) =>
      `400 TooManyBackupsException: Cannot create a new backup, this server has reached its limit of ${limit} backups.`;
    expect(errorLine(await ask('POST', '', {}, 'owner', 'Lobby'))).toBe(full(0));
    await created();
    await created();
    await stage.order({ do: 'backup-limit', server: 'Survival', limit: 2 });
    expect(errorLine(await ask('POST', '', {}))).toMatch(/^429/);
    await unthrottled();
    expect(errorLine(await ask('POST', '', {}))).toBe(full(2));
  });

  test('require their permissions', async () => {
    const { uuid } = await created();
    const refused = (answer: RawAnswer) => expect(answer.status).toBe(403);
    await allow('websocket.connect');
    refused(await ask('GET', '', undefined, 'subuser'));
    refused(await ask('POST', '', {}, 'subuser'));
    await allow('backup.read');
    expect((await ask('GET', `/${uuid}`, undefined, 'subuser')).status).toBe(200);
    refused(await ask('DELETE', `/${uuid}`, undefined, 'subuser'));
    refused(await ask('POST', `/${uuid}/lock`, undefined, 'subuser'));
    refused(await ask('GET', `/${uuid}/download`, undefined, 'subuser'));
    refused(await ask('POST', `/${uuid}/restore`, { truncate: false }, 'subuser'));
  });

  test('only who may delete can lock at creation', async () => {
    expect((await created({ is_locked: true })).is_locked).toBe(true);
    await allow('backup.create');
    const own = attributesOf(await ask('POST', '', { is_locked: true }, 'subuser'));
    expect(own.is_locked).toBe(false);
    const entries = await stage.on('owner', 'Survival', 'GET', '/activity?sort=-timestamp');
    expect(JSON.parse(entries.text)).toMatchObject({
      data: [{ attributes: { event: 'server:backup.start', properties: { locked: true } } }, {}],
    });
  });

  test('the lock is toggled', async () => {
    const { uuid } = await created();
    expect(attributesOf(await ask('POST', `/${uuid}/lock`)).is_locked).toBe(true);
    expect(attributesOf(await ask('POST', `/${uuid}/lock`)).is_locked).toBe(false);
  });

  test('an unknown backup, and a backup of another server, are not found', async () => {
    const { uuid } = await created();
    const missing = /^404 NotFoundHttpException: The requested resource could not be found on the server\.$/;
    for (const path of [`/${unknown}`, '/nonsense'])
      expect(errorLine(await ask('GET', path))).toMatch(missing);
    expect(errorLine(await ask('GET', `/${uuid}`, undefined, 'owner', 'Creative'))).toMatch(missing);
    expect(errorLine(await ask('POST', `/${unknown}/lock`))).toMatch(missing);
    expect(errorLine(await ask('POST', `/${unknown}/restore`, { truncate: true }))).toMatch(missing);
    expect((await ask('DELETE', `/${uuid}`)).status).toBe(204);
    const again = await ask('DELETE', `/${uuid}`);
    expect(errorLine(again)).toMatch(missing);
    expect('x-ratelimit-remaining' in again.headers).toBe(dialect !== 'pelican');
  });

  test('fields are validated', async () => {
    const most = dialect === 'pelican' ? 255 : 191;
    expect(errorLine(await ask('POST', '', { name: 'x'.repeat(most + 1) }))).toContain(
      `greater than ${most}`,
    );
    expect(errorLine(await ask('POST', '', { is_locked: 'perhaps' }))).toMatch(/^422 /);
    const { uuid } = await created({ name: 'x'.repeat(most) });
    expect(errorLine(await ask('POST', `/${uuid}/restore`, {}))).toMatch(/^422 .*truncate field is required/);
  });

  test('a running backup gives a link and is deleted, but not restored', async () => {
    const { uuid } = await created();
    const link = await ask('GET', `/${uuid}/download`);
    expect(link.text).toMatch(
      /^\{"object":"signed_url","attributes":\{"url":"http:.*\/download\/backup\?token=/,
    );
    expect(errorLine(await ask('POST', `/${uuid}/restore`, { truncate: false }))).toBe(
      '400 BadRequestHttpException: This backup cannot be restored at this time: not completed or failed.',
    );
    expect((await ask('DELETE', `/${uuid}`)).status).toBe(204);
  });

  test('a node without an answer has no effect', async () => {
    const { uuid } = await created();
    await stage.order({ do: 'fault', server: 'Survival', fault: { kind: 'reset' } });
    const down = dialect === 'pelican' ? /^500 ConnectionException/ : /^504 DaemonConnectionException/;
    expect(errorLine(await ask('POST', '', {}))).toMatch(down);
    expect(errorLine(await ask('DELETE', `/${uuid}`))).toMatch(down);
    expect(meta(await ask('GET')).backup_count).toBe(1);
    expect((await ask('GET', `/${uuid}/download`)).status).toBe(200);
    await stage.order({ do: 'fault', server: 'Survival', fault: null });
    // The refused creation does not count for the throttle.
    expect((await ask('POST', '', {})).status).toBe(200);
  });

  test('a node without the archive lets the record go', async () => {
    const { uuid } = await created();
    const fault = { kind: 'refuse', status: 404, message: 'not found' };
    await stage.order({ do: 'fault', server: 'Survival', fault });
    expect((await ask('DELETE', `/${uuid}`)).status).toBe(204);
  });

  test('states of the server are conflicts', async () => {
    for (const status of ['suspended', 'installing', 'restoring_backup']) {
      await stage.order({ do: 'status', server: 'Survival', status });
      expect(errorLine(await ask('GET'))).toMatch(
        dialect === 'reference' ? /^400 Conflict/ : /^409 ServerState/,
      );
      expect((await ask('POST', '', {})).status).toBe(dialect === 'reference' ? 400 : 409);
    }
  });
});

test.each(pterodactyl)('%s refuses a restoration after a failed reinstallation', async (dialect) => {
  await stage.start(dialect);
  const { uuid } = await created();
  await stage.order({ do: 'status', server: 'Survival', status: 'reinstall_failed' });
  expect(errorLine(await ask('POST', `/${uuid}/restore`, { truncate: false }))).toBe(
    '400 BadRequestHttpException: This server is not currently in a state that allows for a backup to be restored.',
  );
});

test('only Pelican renames a backup', async () => {
  await stage.start('pelican');
  const { uuid } = await created({ name: 'before' });
  expect(attributesOf(await ask('PUT', `/${uuid}/rename`, { name: 'after' })).name).toBe('after');
  expect(errorLine(await ask('PUT', `/${uuid}/rename`, { name: '' }))).toBe(
    '422 ValidationException: The name field is required.',
  );
  const entries = await stage.on('owner', 'Survival', 'GET', '/activity?filter[event]=backup.rename');
  expect(entries.text).toContain('"properties":{"old_name":"before","new_name":"after"}');
  await stage.stop();
  stage = new ControlStage();
  await stage.start('panel-1.11');
  const { uuid: other } = await created();
  expect(errorLine(await ask('PUT', `/${other}/rename`, { name: 'after' }))).toMatch(
    /^404 .*could not be found/,
  );
});

test.each(['panel-1.12', 'pelican'])('%s restores three times in 15 minutes', async (dialect) => {
  await stage.start(dialect);
  const { uuid } = await created();
  const restore = () => ask('POST', `/${uuid}/restore`, { truncate: false });
  const first = await restore();
  expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' });
  await restore();
  await restore();
  const fourth = await restore();
  expect(errorLine(fourth)).toBe('429 ThrottleRequestsException: Too Many Attempts.');
  expect(fourth.headers['x-ratelimit-limit']).toBe('3');
  expect(Number(fourth.headers['retry-after'])).toBeGreaterThan(890);
  await stage.order({ do: 'refill' });
  expect((await restore()).status).toBe(400);
});
