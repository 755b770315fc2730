import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RigPanel, SURVIVAL } from '../../tests/support/wings-rig.js';
import { DAEMON_TEXT } from './daemon-lines.js';
import type { GameEnd, GameHost } from './game-host.js';
import { WINGS_111 } from './limits.js';
import { PowerRefusal } from './power.js';
import { Server } from './server.js';
import { WINGS_TUNING } from './tuning.js';

/** Game that acts only on the test's command. */
class PaperGame {
  readonly killed: string[] = [];
  typed = '';
  say: (bytes: Buffer) => void = () => undefined;
  end: (end: GameEnd) => void = () => undefined;
}

const games: PaperGame[] = [];
let refuses = false;
const host: GameHost = {
  spawn: () => {
    if (refuses) throw new Error('no such image');
    const game = new PaperGame();
    games.push(game);
    return {
      pid: games.length,
      write: (bytes) => void (game.typed += bytes.toString()),
      kill: (signal) => {
        game.killed.push(signal);
        if (signal === 'SIGKILL') game.end({ code: 137 });
      },
      onOutput: (listener) => (game.say = listener),
      onExit: (listener) => (game.end = listener),
    };
  },
};

let panel: RigPanel;
let server: Server;
let heard: string[];

beforeEach(() => {
  vi.useFakeTimers();
  games.length = 0;
  refuses = false;
  heard = [];
  panel = new RigPanel();
  // Without a disk limit, no check waits for the real file system.
  panel.add({ uuid: SURVIVAL, diskMb: 0 });
  server = new Server(SURVIVAL, join(tmpdir(), 'perch-no-such-folder'), {
    panel,
    host,
    dialect: WINGS_111,
    tuning: WINGS_TUNING,
    now: Date.now,
    log: () => undefined,
  });
  server.listen(({ event, args }) => {
    if (event !== 'stats') heard.push(args?.[0] ?? event);
  });
});
afterEach(() => vi.useRealTimers());

async function running(): Promise<PaperGame> {
  await vi.advanceTimersByTimeAsync(500);
  const game = games.at(-1);
  game?.say(Buffer.from('Done (1s)! For help, type "help"\n'));
  if (game === undefined || server.state !== 'running') throw new Error('it does not run');
  return game;
}

test('a stop that the process ignores ends in a kill after 10 minutes', async () => {
  void server.power('start');
  const game = await running();
  void server.power('stop');
  await vi.advanceTimersByTimeAsync(599_000);
  expect(game.typed).toBe('stop\n');
  expect([server.state, game.killed]).toEqual(['stopping', []]);
  await vi.advanceTimersByTimeAsync(2000);
  expect([server.state, game.killed]).toEqual(['offline', ['SIGKILL']]);
  expect(server.isBusy).toBe(false);
});

test('a second crash 61 s after the automatic restart is followed by another restart', async () => {
  void server.power('start');
  (await running()).end({ code: 1 });
  const second = await running();
  await vi.advanceTimersByTimeAsync(61_000);
  second.end({ code: 3 });
  const third = await running();
  third.end({ code: 3 });
  await vi.advanceTimersByTimeAsync(500);
  expect(server.state).toBe('offline');
  expect(heard.filter((text) => text.includes('Exit code'))).toHaveLength(3);
  expect(heard.filter((text) => text.includes('Aborting'))).toHaveLength(1);
});

test('a game whose process cannot be made counts as a crash and is tried once more', async () => {
  refuses = true;
  const start = server.power('start').catch((cause: unknown) => cause);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await start).toEqual(new PowerRefusal('no such image'));
  expect(heard.filter((text) => text === 'starting')).toHaveLength(2);
  expect(heard.filter((text) => text === 'offline')).toHaveLength(2);
  expect(heard.filter((text) => text.includes('Exit code: 1'))).toHaveLength(2);
  expect(heard.at(-1)).toContain('Aborting automatic restart');
});

test('with a wrong done pattern a server stays in `starting`', async () => {
  panel.change(SURVIVAL, { donePattern: 'never said' });
  void server.power('start');
  await vi.advanceTimersByTimeAsync(500);
  games[0]?.say(Buffer.from('Done\n'));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(server.state).toBe('starting');
});

test('a command needs a running process; the stop word stops the server', async () => {
  expect(server.command('list')).toBe(false);
  void server.power('start');
  const game = await running();
  expect(server.command('list\nsay x')).toBe(true);
  expect(game.typed).toBe('list\nsay x\n');
  expect(server.command('stop')).toBe(true);
  expect(server.state).toBe('stopping');
  game.end({ code: 0 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(heard.join('\n')).not.toContain(DAEMON_TEXT.crashed);
});

test('a server above its memory limit is killed, with a line that says so', async () => {
  void server.power('start');
  await running();
  server.measured({ cpuPercent: 1, memoryBytes: 588_800_001, uptimeMs: 1000 });
  await vi.advanceTimersByTimeAsync(100);
  expect(heard.join('\n')).toContain('Exit code: 137');
  expect(heard.join('\n')).toContain('Out of memory: true');
});

test('a node that goes down keeps the stored states', async () => {
  void server.power('start');
  const game = await running();
  await server.dispose();
  expect(game.killed).toEqual(['SIGKILL']);
  expect(panel.states.get(SURVIVAL)).toBe('running');
  await vi.advanceTimersByTimeAsync(5000);
  expect(games).toHaveLength(1);
});

test('a restart without the panel stops the server, waits in silence and leaves it down', async () => {
  void server.power('start');
  const game = await running();
  panel.isAway = true;
  heard.length = 0;
  const restart = server.power('restart').catch((cause: unknown) => cause);
  await vi.advanceTimersByTimeAsync(100);
  game.end({ code: 0 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect([server.state, server.isBusy]).toEqual(['offline', true]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await restart).toEqual(
    new PowerRefusal('unable to sync server data from Panel instance: no answer'),
  );
  expect([server.state, server.isBusy]).toEqual(['offline', false]);
  // The game's stop command is typed, and no state follows `offline`.
  expect(heard).toEqual(['stopping', 'stop', 'offline']);
});
