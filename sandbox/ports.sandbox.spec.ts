import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dialectNamed, Sandbox } from './sandbox.js';
import type { WingsNodeDeps } from './wings/api.js';
import { createWingsNode } from './wings/node.js';
import { PaperHost } from './wings/paper-host.js';
import { removeFolder } from '../tests/support/remove-folder.js';

let folder = '';
let sandbox: Sandbox | null = null;
const others: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-ports-'));
});
afterEach(async () => {
  await sandbox?.stop();
  for (const other of others.splice(0)) other.close();
  await removeFolder(folder);
});

/** Another program that takes a port after the sandbox has found the port free. */
function take(port: number): void {
  others.push(createServer().listen({ host: '127.0.0.1', port }));
}

function started(makeNode: (deps: WingsNodeDeps) => void): Promise<unknown> {
  const dialect = dialectNamed('panel-1.11');
  if (dialect === null) throw new Error('There is no dialect panel-1.11.');
  sandbox = new Sandbox({
    port: 0,
    dialect,
    dataFolder: folder,
    makeNode: (deps) => {
      makeNode(deps);
      return createWingsNode(deps, { host: new PaperHost() });
    },
  });
  return sandbox.start();
}

async function greeting(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  const [said] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return said.toString();
}

test('a node chooses again if another program takes a port between the choice and the use', async () => {
  const chosen: { port: number; sftpPort: number }[] = [];
  const [first] = await startedNames();
  await started(({ name, port, sftpPort = 0 }) => {
    if (name !== first) return;
    if (chosen.length === 0) take(port);
    if (chosen.length === 1) take(sftpPort);
    chosen.push({ port, sftpPort });
  });

  expect(chosen).toHaveLength(3);
  const [one, two, three] = chosen;
  expect(two?.port).not.toBe(one?.port);
  expect(three?.sftpPort).not.toBe(two?.sftpPort);
  // The node gave its first port back when the second one was taken.
  expect(three?.port).toBe(two?.port);
  expect(await greeting(three?.sftpPort ?? 0)).toMatch(/^SSH-2\.0-Go/);
});

test('a sandbox whose ports are always taken ends, with the port in the error', async () => {
  await expect(started(({ port }) => take(port))).rejects.toMatchObject({
    code: 'EADDRINUSE',
    port: expect.any(Number) as number,
  });
});

/** Names of the nodes, in the order of their start. */
async function startedNames(): Promise<string[]> {
  const names: string[] = [];
  await started(({ name }) => void names.push(name));
  await sandbox?.stop();
  await removeFolder(folder);
  return names;
}
