import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { historyWriter } from '../../tests/support/history-writer-bundle.js';
import { removeFolder } from '../../tests/support/remove-folder.js';
import { History } from './history.js';

const kills = 100;
const id = 'home/1';
let root = '';
let built = '';
let program = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'perch-killed-'));
  ({ folder: built, program } = await historyWriter());
});

afterAll(async () => {
  for (const folder of [root, built]) await removeFolder(folder);
});

/** Runs the writer from this time until it is killed; returns the last printed time and the error output. */
async function writeUntilKilled(folder: string, start: number, afterMs: number) {
  const writer = spawn(process.execPath, [program, folder, String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const begun = new Promise<void>((resolve) => {
    writer.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      // Only the last sample may be lost.
      if (said.split('\n').length > 3) resolve();
    });
  });
  const ended = new Promise((resolve) => writer.on('close', resolve));
  await begun;
  setTimeout(() => writer.kill('SIGKILL'), afterMs);
  await ended;
  const lines = said.split('\n').slice(0, -1);
  return { last: Number(lines.at(-1)), words: lines.filter((line) => Number.isNaN(Number(line))) };
}

it(
  `the history is readable after each of ${kills} kills, and has lost at most five seconds`,
  { timeout: 180_000 },
  async () => {
    const folder = join(root, 'history');
    let now = 1_700_000_000_000;
    for (let kill = 0; kill < kills; kill++) {
      const { last, words } = await writeUntilKilled(folder, now, Math.random() * 40);
      expect(words).toEqual([]);
      now = last;
      if (kill % 10 !== 9) continue;
      const told: string[] = [];
      const history = new History({
        folder,
        clock: new FakeClock(now),
        log: new FakeLog(),
        keeps: () => true,
        setAside: ({ why }) => told.push(why),
        damaged: () => undefined,
        troubled: () => told.push('troubled'),
      });
      history.start(['home']);
      const hour = await history.usage(id, '1h');
      const day = await history.usage(id, '24h');
      await history.stop();
      expect(told).toEqual([]);
      expect(hour.at(-1)?.at).toBeGreaterThanOrEqual(now - 5000);
      // Each start begins five seconds after the last printed time, so the data has no gaps.
      const longest = Math.max(...hour.map(({ at }, place) => at - (hour[place - 1]?.at ?? at)));
      expect(longest).toBeLessThanOrEqual(10_000);
      const longestOfDay = Math.max(...day.map(({ at }, place) => at - (day[place - 1]?.at ?? at)));
      expect(longestOfDay).toBeLessThanOrEqual(65_000);
    }
  },
);
