import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeServerFile } from './server-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each(['eula.txt', '/eula.txt', 'a/b/eula.txt', 'a/../eula.txt'])('writes %s', async (file) => {
  expect(await writeServerFile(folder, file, 'eula=true')).toBeNull();
  expect(readFileSync(join(folder, file), 'utf8')).toBe('eula=true');
});

it.each([
  ['../eula.txt', 404],
  ['a/../../eula.txt', 404],
  ['eula\0.txt', 404],
  ['world', 400],
  ['/', 400],
  ['x'.repeat(256), 400],
])('refuses %j with %d', async (file, status) => {
  mkdirSync(join(folder, 'world'));
  expect(await writeServerFile(folder, file, 'x')).toMatchObject({ status });
});
