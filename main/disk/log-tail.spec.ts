import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { logTail } from './log-tail.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perch-tail-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a short file is read completely, a long file from one of its last lines on', async () => {
  const path = join(folder, 'perch.log');
  await writeFile(path, 'one\ntwo\n');
  expect(await logTail(path)).toBe('one\ntwo\n');
  const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index}`);
  await writeFile(path, lines.join('\n'));
  const tail = (await logTail(path))?.split('\n') ?? [];
  expect(tail.at(-1)).toBe('line 49999');
  expect(tail.length).toBeLessThan(lines.length);
  expect(lines).toContain(tail[0]);
});

it('a missing file gives null', async () => {
  expect(await logTail(join(folder, 'none.log'))).toBeNull();
});
