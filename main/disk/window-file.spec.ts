import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeLog } from '../../tests/support/fake-log.js';
import { WindowFile } from './window-file.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-window-'))));
afterEach(() => removeFolder(folder));

const open = (where = folder) => new WindowFile(where, new FakeLog());
const kept = {
  bounds: { x: -20, y: 40, width: 1000, height: 700 },
  isMaximized: true,
  view: { kind: 'server', serverId: 'home/1', tab: 'events' },
} as const;

it('the saved bounds and view are read again', async () => {
  expect(await open().load()).toBeNull();
  await open().save(kept);
  expect(await open().load()).toEqual(kept);
});

it.each([
  ['damaged', '{"version":1,"bounds":{"x":"left"},"isMaximized":true,"view":null}'],
  ['cut off', '{"version":1,"bou'],
  ['of a newer Perch', '{"version":2,"bounds":null,"isMaximized":true,"view":null}'],
  [
    'out of this world',
    '{"version":1,"bounds":{"x":1e300,"y":0,"width":9,"height":9},"isMaximized":false,"view":null}',
  ],
  [
    'without a size',
    '{"version":1,"bounds":{"x":0,"y":0,"width":0,"height":9},"isMaximized":false,"view":null}',
  ],
])('a file that is %s counts as missing, and is replaced', async (_what, text) => {
  writeFileSync(join(folder, 'window.json'), text);
  expect(await open().load()).toBeNull();
  await open().save(kept);
  expect(await open().load()).toEqual(kept);
});

it('a view that this version lacks is left out, and the bounds stay', async () => {
  const view = { kind: 'settings', section: 'backup' };
  writeFileSync(join(folder, 'window.json'), JSON.stringify({ version: 1, ...kept, view }));
  expect(await open().load()).toEqual({ ...kept, view: null });
});

it('a failed write is ignored', async () => {
  await expect(open(join(folder, 'missing', 'folder')).save(kept)).resolves.toBeUndefined();
});
