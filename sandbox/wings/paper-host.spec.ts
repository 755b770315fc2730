import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GAMES, type GameName } from '../games/catalogue.js';
import type { GameProcess } from './game-host.js';
import { paperFigures } from './paper-figures.js';
import { PaperHost } from './paper-host.js';

let host: PaperHost;
let output: string;
let ends: number[];

beforeEach(() => {
  vi.useFakeTimers();
  host = new PaperHost();
  output = '';
  ends = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function spawn(game: GameName = 'survival', mode: 'play' | 'install' = 'play'): GameProcess {
  const environment = { SERVER_MEMORY: '512' };
  const made = host.spawn('/nowhere', { mode, game, name: 'Paper', invocation: 'java', environment });
  made.onOutput((bytes) => (output += bytes.toString()));
  made.onExit(({ code }) => ends.push(code));
  return made;
}

test('a server crashes on command', () => {
  spawn().write(Buffer.from('crash\n'));
  expect(ends).toEqual([]);
  const process = spawn();
  vi.advanceTimersByTime(2000);
  process.write(Buffer.from('crash\n'));
  expect(ends).toEqual([1]);
});

test.each(Object.keys(GAMES) as GameName[])('%s boots, answers and ends at its stop word', (game) => {
  const process = spawn(game);
  vi.advanceTimersByTime(2000);
  expect(output).toContain(GAMES[game].done);
  process.write(Buffer.from('say hel'));
  process.write(Buffer.from('lo\n'));
  expect(output).toContain('say hello');
  const { stop } = GAMES[game];
  if (stop === '^C') process.kill('SIGTERM');
  else process.write(Buffer.from(`${stop}\n`));
  expect(ends).toEqual([]);
  vi.advanceTimersByTime(2000);
  expect(ends).toEqual([0]);
});

test('a kill ends a server at any time, and once', () => {
  const process = spawn();
  process.kill('SIGKILL');
  expect(ends).toEqual([]);
  process.kill('SIGKILL');
  vi.advanceTimersByTime(5000);
  expect(ends).toEqual([137]);
});

test('an installation ends without a further call', () => {
  spawn('rust', 'install');
  vi.advanceTimersByTime(2000);
  expect(ends).toEqual([0]);
});

test('figures are reported for running servers, under ids that no process has', async () => {
  const [first, second] = [spawn(), spawn()];
  vi.advanceTimersByTime(3000);
  second.kill('SIGKILL');
  vi.advanceTimersByTime(10);
  const [firstId, secondId] = [first.pid ?? 0, second.pid ?? 0];
  expect(firstId).toBeLessThan(0);
  const figures = await host.gauge([firstId, secondId]);
  expect([...figures.keys()]).toEqual([firstId]);
  expect(figures.get(firstId)?.uptimeMs).toBeGreaterThanOrEqual(3000);
});

test('figures wander, and stay below the limit', () => {
  const seen = Array.from({ length: 2000 }, (_, at) => paperFigures(at * 31, at * 1700, 512));
  expect(Math.max(...seen.map(({ memoryBytes }) => memoryBytes))).toBeLessThan(512 * 1024 * 1024);
  expect(Math.min(...seen.map(({ cpuPercent }) => cpuPercent))).toBeGreaterThan(0);
  expect(paperFigures(5, 1000, 0)).not.toEqual(paperFigures(5, 9000, 0));
});
