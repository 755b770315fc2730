import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressFile, remoteFolder } from '../bridge/remote/remote-address.js';
import { Connection } from './connection.js';
import { reachPerch } from './reach-perch.js';
import { run } from './run.js';

const client = { kind: 'person', name: 'perch' } as const;
/** Exits at once, as a Perch does when another Perch uses the data folder. */
const launch = { command: 'true', args: [] };
const greeting = { kind: 'done', id: 1, value: { protocol: 1, version: '1.0.0', language: 'en' } };

let dataFolder: string;
let server: Server | null;
const open = new Set<Socket>();

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'perch-reach-'));
  server = null;
});

afterEach(() => {
  for (const socket of open) socket.destroy();
  server?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** Perch that begins to listen; `answers` = its answers to the first request. */
async function listen(answers: readonly object[]): Promise<void> {
  mkdirSync(remoteFolder(dataFolder), { recursive: true });
  const address = join(remoteFolder(dataFolder), 'perch.sock');
  const listening = createServer((socket) => {
    open.add(socket);
    socket.once('data', () => answers.forEach((answer) => socket.write(`${JSON.stringify(answer)}\n`)));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(address, resolve));
  writeFileSync(addressFile(dataFolder), address);
}

describe('reachPerch', () => {
  it('waits for a Perch that is starting, whose second instance ends', async () => {
    symlinkSync(`here-${process.pid}`, join(dataFolder, 'SingletonLock'));
    const reached = reachPerch({ dataFolder, refused: null, launch }, { client, mayStart: true });
    // Longer than the wait for a process that exited without a running Perch.
    const late = new Promise((resolve) => setTimeout(resolve, 3000)).then(() => listen([greeting]));
    const [connection] = await Promise.all([reached, late]);
    expect(connection.isOpen).toBe(true);
    connection.close();
  });

  it('does not wait for an ended Perch', async () => {
    symlinkSync('here-999999999', join(dataFolder, 'SingletonLock'));
    await expect(
      reachPerch({ dataFolder, refused: null, launch }, { client, mayStart: true }),
    ).rejects.toMatchObject({
      failure: { cause: 'not-running' },
    });
  });
});

it.each([
  ['foreign', /belongs to another user/],
  ['open', /other users may change/],
] as const)('a refused folder (%s) is not asked, and nothing is started', async (kind, words) => {
  await listen([greeting]);
  const path = join(dataFolder, 'remote');
  const launch = { command: '/bin/false', args: [] };
  const reached = reachPerch({ dataFolder, refused: { kind, path }, launch }, { client, mayStart: true });
  await expect(reached).rejects.toMatchObject({
    failure: { cause: 'not-running', message: expect.stringMatching(words) as string },
  });
});

it('a request that is too long is a usage error and keeps the connection open', async () => {
  await listen([greeting]);
  const connection = await Connection.open(dataFolder, client);
  const command = '\u0000'.repeat(60_000);
  await expect(connection?.ask('send', { name: 'A', command, isAgreed: false })).rejects.toMatchObject({
    failure: { cause: 'usage' },
  });
  expect(connection?.isOpen).toBe(true);
  connection?.close();
});

it.each([
  ['greets nobody', []],
  ['greets and says no more', [greeting]],
])('the timeout of `wait` covers the whole command, with a Perch that %s', async (_what, answers) => {
  await listen(answers);
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  const terminal = {
    out: write,
    err: write,
    readLine: () => '',
    readAll: () => '',
    isShown: false,
    canAsk: false,
    hasColours: false,
  };
  const words = ['wait', 'Survival', '--timeout', '1'];
  expect(await run({ words, version: '1.0.0', dataFolder, refused: null, launch: null, terminal })).toBe(6);
  expect(written.join('')).toContain('Survival is unknown after 1 s.');
});
