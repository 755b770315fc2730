import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { ArchivePart } from '../../bridge/schema/backup-copies.js';
import { sentence } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { CopyContents } from './copy-contents.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'perch-contents-'))));
afterEach(() => removeFolder(root));

const archive = () => join(root, 'copy.tar.gz');

function looksInto(archiveOf: () => Promise<string> = () => Promise.resolve(archive())) {
  const parts: ArchivePart[] = [];
  const contents = new CopyContents({ clock: new FakeClock(), copies: { archiveOf } });
  let ended: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (ended = resolve));
  const take = (part: ArchivePart): void => {
    parts.push(part);
    if (part.end !== null) ended();
  };
  const stop = contents.source(
    { serverId: 'home/1', backup: 'b1' },
    { snapshot: take, change: take },
    { webContentsId: 1 },
  );
  return { parts, over, stop, contents };
}

it('the list comes in parts of a bounded size, and says how it ended', async () => {
  const server = join(root, 'server');
  mkdirSync(server);
  for (let at = 0; at < 2500; at++) writeFileSync(join(server, `file-${at}`), '');
  await create({ gzip: true, cwd: server, file: archive() }, ['.']);
  const { parts, over } = looksInto();
  await over;
  expect(parts[0]).toEqual({ files: [], share: 0, end: null });
  expect(Math.max(...parts.map(({ files }) => files.length))).toBe(2000);
  expect(parts.flatMap(({ files }) => files)).toHaveLength(2500);
  expect(parts.at(-1)?.end).toEqual({ isCut: false, leftOut: 0, problem: null });
});

it('a copy that is gone, or no archive, ends with its problem', async () => {
  const problem = newProblem('not-found', sentence('copies.gone'));
  const gone = looksInto(() => Promise.reject(new PerchError(problem)));
  await gone.over;
  expect(gone.parts.at(-1)?.end?.problem).toEqual(problem);
  writeFileSync(archive(), 'no archive');
  const { parts, over } = looksInto();
  await over;
  expect(parts.at(-1)?.end?.problem?.message.id).toBe('remote.bad-archive');
});

it('a window that left gets no contents', async () => {
  writeFileSync(archive(), 'no archive');
  const first = looksInto();
  first.stop();
  const second = looksInto();
  await second.over;
  expect(first.parts).toHaveLength(1);
});
