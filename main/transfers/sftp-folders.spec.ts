/** Folders over SFTP, to and from a folder that answers as a node does, with connections that are cut at each request. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { FolderSftp } from '../../tests/support/folder-sftp.js';
import { tooManyNames } from '../sftp/sftp-problems.js';
import { localTree } from './local-tree.js';
import { fetchFolder, type FolderToFetch } from './sftp-folder-download.js';
import { sendFolder, type FolderToSend, type SentFile } from './sftp-folder-upload.js';

let there: string;
let here: string;
let sftp: FolderSftp;
beforeEach(() => {
  there = mkdtempSync(join(tmpdir(), 'perch-there-'));
  here = mkdtempSync(join(tmpdir(), 'perch-here-'));
  sftp = new FolderSftp(there);
});
afterEach(() => {
  for (const folder of [there, here]) rmSync(folder, { recursive: true, force: true });
});

function lay(top: string, path: string, content: string): void {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), content);
}

/** Contents by path of all files below a folder, hidden files included. */
function contents(top: string, below = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(top, below), { withFileTypes: true }).map((entry) => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? contents(top, path) : { [path]: readFileSync(join(top, path), 'utf8') };
    }),
  ) as Record<string, string>;
}

interface Sent extends SentFile {
  readonly text: string;
}

const files: readonly Sent[] = [
  ['mods/a.jar', 'a'],
  ['mods/deep/b.jar', 'b'.repeat(100_000)],
  ['mods/deep/er/c.jar', ''],
  ['config/d.yml', 'd'],
].map(([path = '', text = '']) => ({ path, text, bytes: text.length, isSame: true }));
const whole = Object.fromEntries(files.map(({ path, text }) => [path, text]));

async function* bytesOf({ text }: Sent): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 50_000) yield Buffer.from(text.slice(at, at + 50_000));
}

describe('files that are sent into a folder', () => {
  let isMoving: boolean;
  let content: number;
  beforeEach(() => {
    isMoving = false;
    content = 0;
  });
  const send = (fields: Partial<FolderToSend<Sent>> = {}): Promise<void> =>
    sendFolder(sftp, {
      id: 'X',
      serverId: 'home/1',
      folder: '/',
      files,
      replaced: new Set(),
      isMoving,
      moving: async () => void (isMoving = true),
      content: (file) => {
        content += 1;
        return bytesOf(file);
      },
      skipped: () => undefined,
      pass: () => Promise.resolve(),
      signal: new AbortController().signal,
      ...fields,
    });

  it('are there, and nothing else', async () => {
    lay(there, 'config/other.yml', 'other');
    await send();
    expect(contents(there)).toEqual({ ...whole, 'config/other.yml': 'other' });
    expect(readdirSync(there).sort()).toEqual(['config', 'mods']);
  });

  it('appear only when all of them are whole', async () => {
    await expect(
      send({
        content: (file) => {
          if (file.path.endsWith('d.yml')) throw new Error('unread');
          return bytesOf(file);
        },
      }),
    ).rejects.toThrow('unread');
    expect(readdirSync(there)).toEqual(['.perch-X-sftp']);
  });

  it('replace the files that the person agreed to, and no others', async () => {
    lay(there, 'config/d.yml', 'earlier');
    await expect(send()).rejects.toMatchObject({ problem: { message: { id: 'transfers.taken-meanwhile' } } });
    expect(contents(there)['config/d.yml']).toBe('earlier');
    await send({ replaced: new Set(['/config/d.yml']) });
    expect(contents(there)).toEqual(whole);
  });

  it('never replace a folder', async () => {
    lay(there, 'config/d.yml/inside', 'x');
    await expect(send({ replaced: new Set(['/config/d.yml']) })).rejects.toMatchObject({
      problem: { message: { id: 'transfers.taken-meanwhile' } },
    });
    expect(contents(there)['config/d.yml/inside']).toBe('x');
  });

  it('are not sent twice after a broken connection, unless they changed here', async () => {
    await expect(send({ moving: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed');
    expect(content).toBe(4);
    await send({ files: files.map((file) => ({ ...file, isSame: file.path !== 'config/d.yml' })) });
    expect(content).toBe(5);
    expect(contents(there)).toEqual(whole);
  });

  it('come whole, with the earlier file there at every moment, wherever the connection is cut', async () => {
    const replaced = new Set(['/mods/a.jar']);
    let cuts = 0;
    for (let at = 0; ; at++) {
      rmSync(there, { recursive: true });
      lay(there, 'mods/a.jar', 'earlier');
      isMoving = false;
      sftp.left = at;
      const first = await send({ replaced }).then(
        () => null,
        (error: unknown) => error,
      );
      if (first === null) break;
      cuts += 1;
      const left = contents(there);
      const kept = Object.values(left).filter((text) => text === 'earlier' || text === 'a');
      expect(kept.length, `after ${at} requests`).toBeGreaterThan(0);
      for (const [path, text] of Object.entries(left)) {
        if (path.startsWith('.perch-')) continue;
        if (path.includes('.perch-aside-X-')) expect(text).toBe('earlier');
        else expect([whole[path], 'earlier'], `${path} after ${at}`).toContain(text);
      }
      sftp.left = Infinity;
      await send({ replaced });
      expect(contents(there), `resumed after ${at}`).toEqual(whole);
    }
    expect(cuts).toBeGreaterThan(30);
  });

  /** An attempt that ends while files move: somebody makes a file after the last look. */
  async function endedMoving(): Promise<void> {
    lay(there, 'mods/deep/old.jar', 'old');
    lay(there, 'config/other.yml', 'other');
    const late = async (): Promise<void> => {
      isMoving = true;
      lay(there, 'mods/a.jar', 'of the game');
    };
    await expect(send({ moving: late })).rejects.toMatchObject({
      problem: { message: { id: 'transfers.taken-meanwhile' } },
    });
    expect(contents(there)['config/d.yml']).toBe('d');
    rmSync(join(there, 'mods/a.jar'));
  }
  const others = { 'mods/deep/old.jar': 'old', 'config/other.yml': 'other' };

  it('go on moving after a failure that waits for a person', async () => {
    await endedMoving();
    await send();
    expect(contents(there)).toEqual({ ...whole, ...others });
    expect(content).toBe(4);
  });

  it('come whole although somebody deletes the hidden folder while they move, wherever the connection is cut', async () => {
    let cuts = 0;
    for (let at = 0; ; at += 2) {
      rmSync(there, { recursive: true });
      sftp.left = Infinity;
      isMoving = false;
      await endedMoving();
      rmSync(join(there, '.perch-X-sftp'), { recursive: true });
      sftp.left = at;
      const isWhole = await send().then(
        () => true,
        () => false,
      );
      if (isWhole) break;
      cuts += 1;
      sftp.left = Infinity;
      await send();
      expect(contents(there), `resumed after ${at}`).toEqual({ ...whole, ...others });
    }
    expect(cuts).toBeGreaterThan(10);
  });

  it('stop moving when a person cancels', async () => {
    lay(there, 'mods/deep/old.jar', 'old');
    lay(there, 'config/other.yml', 'other');
    const pass = async (): Promise<void> => {
      if (isMoving) throw new Error('aborted');
    };
    await expect(send({ pass })).rejects.toThrow('aborted');
    expect(contents(there)['config/d.yml']).toBeUndefined();
    await send();
    expect(contents(there)).toEqual({ ...whole, ...others });
  });

  it('come by the thousand, few of them at a time', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      path: `world/r${at % 40}/c${at}.mca`,
      text: `chunk ${at}`,
      bytes: `chunk ${at}`.length,
      isSame: true,
    }));
    await send({ files: many });
    expect(Object.keys(contents(there))).toHaveLength(1000);
    expect(sftp.mostOpen).toBeLessThanOrEqual(8);
    expect(sftp.asked).toBeLessThan(1000 * 5);
  });
});

describe('a folder that is brought here', () => {
  const plain = {
    room: async () => () => undefined,
    makeFolder: async (above: string, name: string) => {
      await mkdir(join(above, name));
      return join(above, name);
    },
    create: async (folder: string, name: string) => {
      const file = await open(join(folder, name), 'wx');
      return { write: async (part: Uint8Array) => void (await file.write(part)), close: () => file.close() };
    },
  };
  let arrived: number;
  let listed: number;
  beforeEach(() => {
    arrived = 0;
    listed = 0;
  });
  const bring = (
    fields: Partial<FolderToFetch> = {},
    door: Parameters<typeof fetchFolder>[0] = sftp,
  ): Promise<{ leftOut: number }> =>
    fetchFolder(door, {
      serverId: 'home/1',
      path: '/world',
      into: here,
      local: plain,
      listed: async (bytes) => void (listed = bytes),
      arrived: async (bytes) => void (arrived += bytes),
      signal: new AbortController().signal,
      ...fields,
    });

  it('has all files and folders, and no links', async () => {
    for (const { path, text } of files) lay(there, join('world', path), text);
    mkdirSync(join(there, 'world/empty'));
    symlinkSync('/etc/passwd', join(there, 'world/link'));
    expect(await bring()).toEqual({ leftOut: 1 });
    expect(contents(here)).toEqual(whole);
    expect(existsSync(join(here, 'empty'))).toBe(true);
    expect([listed, arrived]).toEqual([100_002, 100_002]);
  });

  it('ends with a broken connection, a full disk here, or a person who cancels', async () => {
    for (const { path, text } of files) lay(there, join('world', path), text);
    sftp.left = 12;
    await expect(bring()).rejects.toMatchObject({ problem: { message: { id: 'sftp.cut' } } });
    sftp.left = Infinity;
    rmSync(here, { recursive: true });
    mkdirSync(here);
    const aborted = Promise.reject(new Error('aborted'));
    aborted.catch(() => undefined);
    await expect(bring({ arrived: () => aborted })).rejects.toThrow('aborted');
    await expect(
      bring({ local: { ...plain, create: () => Promise.reject(new Error('full')) } }),
    ).rejects.toThrow('full');
    expect(sftp.openNow).toBe(0);
  });

  it('ends when a node sends far more than it has listed', async () => {
    lay(there, 'world/a.mca', 'a');
    const endless = {
      use: sftp.use.bind(sftp),
      read: async function* () {
        for (;;) yield new Uint8Array(1_048_576);
      },
    };
    let written = 0;
    const file = { write: async () => void (written += 1), close: () => Promise.resolve() };
    await expect(
      bring({ local: { ...plain, create: () => Promise.resolve(file) } }, endless),
    ).rejects.toMatchObject({ problem: { message: { id: 'transfers.wrong-size' } } });
    expect(written).toBe(64);
  });

  it('of which a node lists names without end waits for a person', async () => {
    const endless = {
      read: sftp.read,
      use: () => Promise.reject(new PerchError(tooManyNames('/world', 200_000))),
    };
    await expect(bring({}, endless)).rejects.toMatchObject({
      failure: { retry: 'person', problem: { message: { id: 'sftp.too-many-names' } } },
    });
  });

  describe('for which this computer has too little room', () => {
    const roomFor = (free: number) => ({
      ...plain,
      room: async () => (bytes: number) => {
        if (bytes > free) throw new Error('full');
      },
    });

    it('is refused before the first file comes', async () => {
      for (const { path, text } of files) lay(there, join('world', path), text);
      await expect(bring({ local: roomFor(100_001) })).rejects.toThrow('full');
      expect([listed, arrived, contents(here)]).toEqual([100_002, 0, {}]);
      rmSync(here, { recursive: true });
      mkdirSync(here);
      await bring({ local: roomFor(100_002) });
      expect(contents(here)).toEqual(whole);
    });

    it('ends when a node sends more than it has listed', async () => {
      for (let at = 0; at < 20; at++) lay(there, `world/${at}`, 'a');
      const growing = {
        use: sftp.use.bind(sftp),
        read: async function* () {
          yield new Uint8Array(10_000);
        },
      };
      await expect(bring({ local: roomFor(100_000) }, growing)).rejects.toThrow('full');
      expect(arrived).toBe(100_000);
      expect(sftp.openNow).toBe(0);
    });

    it('names the folder whose disk is full', async () => {
      const demandRoom = await localTree(here, false).room();
      demandRoom(1);
      expect(() => demandRoom(Number.MAX_SAFE_INTEGER)).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({ message: sentence('transfers.full', { folder: here }) }),
        }),
      );
      await expect(localTree(join(here, 'gone'), false).room()).rejects.toMatchObject({
        problem: { message: { id: 'transfers.no-folder' } },
      });
    });
  });

  it('comes by the thousand, few of them at a time', async () => {
    for (let at = 0; at < 1000; at++) lay(there, `world/r${at % 40}/c${at}.mca`, `chunk ${at}`);
    await bring();
    expect(Object.keys(contents(here))).toHaveLength(1000);
    expect(sftp.mostOpen).toBeLessThanOrEqual(8);
  });
});
