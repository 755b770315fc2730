import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressFile } from '../bridge/remote/remote-address.js';
import { longestRemoteLine, remoteProtocol } from '../bridge/schema/remote.js';
import { PerchConnection } from './connection.js';

const client = { kind: 'person', name: 'perch' } as const;
const hello = { protocol: remoteProtocol, version: '1.0.0', language: 'fr' };
const failure = { cause: 'refused', message: 'No.', next: 'Ask.' } as const;

let dataFolder: string;
let server: Server;
let socket: Socket | null;
/** Received requests, in order. */
let asked: { id?: number; verb?: string; input?: unknown; cancel?: true }[];
let connection: PerchConnection | null;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'perch-cli-'));
  [socket, asked, connection] = [null, [], null];
  server = createServer((one) => {
    socket = one;
    one.setEncoding('utf8');
    let text = '';
    one.on('data', (piece: string) => {
      text += piece;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n')) {
        const request = JSON.parse(text.slice(0, end)) as (typeof asked)[number];
        text = text.slice(end + 1);
        asked.push(request);
        if (request.verb === 'hello') say({ kind: 'done', id: request.id, value: hello });
      }
    });
    one.on('error', () => undefined);
  });
});

afterEach(async () => {
  connection?.close();
  socket?.destroy();
  await new Promise((done) => server.close(done));
  await rm(dataFolder, { recursive: true, force: true });
});

/** Names of pipes on Windows are no paths. */
function address(): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\perch-cli-${process.pid}`
    : join(dataFolder, 'perch.sock');
}

async function tellAddress(text: string): Promise<void> {
  await mkdir(dirname(addressFile(dataFolder)), { recursive: true });
  await writeFile(addressFile(dataFolder), text);
}

async function open(): Promise<PerchConnection> {
  await new Promise<void>((done) => server.listen(address(), done));
  await tellAddress(`${address()}\n`);
  connection = await PerchConnection.open(dataFolder, client);
  if (connection === null) throw new Error('No Perch was found.');
  return connection;
}

function say(answer: object): void {
  socket?.write(`${JSON.stringify(answer)}\n`);
}

async function untilAsked(count: number): Promise<void> {
  await vi.waitFor(() => expect(asked).toHaveLength(count), { timeout: 20_000 });
}

describe('opening a connection', () => {
  it('names the client, and uses the language of the running Perch', async () => {
    const { language, isOpen } = await open();
    expect([language, isOpen]).toEqual(['fr', true]);
    expect(asked).toEqual([{ id: 1, verb: 'hello', input: { protocol: remoteProtocol, client } }]);
  });

  it('finds no Perch without an address file, or without a listener at the address', async () => {
    expect(await PerchConnection.open(dataFolder, client)).toBeNull();
    await tellAddress(join(dataFolder, 'gone.sock'));
    expect(await PerchConnection.open(dataFolder, client)).toBeNull();
    expect(await readdir(dataFolder)).not.toEqual([]);
  });

  // Windows has no file modes.
  it.skipIf(process.platform === 'win32')('is refused if the address may not be read', async () => {
    await tellAddress(address());
    if (process.platform === 'linux') {
      // Root ignores file modes, so the address is a link to a kernel setting that nobody may read.
      await rm(addressFile(dataFolder));
      await symlink('/proc/sys/vm/compact_memory', addressFile(dataFolder));
    } else {
      await chmod(addressFile(dataFolder), 0);
    }
    await expect(PerchConnection.open(dataFolder, client)).rejects.toMatchObject({
      failure: { cause: 'refused' },
    });
  });
});

describe('a request', () => {
  it('resolves with the answer of its own number', async () => {
    const one = await open();
    const first = one.ask('send', { name: 'A', command: 'say a', isAgreed: true });
    const second = one.ask('send', { name: 'B', command: 'say b', isAgreed: true });
    await untilAsked(3);
    expect(asked.slice(1).map(({ id, verb }) => [id, verb])).toEqual([
      [2, 'send'],
      [3, 'send'],
    ]);
    say({ kind: 'done', id: null, value: {} });
    say({ kind: 'done', id: 99, value: {} });
    say({ kind: 'failed', id: 3, failure });
    await expect(second).rejects.toMatchObject({ failure });
    expect(one.isOpen).toBe(true);
    say({ kind: 'failed', id: 2, failure: { ...failure, message: 'Neither.' } });
    await expect(first).rejects.toMatchObject({ failure: { message: 'Neither.' } });
  });

  it('ignores lines that are no answer', async () => {
    const one = await open();
    const request = one.ask('send', { name: 'A', command: 'say a', isAgreed: true });
    await untilAsked(2);
    say({ kind: 'new', id: 2 });
    say({ kind: 'failed', id: 2, failure });
    await expect(request).rejects.toMatchObject({ failure });
  });

  it('can be cancelled by the client', async () => {
    const one = await open();
    const request = one.ask(
      'send',
      { name: 'A', command: 'say a', isAgreed: true },
      { onBegun: (cancel) => cancel() },
    );
    await untilAsked(3);
    expect(asked[2]).toEqual({ id: 2, cancel: true });
    say({ kind: 'failed', id: 2, failure });
    await expect(request).rejects.toThrow();
  });

  it('that is too long is a usage error, is not sent, and keeps the connection open', async () => {
    const one = await open();
    const command = '\u0000'.repeat(60_000);
    await expect(one.ask('send', { name: 'A', command, isAgreed: false })).rejects.toMatchObject({
      failure: { cause: 'usage' },
    });
    expect(one.isOpen).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('fails where Perch ends before it answers', async () => {
    const one = await open();
    const request = one.ask('send', { name: 'A', command: 'say a', isAgreed: true });
    await untilAsked(2);
    socket?.destroy();
    await expect(request).rejects.toMatchObject({ failure: { cause: 'not-running' } });
    expect(one.isOpen).toBe(false);
  });

  it('fails if an answer is longer than any of Perch, and closes the connection', async () => {
    const one = await open();
    const request = one.ask('send', { name: 'A', command: 'say a', isAgreed: true });
    await untilAsked(2);
    socket?.write('x'.repeat(longestRemoteLine + 1));
    await expect(request).rejects.toMatchObject({ failure: { cause: 'not-running' } });
  });
});
