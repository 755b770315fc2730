import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SECOND, SURVIVAL, WingsRig } from '../../tests/support/wings-rig.js';
import { NodeDown, NodeRefusal } from './api.js';
import { DAEMON_TEXT, daemonLine } from './daemon-lines.js';

let rig: WingsRig;
beforeEach(async () => {
  rig = await WingsRig.start();
});
afterEach(() => rig.end());

const daemon = (text: string) => daemonLine('Pterodactyl', text);

/** Whether a process with this id exists. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('power with real processes', () => {
  test('start, stats, stop', async () => {
    const socket = await rig.enter();
    await socket.event('stats');
    socket.send('set state', 'start');
    await socket.status('running');
    expect(socket.lines.slice(0, 6)).toEqual([
      daemon(DAEMON_TEXT.diskCheck),
      daemon(DAEMON_TEXT.configuration),
      daemon(DAEMON_TEXT.permissions),
      daemon(DAEMON_TEXT.pulling),
      daemon(DAEMON_TEXT.pulled),
      '\u001b[1m\u001b[33mcontainer@pterodactyl~ \u001b[0mbash server.sh',
    ]);
    const starting = socket.frames.findIndex(({ args }) => args?.[0] === 'starting');
    expect(socket.frames.findIndex(({ args }) => args?.[0] === daemon(DAEMON_TEXT.permissions))).toBeLessThan(
      starting,
    );
    expect(socket.frames.findIndex(({ args }) => args?.[0] === daemon(DAEMON_TEXT.pulling))).toBeGreaterThan(
      starting,
    );
    const stats = await socket.event('stats');
    const usage = JSON.parse(stats.args?.[0] ?? '') as Record<string, unknown>;
    expect(usage).toMatchObject({ state: expect.any(String), memory_limit_bytes: 588_800_000 });
    expect(usage['memory_bytes']).toBeGreaterThan(5_000_000);
    expect(rig.node.usage(SURVIVAL).uptime).toBeGreaterThan(0);
    socket.send('set state', 'stop');
    await socket.status('offline');
    expect(socket.statuses).toEqual(['offline', 'starting', 'running', 'stopping', 'offline']);
    expect(socket.lines).toContain('stop');
    expect(rig.panel.states.get(SURVIVAL)).toBe('offline');
    expect(rig.node.usage(SURVIVAL)).toMatchObject({ memory_bytes: 0, uptime: 0, state: 'offline' });
    expect(rig.node.usage(SURVIVAL).disk_bytes).toBeGreaterThan(100_000);
  });

  test('restart on a running and on a stopped server; stop and kill on a stopped one', async () => {
    const socket = await rig.enter();
    socket.send('set state', 'restart');
    await socket.status('running');
    socket.send('set state', 'restart');
    await socket.status('offline');
    await socket.status('running');
    socket.send('set state', 'kill');
    await socket.status('offline');
    const before = socket.statuses.length;
    socket.send('set state', 'kill');
    socket.send('set state', 'stop');
    await socket.during(300);
    expect(socket.statuses.length).toBe(before);
    expect(socket.statuses).toEqual([
      ...['offline', 'starting', 'running'],
      ...['stopping', 'offline', 'starting', 'running'],
      ...['stopping', 'offline'],
    ]);
  });

  test('kill ends a process at once, without crash lines', async () => {
    const socket = await rig.enter();
    await rig.run(socket);
    socket.send('set state', 'kill');
    await socket.status('stopping');
    await socket.status('offline');
    await socket.during(300);
    const said = socket.lines.join('\n');
    expect(said).not.toContain('crashed state');
    // A game that is stopped saves first.
    expect(said).not.toContain('Goodbye');
  });

  test('a hung stop holds the lock, visible to everybody; a kill passes it', async () => {
    const socket = await rig.enter();
    await rig.run(socket);
    socket.send('send command', 'hang');
    await socket.line('deaf');
    socket.send('set state', 'stop');
    await socket.status('stopping');
    socket.send('set state', 'start');
    const refused = await socket.event('daemon error');
    expect(refused.args?.[0]).toMatch(
      /^Error Event \[[0-9a-f-]{36}\]: another power action is currently being processed for this server, please try again later$/,
    );
    expect(() => rig.node.reinstall(SURVIVAL)).toThrow(NodeRefusal);
    rig.node.power(SURVIVAL, 'start');
    expect(await socket.during(200)).not.toContainEqual(expect.objectContaining({ event: 'daemon error' }));
    socket.send('set state', 'kill');
    await socket.status('offline');
    socket.send('set state', 'start');
    await socket.status('running');
  });

  test('only administrators get reasons', async () => {
    const owner = await rig.enter();
    const admin = await rig.enter({ permissions: ['*', 'admin.websocket.errors'], userId: 1 });
    await rig.run(owner);
    owner.send('set state', 'start');
    admin.send('set state', 'start');
    const generic = 'an unexpected error was encountered while handling this request';
    expect((await owner.event('daemon error')).args?.[0]).toContain(generic);
    expect((await admin.event('daemon error')).args?.[0]).toMatch(/: server is running$/);
    admin.send('set state', 'explode');
    expect((await admin.event('daemon error')).args?.[0]).toMatch(
      /: attempting to handle unknown power action$/,
    );
  });

  test('a kill during a start ends the new process', async () => {
    const socket = await rig.enter();
    socket.send('set state', 'start');
    await socket.status('starting');
    socket.send('set state', 'kill');
    await socket.status('offline');
    expect(socket.statuses).toEqual(['offline', 'starting', 'stopping', 'offline']);
  });

  test('^C stops by a signal; a full disk and a suspension prevent a start', async () => {
    rig.panel.change(SECOND, { stopValue: '^C' });
    const socket = await rig.enter({ permissions: ['*', 'admin.websocket.errors'], server: SECOND });
    await rig.run(socket, SECOND);
    socket.send('set state', 'stop');
    await socket.status('offline');
    expect(socket.lines).not.toContain('^C');
    expect(socket.lines.join('\n')).not.toContain('crashed state');

    rig.panel.change(SECOND, { diskMb: 1 });
    mkdirSync(join(rig.folder, SECOND), { recursive: true });
    writeFileSync(join(rig.folder, SECOND, 'big'), Buffer.alloc(2 * 1024 * 1024));
    socket.send('set state', 'start');
    expect((await socket.event('daemon error')).args?.[0]).toContain('not enough disk space');

    rig.panel.change(SECOND, { suspended: true });
    socket.send('set state', 'start');
    expect((await socket.event('daemon error')).args?.[0]).toContain('suspended');
    expect(() => rig.node.power(SECOND, 'start')).toThrow(expect.objectContaining({ status: 400 }) as Error);
  });
});

describe('crashes', () => {
  test('the first crash is followed by a restart, a second one within 60 s is not', async () => {
    const socket = await rig.enter();
    await rig.run(socket);
    socket.send('send command', 'crash');
    await socket.status('offline');
    await socket.line(DAEMON_TEXT.crashed);
    expect((await socket.line('Exit code')).args?.[0]).toBe(daemon('Exit code: 1'));
    expect((await socket.line('Out of memory')).args?.[0]).toBe(daemon('Out of memory: false'));
    await socket.status('running');
    socket.send('send command', 'exit 0');
    await socket.status('offline');
    expect((await socket.line('Exit code')).args?.[0]).toBe(daemon('Exit code: 0'));
    await socket.line('Aborting automatic restart, last crash occurred less than 60 seconds ago.');
    await socket.during(500);
    expect(socket.statuses.at(-1)).toBe('offline');
  });

  test('above the memory limit: exit code 137 and out of memory', async () => {
    rig.panel.change(SURVIVAL, { memoryMb: 128 });
    const socket = await rig.enter();
    await rig.run(socket);
    socket.send('send command', 'leak 200');
    await socket.status('offline');
    expect((await socket.line('Exit code')).args?.[0]).toBe(daemon('Exit code: 137'));
    expect((await socket.line('Out of memory')).args?.[0]).toBe(daemon('Out of memory: true'));
    await socket.status('running');
  });

  test('a printed stop word looks like a crash for a moment', async () => {
    const socket = await rig.enter();
    await rig.run(socket);
    socket.send('send command', 'raw stop\\n');
    await socket.status('offline');
    await socket.status('running');
    expect(socket.statuses.slice(-3)).toEqual(['running', 'offline', 'running']);
  });
});

describe('installation', () => {
  test('of a running server, seen by the owner and by an administrator', async () => {
    const owner = await rig.enter({ server: SECOND });
    const admin = await rig.enter({
      server: SECOND,
      userId: 1,
      permissions: ['*', 'admin.websocket.errors', 'admin.websocket.install'],
    });
    await rig.run(owner, SECOND);
    rig.node.reinstall(SECOND);
    await owner.status('stopping');
    await owner.status('offline');
    expect((await owner.event('install started')).args).toEqual(['']);
    expect((await owner.event('daemon message')).args).toEqual([DAEMON_TEXT.installing]);
    await admin.event('install started');
    admin.send('set state', 'start');
    expect((await admin.event('daemon error')).args?.[0]).toContain('server is currently installing');
    expect(() => rig.node.reinstall(SECOND)).toThrow(expect.objectContaining({ status: 409 }) as Error);
    expect((await owner.event('install completed')).args).toEqual(['']);
    expect(rig.panel.installed).toEqual([{ uuid: SECOND, ok: true }]);
    expect(owner.frames.some(({ event }) => event === 'install output')).toBe(false);
    expect(admin.frames.filter(({ event }) => event === 'install output').length).toBeGreaterThan(4);
  });
});

describe('the node', () => {
  test('commands over REST need a process', async () => {
    const socket = await rig.enter();
    expect(() => rig.node.command(SURVIVAL, 'list')).toThrow(
      expect.objectContaining({ status: 502 }) as Error,
    );
    expect(() => rig.node.usage('nobody')).toThrow(expect.objectContaining({ status: 404 }) as Error);
    await rig.run(socket);
    rig.node.command(SURVIVAL, 'list');
    await socket.line('list');
    await socket.line('players online');
  });

  test('going down cuts sockets and ends processes; coming up starts the servers that ran', async () => {
    const socket = await rig.enter();
    await rig.run(socket);
    const pid = rig.pids.at(-1) ?? 0;
    expect(lives(pid)).toBe(true);
    const old = await rig.token();
    await rig.node.stop();
    expect((await socket.closed).code).toBe(1006);
    expect(lives(pid)).toBe(false);
    expect(rig.panel.states.get(SURVIVAL)).toBe('running');
    expect(() => rig.node.state(SURVIVAL)).toThrow(NodeDown);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await rig.node.start();
    const again = await rig.open();
    again.send('auth', old);
    expect((await again.event('jwt error')).args?.[0]).toContain('created too far in past (denylist)');
    again.send('auth', await rig.token());
    await again.status('running');
    expect(rig.node.state(SECOND)).toBe('offline');
  });

  test('a removed server sends a notice and is unknown afterwards', async () => {
    const socket = await rig.enter();
    const mute = await rig.open();
    await rig.run(socket);
    const pid = rig.pids.at(-1) ?? 0;
    rig.node.remove(SURVIVAL);
    expect((await socket.event('deleted')).args).toEqual(['null']);
    expect(await socket.closed).toEqual({ code: 1001, reason: 'server deleted' });
    expect((await mute.closed).code).toBe(1001);
    expect(mute.frames).toEqual([]);
    await expect(rig.open()).rejects.toThrow('404');
    for (let tries = 0; lives(pid) && tries < 50; tries++) await socket.during(20);
    expect(lives(pid)).toBe(false);
  });
});
