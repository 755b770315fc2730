import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asScript } from '../../tests/support/as-script.js';
import { ThreadedPart } from './threaded-part.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
let script: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-threaded-part-'));
  script = join(folder, 'write-thread.cjs');
  writeFileSync(script, asScript(join(import.meta.dirname, 'write-thread.ts')));
});
afterEach(() => removeFolder(folder));

/** Writes three parts of which only the first is the thread pool's, and closes the file. Returns both contents. */
async function written(by: string): Promise<{ parts: Buffer; file: Buffer }> {
  const path = join(folder, 'part');
  const part = new ThreadedPart(await open(path, 'wx'), by, 1);
  const parts = [1, 100_000, 32_768].map((length) => randomBytes(length));
  for (const bytes of parts) await part.write(bytes);
  await part.sync();
  await part.close();
  return { parts: Buffer.concat(parts), file: readFileSync(path) };
}

it('continues in a thread where the thread pool ended', async () => {
  const { parts, file } = await written(script);
  expect(file.equals(parts)).toBe(true);
});

it('takes bytes in shared memory', async () => {
  const path = join(folder, 'part');
  const part = new ThreadedPart(await open(path, 'wx'), script, 0);
  const shared = Buffer.from(new SharedArrayBuffer(70_000));
  randomBytes(70_000).copy(shared);
  await part.write(shared.subarray(0, 69_000));
  await part.close();
  expect(readFileSync(path).equals(shared.subarray(0, 69_000))).toBe(true);
});

it('leaves all writes to the thread pool if the thread does not start', async () => {
  const { parts, file } = await written(join(folder, 'none.cjs'));
  expect(file.equals(parts)).toBe(true);
});

it('leaves all writes to the thread pool if the thread fails', async () => {
  const ending = join(folder, 'ending.cjs');
  writeFileSync(ending, "require('node:worker_threads').parentPort.on('message', () => process.exit(0));");
  const { parts, file } = await written(ending);
  expect(file.equals(parts)).toBe(true);
});

it('rejects with the error of the disk', async () => {
  const part = new ThreadedPart(await open('/dev/full', 'w'), script, 0);
  await expect(part.write(randomBytes(10))).rejects.toMatchObject({ code: 'ENOSPC' });
  await part.close();
});
