import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressFile, remoteFolder } from '../bridge/remote/remote-address.js';
import { PerchConnection } from './connection.js';
import { run } from './run.js';
import { removeFolder } from '../tests/support/remove-folder.js';

const client = { kind: 'person', name: 'perch' } as const;
const greeting = { kind: 'done', id: 1, value: { protocol: 1, version: '1.0.0', language: 'en' } };

let dataFolder: string;
let server: Server | null;
const open = new Set<Socket>();

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'perch-reach-'));
  server = null;
});

afterEach(async () => {
  for (const socket of open) socket.destroy();
  server?.close();
  await removeFolder(dataFolder);
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

it('a request that is too long is a usage error and keeps the connection open', async () => {
  await listen([greeting]);
  const connection = await PerchConnection.open(dataFolder, client);
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
