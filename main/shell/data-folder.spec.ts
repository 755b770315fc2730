import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isWritable } from './data-folder.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'perch-data-'))));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes a folder that is not there', () => {
  expect(isWritable(join(folder, 'a', 'b'))).toBe(true);
  expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  expect(isWritable(join(folder, 'a', 'b'))).toBe(true);
});

it('knows one that it can’t have', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(isWritable(join(folder, 'file'))).toBe(false);
  expect(isWritable(join(folder, 'file', 'below'))).toBe(false);
});
