/** SFTP servers of the sandbox's nodes, with a real SSH client. */
import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/backup-stage.js';
import { SftpStage } from '../../../tests/support/sftp-stage.js';
import { SftpClient, statusOf } from '../../../tests/support/sftp-client.js';
import { dialectNames } from '../../sandbox.js';

let stage: SftpStage;
beforeEach(() => {
  stage = new SftpStage();
});
afterEach(() => stage.stop());

const shared = (...permissions: string[]) =>
  stage.control.order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions });
const sftp = (fields: Record<string, unknown>) =>
  stage.control.order({ do: 'sftp', node: 'Harbor', ...fields });
const refusal = async (login: Promise<unknown>) => (await statusOf(login)).replace(/^undefined /, '');
const failed = 'All configured authentication methods failed';

describe.each(dialectNames)('SFTP of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test('takes the password of the panel and reads and writes the real folder', async () => {
    stage.write('notes.txt', 'hello');
    const client = await stage.connect();
    expect(String(await client.read('/notes.txt'))).toBe('hello');
    await client.write('plugins.txt', Buffer.alloc(100_000, 'x'));
    expect(stage.read('plugins.txt')).toHaveLength(100_000);
    await client.run('mkdir', '/a/b');
    await client.run('rename', '/plugins.txt', '/c/d/moved.txt');
    expect(await client.list('/')).toEqual(['a', 'c', 'notes.txt']);
    expect((await client.stat('/c/d/moved.txt')).size).toBe(100_000);
    await client.run('rmdir', '/c');
    expect(stage.files()).toEqual(['a', 'notes.txt']);
  });

  test('closes a session when the client has sent its last request, and keeps the connection', async () => {
    const client = await stage.connect();
    await client.endedSession();
    expect(await client.list('/')).toEqual([]);
  });

  test('takes a key of the account until the account loses the key', async () => {
    const privateKey = await stage.registeredKey();
    const { port, username } = await stage.access();
    const client = await stage.connectWith({ port, username, privateKey });
    expect(await client.list('/')).toEqual([]);
    const { text } = await stage.control.ask('owner', 'GET', '/account/ssh-keys');
    const { data } = JSON.parse(text) as { data: { attributes: { fingerprint: string } }[] };
    const fingerprint = data[0]?.attributes.fingerprint ?? '';
    if (dialect === 'pelican') {
      const path = `/account/ssh-keys/${encodeURIComponent(fingerprint)}`;
      const wanted = fingerprint.includes('/') ? 404 : 204;
      expect((await stage.control.ask('owner', 'DELETE', path)).status).toBe(wanted);
      if (wanted === 404) return;
    } else {
      const answer = await stage.control.ask('owner', 'POST', '/account/ssh-keys/remove', { fingerprint });
      expect(answer.status).toBe(204);
    }
    expect(await refusal(stage.connectWith({ port, username, privateKey }))).toBe(failed);
  });

  test('refuses wrong passwords, servers and users without a reason', async () => {
    const right = await stage.access();
    expect(await refusal(stage.connectWith({ ...right, password: 'wrong' }))).toBe(failed);
    expect(await refusal(stage.connectWith({ ...right, username: 'olive' }))).toBe(failed);
    expect(await refusal(stage.connectWith({ ...right, username: 'olive.00000000' }))).toBe(failed);
    expect(await refusal(stage.connect('subuser'))).toBe(failed);
    await shared('file.sftp');
    await stage.connect('subuser');
  });

  test.each([
    ['suspended', { do: 'suspend' }],
    ['installing', { do: 'status', status: 'installing' }],
    ['restoring', { do: 'status', status: 'restoring_backup' }],
    ['transferring', { do: 'transferring', on: true }],
  ])('refuses a login while the server is %s', async (_, order) => {
    const access = await stage.access();
    await stage.control.order({ server: 'Survival', ...order });
    expect(await refusal(stage.connectWith(access))).toBe(failed);
  });

  test('asks for the permission of each operation', async () => {
    stage.write('a.txt', 'a');
    await shared('file.sftp', 'file.read');
    const client = await stage.connect('subuser');
    expect(await client.list('/')).toEqual(['a.txt']);
    const denied = '3 permission denied';
    expect(await statusOf(client.read('/a.txt'))).toBe(denied);
    expect(await statusOf(client.write('/a.txt', 'b'))).toBe(denied);
    expect(await statusOf(client.write('/b.txt', 'b'))).toBe(denied);
    expect(await statusOf(client.run('mkdir', '/c'))).toBe(denied);
    expect(await statusOf(client.run('rename', '/a.txt', '/b.txt'))).toBe(denied);
    expect(await statusOf(client.run('chmod', '/a.txt', 0o600))).toBe(denied);
    expect(await statusOf(client.run('unlink', '/a.txt'))).toBe(denied);
    expect(stage.read('a.txt')).toBe('a');
  });

  test('keeps everybody in the folder of the server', async () => {
    stage.write('inside.txt', 'in');
    symlinkSync('/etc/hostname', join(stage.folderOf('Survival'), 'out'));
    symlinkSync('/etc', join(stage.folderOf('Survival'), 'folder'));
    symlinkSync('inside.txt', join(stage.folderOf('Survival'), 'in'));
    const client = await stage.connect();
    expect(await statusOf(client.read('/out'))).toBe('4 failure');
    expect(await statusOf(client.stat('/out'))).toBe('4 failure');
    expect(await statusOf(client.list('/folder'))).toBe('4 failure');
    expect(await statusOf(client.write('/folder/evil.txt', 'x'))).toMatch(/^4 /);
    expect((await client.stat('/in')).size).toBe(2);
    await client.write('../../../up.txt', 'x');
    expect(stage.read('up.txt')).toBe('x');
    await client.run('symlink', '/../../../../etc/passwd', '/passwd');
    expect(await statusOf(client.read('/passwd'))).toBe('4 failure');
    expect(await statusOf(client.run('rmdir', '/'))).toBe('4 failure');
  });

  test('never renames onto an existing file, and empties a file opened for writing', async () => {
    stage.write('a.txt', 'aaaa');
    stage.write('b.txt', 'b');
    const client = await stage.connect();
    expect(await statusOf(client.run('rename', '/a.txt', '/b.txt'))).toBe('4 failure');
    expect(await statusOf(client.run('rename', '/none.txt', '/c.txt'))).toBe('2 no such file');
    await client.write('/a.txt', 'c');
    expect(stage.read('a.txt')).toBe('c');
    const missing = await statusOf(client.run('unlink', '/none.txt'));
    expect(missing).toBe(dialect === 'pelican' ? '2 no such file' : 'ok');
  });

  test("heeds the server's disk and, on Pelican, the egg's list", async () => {
    await stage.control.order({ do: 'disk-limit', server: 'Survival', mb: 1 });
    await stage.control.order({ do: 'denied-files', server: 'Survival', patterns: ['secret.*'] });
    const client = await stage.connect();
    expect(await statusOf(client.write('/big.bin', Buffer.alloc(2_000_000)))).toBe('4 Quota Exceeded');
    expect(statSync(join(stage.folderOf('Survival'), 'big.bin')).size).toBeLessThanOrEqual(1_048_576);
    await client.run('unlink', '/big.bin');
    const denied = await statusOf(client.write('/secret.txt', 'x'));
    expect(denied).toBe(
      dialect === 'pelican' ? '4 filesystem: file access prohibited: [/secret.txt] is on the denylist' : 'ok',
    );
    await client.write('/fits.bin', Buffer.alloc(1_000_000));
    expect(await statusOf(client.write('/more.bin', Buffer.alloc(200_000)))).toBe('4 Quota Exceeded');
  });

  test('blocks an open session while the server is suspended', async () => {
    const client = await stage.connect();
    const { ended } = client;
    await stage.control.order({ do: 'suspend', server: 'Survival' });
    if (dialect === 'panel-1.12' || dialect === 'pelican') return ended;
    expect(await statusOf(client.list('/'))).toBe('3 permission denied');
    client.end();
    return ended;
  });
});

describe('orders of the control', () => {
  beforeEach(() => stage.start('panel-1.11'));

  test('a host key stays over a restart of the node, and changes on order', async () => {
    const first = await stage.connect();
    await stage.control.order({ do: 'node-down', node: 'Harbor' });
    await first.ended.catch(() => undefined);
    await stage.control.order({ do: 'node-up', node: 'Harbor' });
    const again = await stage.connect();
    expect(again.hostKey).toBe(first.hostKey);
    const { result } = await stage.control.order({ do: 'sftp-host-key', node: 'Harbor' });
    const after = await stage.connect();
    expect(after.hostKey).not.toBe(first.hostKey);
    expect(result).toMatchObject({ hostKey: after.hostKey });
  });

  test('keys are refused, and passwords still are taken', async () => {
    const privateKey = await stage.registeredKey();
    const access = await stage.access();
    await sftp({ refusesKeys: true });
    const { port, username } = access;
    expect(await refusal(stage.connectWith({ port, username, privateKey }))).toBe(failed);
    await stage.connectWith(access);
    expect((await sftp({ refusesKeys: false })).result).toMatchObject({ users: [username] });
    await stage.connectWith({ port, username, privateKey });
  });

  test('connections are cut at once, or after so many bytes', async () => {
    const client = await stage.connect();
    const { ended } = client;
    expect((await stage.control.order({ do: 'cut-sftp', node: 'Harbor', server: 'Survival' })).result).toBe(
      1,
    );
    await ended;
    await sftp({ cutAt: 200_000 });
    const other = await stage.connect();
    const cut = other.ended;
    // The client's library never answers a request that the cut has lost.
    void other.write('/cut.bin', Buffer.alloc(1_000_000));
    await cut;
    const size = () => statSync(join(stage.folderOf('Survival'), 'cut.bin')).size;
    await eventually(size, (bytes) => bytes > 0 && bytes < 1_000_000);
  });

  test('bytes are slowed down', async () => {
    stage.write('slow.bin', Buffer.alloc(200_000));
    await sftp({ rate: 400_000 });
    const client = await stage.connect();
    const begun = performance.now();
    await client.read('/slow.bin');
    expect(performance.now() - begun).toBeGreaterThan(350);
  });

  test('a read-only node lets nobody change files', async () => {
    stage.write('a.txt', 'a');
    await sftp({ readOnly: true });
    const client = await stage.connect();
    expect(await statusOf(client.write('/b.txt', 'b'))).toBe('8 operation unsupported');
    expect(await statusOf(client.run('unlink', '/a.txt'))).toBe('8 operation unsupported');
    expect(String(await client.read('/a.txt'))).toBe('a');
  });

  test('a silent server takes the connection and sends no byte', async () => {
    const access = await stage.access();
    await sftp({ isSilent: true });
    const login = SftpClient.connect(access);
    await expect(login).rejects.toThrow(/Timed out/);
  });

  test('five wrong passwords in a minute close the door to the right one', async () => {
    const right = await stage.access();
    for (let turn = 0; turn < 5; turn++) {
      expect(await refusal(stage.connectWith({ ...right, password: `wrong ${turn}` }))).toBe(failed);
    }
    expect(await refusal(stage.connectWith(right))).toBe(failed);
  });

  test('a node without connections makes no host key', async () => {
    const folder = join(stage.control.folder, 'nodes', '1');
    mkdirSync(folder, { recursive: true });
    await stage.access();
    expect(existsSync(join(folder, '.sftp'))).toBe(false);
  });
});
