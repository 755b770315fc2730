import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressFile, remoteFolder } from '../../bridge/remote/remote-address.js';
import { CommandListener, type DoorDeps } from './listener.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
const doors: CommandListener[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-door-'));
});

afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
  await removeFolder(folder);
});

function aDoor(dataFolder = folder, fields: Partial<DoorDeps> = {}) {
  const came: Socket[] = [];
  const door = new CommandListener({
    platform: process.platform,
    dataFolder,
    user: process.getuid?.() ?? null,
    chance: () => 'abcdef',
    onConnection: (socket) => came.push(socket),
    onError: (error) => {
      throw error;
    },
    ...fields,
  });
  doors.push(door);
  return { door, came };
}

function knock(dataFolder = folder): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(readFileSync(addressFile(dataFolder), 'utf8'));
    socket.on('connect', () => resolve(socket));
    socket.on('error', reject);
  });
}

describe('the door of a system with rights of files', () => {
  it('is open to this user only, also if its folder was open to all', async () => {
    mkdirSync(remoteFolder(folder), { mode: 0o777 });
    const { door, came } = aDoor();
    await door.open();
    expect(statSync(remoteFolder(folder)).mode & 0o777).toBe(0o700);
    expect(statSync(join(remoteFolder(folder), 'perch.sock')).mode & 0o777).toBe(0o600);
    expect(statSync(addressFile(folder)).mode & 0o077).toBe(0);
    const socket = await knock();
    expect(came).toHaveLength(1);
    socket.destroy();
  });

  it('replaces the socket of a Perch that has died', async () => {
    mkdirSync(remoteFolder(folder));
    writeFileSync(join(remoteFolder(folder), 'perch.sock'), '');
    writeFileSync(addressFile(folder), 'nowhere');
    await aDoor().door.open();
    (await knock()).destroy();
  });

  it('does not open if its folder is a link to elsewhere, and leaves it unchanged', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'perch-elsewhere-'));
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, remoteFolder(folder));
    await expect(aDoor().door.open()).rejects.toThrow('of this user alone');
    expect(statSync(elsewhere).mode & 0o777).toBe(0o755);
    rmSync(elsewhere, { recursive: true });
  });

  it('lies elsewhere if the path is too long for a socket', async () => {
    const long = join(folder, 'a'.repeat(120));
    mkdirSync(long);
    const { door, came } = aDoor(long);
    await door.open();
    const address = readFileSync(addressFile(long), 'utf8');
    expect(address.startsWith(long)).toBe(false);
    expect(statSync(join(address, '..')).mode & 0o777).toBe(0o700);
    (await knock(long)).destroy();
    await expect.poll(() => came.length).toBe(1);
    await door.close();
    expect(existsSync(join(address, '..'))).toBe(false);
  });

  it('leaves nothing behind, and no client connected', async () => {
    const { door } = aDoor();
    await door.open();
    const socket = await knock();
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await door.close();
    await closed;
    expect(existsSync(addressFile(folder))).toBe(false);
    expect(existsSync(join(remoteFolder(folder), 'perch.sock'))).toBe(false);
  });

  it('leaves a folder that is closed already, and a system without users, as they are', async () => {
    mkdirSync(remoteFolder(folder), { mode: 0o700 });
    chmodSync(remoteFolder(folder), 0o500);
    const closed = aDoor();
    chmodSync(remoteFolder(folder), 0o700);
    await closed.door.open();
    await closed.door.close();
    chmodSync(remoteFolder(folder), 0o755);
    await aDoor(folder, { user: null }).door.open();
    expect(statSync(remoteFolder(folder)).mode & 0o777).toBe(0o755);
  });

  it('does not open in a folder of another user', async () => {
    const { door } = aDoor(folder, { user: (process.getuid?.() ?? 0) + 1 });
    await expect(door.open()).rejects.toThrow('of this user alone');
    expect(existsSync(addressFile(folder))).toBe(false);
  });

  it('does not open if another program holds the address, and can still be closed', async () => {
    mkdirSync(join(remoteFolder(folder), 'perch.sock'), { recursive: true });
    const { door } = aDoor();
    await expect(door.open()).rejects.toThrow(/EISDIR|EADDRINUSE|EPERM|directory/);
    await door.close();
  });

  it('makes folders that are missing, and leaves the longest path that fits in the data folder', async () => {
    const fits = join(folder, 'b'.repeat(100 - folder.length - '//remote/perch.sock'.length));
    await aDoor(fits).door.open();
    expect(readFileSync(addressFile(fits), 'utf8')).toHaveLength(100);
    const longer = `${fits}b`;
    await aDoor(longer).door.open();
    expect(readFileSync(addressFile(longer), 'utf8').startsWith(folder)).toBe(false);
  });

  it('closes once, whether it has been open or not', async () => {
    const { door } = aDoor();
    await door.close();
    await door.open();
    await door.close();
    await door.close();
    await door.open();
    (await knock()).destroy();
  });

  it('continues after a client breaks off', async () => {
    const { door, came } = aDoor();
    await door.open();
    const first = await knock();
    await expect.poll(() => came.length).toBe(1);
    const gone = new Promise((resolve) => came[0]?.on('close', resolve));
    came[0]?.emit('error', new Error('broken pipe'));
    await gone;
    first.destroy();
    (await knock()).destroy();
  });
});
