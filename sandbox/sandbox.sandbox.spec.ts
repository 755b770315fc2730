import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { gameBundle } from '../tests/support/game-bundle.js';
import { removeSandboxBundle, sandboxBundle } from '../tests/support/sandbox-bundle.js';
import { dialectNamed, Sandbox, type SandboxInfo, type SandboxDeps } from './sandbox.js';
import { removeFolder } from '../tests/support/remove-folder.js';

let folder = '';
const running: Sandbox[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-sandbox-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await removeFolder(folder);
});

async function start(options: Partial<SandboxDeps> = {}): Promise<{ sandbox: Sandbox; info: SandboxInfo }> {
  const dialect = dialectNamed('panel-1.11');
  if (!dialect) throw new Error('There is no dialect panel-1.11.');
  const sandbox = new Sandbox({
    port: 0,
    dialect,
    dataFolder: folder,
    gameFile: await gameBundle(),
    control: true,
    ...options,
  });
  running.push(sandbox);
  return { sandbox, info: await sandbox.start() };
}

async function ask(
  info: SandboxInfo,
  method: string,
  path: string,
  body?: unknown,
  key = info.keys.owner,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${info.panel}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

const control = (info: SandboxInfo, order: Record<string, unknown>) =>
  ask(info, 'POST', '/sandbox/control', order);

function server(info: SandboxInfo, name: string): string {
  const found = info.servers.find((each) => each.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return `/api/client/servers/${found.identifier}`;
}

/** Polls until the answer fits, for at most thirty seconds. */
async function until<T>(question: () => Promise<T> | T, fits: (answer: T) => boolean): Promise<T> {
  for (let turn = 0; ; turn++) {
    const answer = await question();
    if (fits(answer)) return answer;
    if (turn === 300) throw new Error(`It never came: ${JSON.stringify(answer)}`);
    await pause(100);
  }
}

const stateIs = (sandbox: Sandbox, name: string, state: string) =>
  until(
    () => sandbox.changes.state(name),
    (now) => now === state,
  );

describe('a sandbox with real processes', () => {
  test("runs the demo's servers, obeys power signals and keeps its state over a restart", async () => {
    const first = await start();
    for (const name of ['Survival', 'Lobby', 'Skyblock', 'Rust Belt']) {
      await stateIs(first.sandbox, name, 'running');
    }
    const usage = await ask(first.info, 'GET', `${server(first.info, 'Survival')}/resources`);
    expect(usage.body).toMatchObject({ attributes: { current_state: 'running' } });

    const stop = await ask(first.info, 'POST', `${server(first.info, 'Lobby')}/power`, { signal: 'stop' });
    expect(stop.status).toBe(204);
    await stateIs(first.sandbox, 'Lobby', 'offline');
    const command = await ask(first.info, 'POST', `${server(first.info, 'Lobby')}/command`, {
      command: 'list',
    });
    expect(command.status).toBe(502);
    await ask(first.info, 'POST', `${server(first.info, 'Creative')}/settings/rename`, { name: 'Plots' });
    await first.sandbox.stop();

    const second = await start();
    expect(second.info.keys).toEqual(first.info.keys);
    expect(second.info.servers.map((each) => each.name)).toContain('Plots');
    await stateIs(second.sandbox, 'Survival', 'running');
    expect(second.sandbox.changes.state('Lobby')).toBe('offline');
  });

  test("the socket of a token opens with the panel's origin", async () => {
    const { info } = await start();
    const { body } = await ask(info, 'GET', `${server(info, 'Creative')}/websocket`);
    const { token, socket: address } = (body as { data: { token: string; socket: string } }).data;
    const socket = new WebSocket(address, { headers: { origin: info.panel } });
    await once(socket, 'open');
    const answer = once(socket, 'message');
    socket.send(JSON.stringify({ event: 'auth', args: [token] }));
    const [frame] = (await answer) as [Buffer];
    expect(JSON.parse(frame.toString('utf8'))).toMatchObject({ event: 'auth success' });
    socket.terminate();
  });

  test('a node can go down and come back with its servers', async () => {
    const { sandbox, info } = await start();
    await stateIs(sandbox, 'Skyblock', 'running');
    await control(info, { do: 'node-down', node: 'Summit' });
    expect((await ask(info, 'GET', `${server(info, 'Skyblock')}/resources`)).status).toBe(504);
    expect((await ask(info, 'GET', `${server(info, 'Survival')}/resources`)).status).toBe(200);
    await control(info, { do: 'node-up', node: 'Summit' });
    await stateIs(sandbox, 'Skyblock', 'running');
    expect((await ask(info, 'GET', `${server(info, 'Archive 2022')}/resources`)).status).toBe(504);
    await control(info, { do: 'node-up', node: 'Lowland' });
    expect((await ask(info, 'GET', `${server(info, 'Archive 2022')}/resources`)).status).toBe(200);
  });

  test('a reinstallation ends, and a suspension stops the process', async () => {
    const { sandbox, info } = await start();
    const reinstall = await ask(info, 'POST', `${server(info, 'Creative')}/settings/reinstall`);
    expect([reinstall.status, reinstall.body]).toEqual([202, []]);
    expect((await ask(info, 'GET', `${server(info, 'Creative')}/resources`)).status).toBe(409);
    await until(
      () => sandbox.changes.server('Creative').status,
      (status) => status === null,
    );
    await stateIs(sandbox, 'Survival', 'running');
    await control(info, { do: 'suspend', server: 'Survival' });
    await stateIs(sandbox, 'Survival', 'offline');
    expect((await ask(info, 'GET', `${server(info, 'Survival')}/websocket`)).status).toBe(409);
    await control(info, { do: 'unsuspend', server: 'Survival' });
    expect((await ask(info, 'GET', `${server(info, 'Survival')}/websocket`)).status).toBe(200);
  });

  test('the first installation of a new server', async () => {
    const { sandbox, info } = await start();
    expect(sandbox.changes.server('Hardcore Season 4')).toMatchObject({
      status: 'installing',
      installed: false,
    });
    await control(info, { do: 'install', server: 'Hardcore Season 4' });
    await until(
      () => sandbox.changes.server('Hardcore Season 4').installed,
      (installed) => installed,
    );
    expect(sandbox.changes.server('Hardcore Season 4').status).toBeNull();
  });

  test('permissions and keys change under a running client', async () => {
    const { info } = await start();
    const path = server(info, 'Survival');
    const asSam = (key = info.keys.subuser) => ask(info, 'GET', `${path}/startup`, undefined, key);
    expect((await asSam()).status).toBe(200);
    await control(info, { do: 'permissions', server: 'Survival', user: 'subuser', permissions: [] });
    expect((await asSam()).status).toBe(403);
    await control(info, { do: 'permissions', server: 'Survival', user: 'subuser', permissions: null });
    expect((await asSam()).status).toBe(404);
    await control(info, { do: 'revoke-keys', user: 'subuser' });
    expect((await asSam()).status).toBe(401);
    const { body } = await control(info, { do: 'add-key', user: 'subuser' });
    expect((await asSam((body as { result: string }).result)).status).toBe(404);
  });

  test('the control route is for programs on this computer, and only on request', async () => {
    const { info } = await start();
    const fromPage = await fetch(`${info.panel}/sandbox/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://example.com' },
      body: JSON.stringify({ do: 'look', server: 'Survival' }),
    });
    expect(fromPage.status).toBe(403);
    expect((await control(info, { do: 'explode' })).status).toBe(400);
    expect((await control(info, { do: 'look', server: 'Nowhere' })).body).toEqual({
      ok: false,
      error: 'There is no server Nowhere.',
    });
    await running.splice(0)[0]?.stop();
    const closed = await start({ control: false });
    expect((await control(closed.info, { do: 'look', server: 'Survival' })).status).toBe(404);
  });
});

describe('the command', () => {
  afterAll(removeSandboxBundle);

  async function run(...args: string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, [await sandboxBundle(), '--port', '0', '--data', folder, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  }

  async function ready(child: ChildProcess): Promise<SandboxInfo> {
    if (!child.stdout) throw new Error('Its output is piped.');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return JSON.parse(line) as SandboxInfo;
  }

  async function end(child: ChildProcess): Promise<{ code: number | null; said: string }> {
    let said = '';
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }

  test('prints one line when ready, and ends at a signal with its processes', async () => {
    const child = await run('--verbose');
    let log = '';
    child.stderr?.on('data', (part: Buffer) => (log += part.toString()));
    const info = await ready(child);
    expect(Object.keys(info)).toEqual(['panel', 'keys', 'passwords', 'servers']);
    expect((await ask(info, 'GET', '/api/client/account')).status).toBe(200);
    await until(
      () => log,
      (text) => text.match(/process \d+ started/g)?.length === 4,
    );
    const pids = [...log.matchAll(/process (\d+) started/g)].map(([, pid]) => Number(pid));
    const ended = end(child);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    await until(
      () => pids.filter(lives),
      (left) => left.length === 0,
    );
  });

  test('ends with its parent', async () => {
    const child = await run('--with-parent');
    await ready(child);
    const ended = end(child);
    child.stdin?.end();
    expect((await ended).code).toBe(0);
  });

  test('wrong options exit with 2, a used port or folder with 1, each with one sentence', async () => {
    expect(await end(await run('--dialect', 'other'))).toEqual({
      code: 2,
      said: '--dialect knows panel-1.11, reference, panel-1.12 and pelican, not "other".\n',
    });
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    expect(await end(await run('--port', port))).toEqual({
      code: 1,
      said: `Port ${port} is in use on this computer; end what uses it, or choose another one with --port.\n`,
    });
    taken.close();
    const first = await run('--with-parent');
    await ready(first);
    const second = await end(await run());
    expect(second.code).toBe(1);
    expect(second.said).toMatch(/^Another sandbox is using the data folder .*\n$/);
    const ended = end(first);
    first.stdin?.end();
    await ended;
  });
});

/** Whether the process runs; an ended process that was not reaped counts as gone. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
