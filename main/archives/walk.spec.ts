import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Header, type ReadEntry } from 'tar';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { usualLimits, walk } from './walk.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let here: string;
beforeEach(() => (here = mkdtempSync(join(tmpdir(), 'perch-walk-'))));
afterEach(() => removeFolder(here));

function head(path: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  new Header({ path, size, type: 'File', mode: 0o644, mtime: new Date(0) }).encode(block);
  return block;
}

async function read(entry: ReadEntry): Promise<void> {
  for await (const part of entry) expect(part.length).toBeGreaterThan(0);
}

it('ends although somebody begins to read an entry after the end', { timeout: 5000 }, async () => {
  // The head of the second file ends where the walk hands on the first 256 KiB.
  const first = 256 * 1024 - 1024;
  const [one, other] = [head('one', first), head('other', 1_000_000)];
  const archive = join(here, 'archive.tar.gz');
  writeFileSync(
    archive,
    gzipSync(Buffer.concat([one, Buffer.alloc(first, 1), other, Buffer.alloc(1_001_024, 2)])),
  );
  const stop = new AbortController();
  const seen: string[] = [];
  await walk(archive, {
    limits: usualLimits,
    signal: stop.signal,
    visit: (entry) => {
      seen.push(entry.path);
      if (entry.path === 'one') return { taken: pause(20).then(() => read(entry)) };
      stop.abort();
      const late = async (): Promise<void> => {
        while (!entry.destroyed) await pause(1);
        await read(entry);
      };
      return { taken: late() };
    },
  });
  expect(seen).toEqual(['one', 'other']);
});
