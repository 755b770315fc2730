/** Perch is killed in the middle of runs of a rule, with a real panel and a real game. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { runRecordSchema } from '../../bridge/schema/rule-runs.js';
import { ruleRunner } from '../../tests/support/rule-runner-bundle.js';
import { QueriedSandboxes } from '../../tests/support/queried-sandboxes.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

/** Ms after the beginning of a run: around the order, in the wait, and after the end. */
const killsAfter = [0, 5, 20, 60, 150, 1000, 4000];

test('no order leaves twice, and every run leaves one trace that says how it ended', async () => {
  const sandboxes = new QueriedSandboxes();
  onTestFinished(() => sandboxes.end());
  const { panel, key, isIn } = await sandboxes.start();
  await isIn('Survival', 'running');
  const { folder, program } = await ruleRunner();
  onTestFinished(() => removeFolder(folder));
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-rules-killed-'));
  onTestFinished(() => removeFolder(dataFolder));
  const lines: string[] = [];
  /** Runs the program until a line begins with this word; `afterMs` later it is killed. */
  const runUntil = async (what: string, word: string, afterMs: number): Promise<void> => {
    const child = spawn(process.execPath, [program, panel, key, dataFolder, what], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise<void>((done) => child.on('close', () => done()));
    let rest = '';
    const said = new Promise<void>((done) => {
      child.stdout.on('data', (text: Buffer) => {
        const parts = (rest + text.toString()).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
        if (parts.some((line) => line.startsWith(word))) done();
      });
    });
    await Promise.race([said, closed]);
    await pause(afterMs);
    child.kill('SIGKILL');
    await closed;
  };
  for (const afterMs of killsAfter) await runUntil('begin', 'begun', afterMs);
  await runUntil('end', 'records', 0);

  const orders = lines.filter((line) => line.startsWith('order ')).map((line) => line.slice('order '.length));
  const told = lines.find((line) => line.startsWith('records '))?.slice('records '.length);
  const records = z.array(runRecordSchema).parse(JSON.parse(told ?? 'null'));
  expect(lines.filter((line) => line.startsWith('error '))).toEqual([]);
  // The first line of each run is on the pipe before the kill, so the test has seen orders.
  expect(orders.length).toBeGreaterThan(0);
  expect(new Set(orders).size).toBe(orders.length);
  const ids = records.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const order of orders) expect(ids).toContain(order.slice(0, order.lastIndexOf('#')));
  const ends = new Set(records.map(({ end }) => end));
  for (const end of ends)
    expect(['done', 'unsure', 'interrupted', 'busy', 'late', 'unknown', 'asleep', 'switched-off']).toContain(
      end,
    );
  // Perch reports a run that was under way at a kill, and leaves no run in the middle.
  for (const { steps } of records) expect(steps.every(({ endedAt }) => endedAt !== null)).toBe(true);
}, 280_000);
