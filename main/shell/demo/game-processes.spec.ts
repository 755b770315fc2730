import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { FakeUtilities, streamsSettle } from '../../../tests/support/fake-utility.js';
import type { GameNews } from './game-messages.js';
import { GameProcesses } from './game-processes.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

let dataFolder: string;
let folder: string;
let utilities: FakeUtilities;
let log: FakeLog;
let told: GameNews[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'perch-games-'));
  folder = join(dataFolder, 'nodes', '1', 'survival');
  mkdirSync(folder, { recursive: true });
  utilities = new FakeUtilities();
  log = new FakeLog();
  told = [];
});
afterEach(() => removeFolder(dataFolder));

function makeGames(platform: NodeJS.Platform = 'linux'): GameProcesses {
  return new GameProcesses({
    gameFile: '/app/out/sandbox/game.mjs',
    dataFolder,
    platform,
    env: { PATH: '/bin', SECRET: 'ptlc_x' },
    fork: utilities.fork,
    send: utilities.send,
    clock: new FakeClock(),
    log,
    tell: (news) => void told.push(news),
  });
}

const spawn = (id = 1) => ({ kind: 'spawn', id, folder, orders: '{"mode":"play"}' });

describe('GameProcesses', () => {
  it('starts the game, passes orders and typed text, and reports its output and end', async () => {
    const games = makeGames();
    games.order(spawn());
    const game = utilities.at(0);
    expect(game.script).toBe('/app/out/sandbox/game.mjs');
    expect(game.options).toMatchObject({ args: [], cwd: folder, env: { PATH: '/bin' } });
    expect(game.options.env['SECRET']).toBeUndefined();
    games.order({ kind: 'write', id: 1, bytes: new TextEncoder().encode('list\n') });
    expect(game.messages).toEqual([
      { kind: 'orders', orders: '{"mode":"play"}' },
      { kind: 'typed', bytes: new TextEncoder().encode('list\n') },
    ]);
    game.begin(42);
    game.stdout.write('ready\n');
    game.stderr.write('oh\n');
    await streamsSettle();
    game.says({ kind: 'leaving', code: 0 });
    game.finish(0);
    await streamsSettle();
    expect(told).toEqual([
      { kind: 'started', id: 1, pid: 42 },
      { kind: 'output', id: 1, bytes: new TextEncoder().encode('ready\n') },
      { kind: 'output', id: 1, bytes: new TextEncoder().encode('oh\n') },
      { kind: 'ended', id: 1, code: 0 },
    ]);
  });

  it('sends signals to the right game', () => {
    const games = makeGames();
    games.order(spawn(1));
    games.order(spawn(2));
    utilities.at(0).begin(41);
    utilities.at(1).begin(42);
    games.order({ kind: 'kill', id: 2, signal: 'SIGTERM' });
    games.order({ kind: 'kill', id: 2, signal: 'SIGKILL' });
    games.order({ kind: 'kill', id: 3, signal: 'SIGKILL' });
    expect(utilities.all.map(({ signals }) => signals)).toEqual([[], ['SIGTERM', 'SIGKILL']]);
  });

  it.each([
    ['an exit', 'linux', { leaving: 3, status: 3 }, 3],
    ['an exit with the number of a signal', 'linux', { leaving: 9, status: 9 }, 9],
    ['a fault', 'darwin', { status: 11 }, 139],
    ['our signal', 'linux', { signal: 'SIGKILL', status: 9 }, 137],
    ['a clean exit after our signal', 'linux', { signal: 'SIGTERM', leaving: 0, status: 0 }, 0],
    ['our signal, which Windows only has as an end', 'win32', { signal: 'SIGKILL', status: 1 }, 137],
    ['a fault of Windows', 'win32', { status: 0xc0000005 }, 0xc0000005],
  ] as const)('reports the end like a shell: %s', async (_name, platform, how, code) => {
    const games = makeGames(platform);
    games.order(spawn());
    const game = utilities.at(0);
    game.begin(42);
    if ('signal' in how) games.order({ kind: 'kill', id: 1, signal: how.signal });
    if ('leaving' in how) game.says({ kind: 'leaving', code: how.leaving });
    game.finish(how.status);
    await streamsSettle();
    expect(told.at(-1)).toEqual({ kind: 'ended', id: 1, code });
  });

  it('runs no game outside of the demo, or without a folder', () => {
    const games = makeGames();
    writeFileSync(join(dataFolder, 'file'), '');
    const elsewhere = [
      '/',
      tmpdir(),
      dataFolder,
      join(dataFolder, '..'),
      join(dataFolder, 'nodes', '..', '..'),
      `${dataFolder}-other`,
      'nodes',
      join(dataFolder, 'nothing'),
      join(dataFolder, 'file'),
    ];
    elsewhere.forEach((place, index) => games.order({ ...spawn(index + 1), folder: place }));
    expect(utilities.all).toEqual([]);
    expect(told).toEqual(elsewhere.map((_, index) => ({ kind: 'ended', id: index + 1, code: 1 })));
  });

  it.each([
    null,
    'spawn',
    { kind: 'run', id: 1 },
    { kind: 'spawn', id: 1 },
    { ...spawn(), script: '/bin/sh' },
    { ...spawn(), id: 0 },
    { kind: 'kill', id: 1, signal: 'SIGSTOP' },
    { kind: 'write', id: 1, bytes: 'stop' },
  ])('ignores messages that are no order: %j', (message) => {
    makeGames().order(message);
    expect(utilities.all).toEqual([]);
    expect(told).toEqual([]);
    expect(log.text).toContain('demo.game-order-refused');
  });

  it('uses each number once', () => {
    const games = makeGames();
    games.order(spawn(2));
    games.order(spawn(2));
    games.order(spawn(1));
    expect(utilities.all).toHaveLength(1);
  });

  it('ends all games, also a starting game, and starts no more', async () => {
    const games = makeGames();
    games.order(spawn(1));
    games.order(spawn(2));
    utilities.at(0).begin(41);
    let ended = false;
    void games.endAll().then(() => (ended = true));
    utilities.at(1).begin(42);
    expect(utilities.all.map(({ signals }) => signals)).toEqual([['SIGKILL'], ['SIGKILL']]);
    utilities.at(0).finish(9);
    await streamsSettle();
    expect(ended).toBe(false);
    utilities.at(1).finish(9);
    await streamsSettle();
    expect(ended).toBe(true);
    games.order(spawn(3));
    expect(utilities.all).toHaveLength(2);
  });

  it('resolves at once without games', async () => {
    await makeGames().endAll();
    await settle();
    expect(told).toEqual([]);
  });
});
