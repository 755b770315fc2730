import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { gameBundle } from '../tests/support/game-bundle.js';
import { dialectNamed, Sandbox, type SandboxInfo } from './sandbox.js';
import type { State } from './wings/api.js';
import { removeFolder } from '../tests/support/remove-folder.js';

const count = 200;
let folder = '';
let sandbox: Sandbox;
let info: SandboxInfo;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perch-paper-'));
  const dialect = dialectNamed('panel-1.11');
  if (!dialect) throw new Error('There is no dialect panel-1.11.');
  sandbox = new Sandbox({
    port: 0,
    dialect,
    dataFolder: folder,
    gameFile: await gameBundle(),
    world: { syntheticServers: count },
  });
  info = await sandbox.start();
});
afterAll(async () => {
  await sandbox.stop();
  await removeFolder(folder);
});

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${info.panel}/api/client${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${info.keys.owner}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return (text === '' ? null : JSON.parse(text)) as T;
}

interface Page {
  data: { attributes: { identifier: string } }[];
  meta: { pagination: { total: number; total_pages: number } };
}

async function becomes(identifier: string, wanted: State): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    if (sandbox.changes.state(identifier) === wanted) return;
    await pause(50);
  }
  throw new Error(`${identifier} is ${sandbox.changes.state(identifier)}, not ${wanted}.`);
}

test('the list has all servers, page by page', async () => {
  const first = await ask<Page>('?per_page=50&page=1');
  // The demo's own servers without the server that only the host sees.
  expect(first.meta.pagination.total).toBe(count + 9);
  const pages = Array.from({ length: first.meta.pagination.total_pages }, (_, at) => at + 1);
  const found: string[] = [];
  for (const page of pages) {
    const { data } = await ask<Page>(`?per_page=50&page=${page}`);
    found.push(...data.map(({ attributes }) => attributes.identifier));
  }
  expect(new Set(found).size).toBe(count + 9);
});

test('a simulated server runs, answers, stops and starts', async () => {
  const one = info.servers
    .slice(10)
    .find(({ identifier }) => sandbox.changes.state(identifier) !== 'offline');
  if (one === undefined) throw new Error('None of them runs.');
  await becomes(one.identifier, 'running');
  const { data } = await ask<{ data: { token: string; socket: string } }>(
    `/servers/${one.identifier}/websocket`,
  );
  const socket = new WebSocket(data.socket, { headers: { origin: info.panel } });
  const heard: string[] = [];
  socket.on('message', (bytes: Buffer) => heard.push(bytes.toString('utf8')));
  socket.on('open', () => socket.send(JSON.stringify({ event: 'auth', args: [data.token] })));
  await expect.poll(() => heard.join(), { timeout: 5000 }).toContain('"event":"stats"');
  await ask(`/servers/${one.identifier}/command`, { command: 'anybody there' });
  await expect.poll(() => heard.join(), { timeout: 5000 }).toContain('(on paper) anybody there');

  sandbox.changes.happenings();
  await ask(`/servers/${one.identifier}/power`, { signal: 'stop' });
  await becomes(one.identifier, 'offline');
  await ask(`/servers/${one.identifier}/power`, { signal: 'start' });
  await becomes(one.identifier, 'running');
  await ask(`/servers/${one.identifier}/command`, { command: 'anybody else' });
  socket.terminate();

  // Changes that tests compare with a client's reports.
  const happened = sandbox.changes
    .happenings()
    .filter((each) => 'server' in each && each.server === one.uuid);
  const states = happened.flatMap((each) => (each.kind === 'state' ? [each.state] : []));
  expect(states).toEqual(['stopping', 'offline', 'starting', 'running']);
  expect(happened.filter(({ kind }) => kind === 'activity')).toMatchObject([
    { by: 'olive', before: 'running', what: { signal: 'stop' } },
    { by: 'olive', before: 'offline', what: { signal: 'start' } },
    { by: 'olive', before: 'running', what: { command: 'anybody else' } },
  ]);
  expect(sandbox.changes.happenings()).toEqual([]);
});

test('an unknown key and a refused call are recorded', async () => {
  sandbox.changes.happenings();
  await fetch(`${info.panel}/api/client`, { headers: { authorization: 'Bearer ptlc_elsewhere' } });
  sandbox.changes.people.useUpCalls('olive', 0);
  await fetch(`${info.panel}/api/client`, { headers: { authorization: `Bearer ${info.keys.owner}` } });
  const happened = sandbox.changes.happenings().filter(({ kind }) => kind !== 'state');
  expect(happened).toMatchObject([{ kind: 'unknown-key' }, { kind: 'refused', by: 'olive', server: null }]);
});
