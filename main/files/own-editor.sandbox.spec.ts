/** Real files, the system's own reports of changes, and programs that save in the ways of real editors. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { removeFolder } from '../../tests/support/remove-folder.js';
import { systemClock as clock } from '../base/clock.js';
import { EditedFilesFile } from '../disk/edited-files-file.js';
import { EditedFolder } from '../disk/edited-folder.js';
import { FileContents } from './file-contents.js';
import { OwnEditor } from './own-editor.js';

const file = { serverId: 'home/u1', path: '/config/a.yml' };
const mine = Buffer.from('mine: \xff\r\n', 'latin1');

let folder: string;
let panel: FakeFilesPanel;
let editor: OwnEditor;
const setAside = vi.fn();

function run(): OwnEditor {
  return new OwnEditor({
    clock,
    random: Math.random,
    disk: new EditedFolder(folder),
    store: new EditedFilesFile(folder, new FakeLog(), setAside),
    contents: new FileContents(() => panel),
    drafts: { of: () => Promise.resolve(null), keep: () => Promise.resolve() },
    newId: () => '00000000000000aa',
    startedAt: () => 0,
    log: new FakeLog(),
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-edited-'));
  panel = new FakeFilesPanel();
  panel.put(file.path, {}, Buffer.from('old: 1\n'));
  writeFileSync(join(folder, 'mine'), mine);
  editor = run();
  setAside.mockClear();
});
afterEach(async () => {
  editor.stop();
  // A list that is on its way to the disk may still come into the folder.
  await removeFolder(folder);
});

const uploads = (): number => panel.changes.filter((one) => one.startsWith('write ')).length;
const onServer = (): Buffer | undefined => panel.contents.get(file.path);

/** Runs a shell script with the copy as its first argument and the new content as its second. */
async function saveBy(script: string): Promise<void> {
  const { path } = await editor.fetch(file, { isGiven: false });
  const program = spawn('sh', ['-c', script, 'editor', path, join(folder, 'mine')], { stdio: 'ignore' });
  await once(program, 'exit');
}

it.skipIf(process.platform === 'win32')('the copy is for this user alone', async () => {
  const { path } = await editor.fetch(file, { isGiven: false });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(folder, 'edited-files.json'), 'utf8')).not.toContain('old: 1');
});

describe.skipIf(process.platform === 'win32')(
  'a save is uploaded once, byte by byte, by a program that',
  () => {
    it.each([
      ['writes over the file', 'cat "$2" > "$1"'],
      ['writes another file and renames it', 'cat "$2" > "$1.tmp"; mv "$1.tmp" "$1"'],
      ['moves the file to a backup first', 'mv "$1" "$1~"; sleep 0.5; cat "$2" > "$1"; rm "$1~"'],
      ['empties the file and writes later', ': > "$1"; sleep 0.8; cat "$2" > "$1"'],
      ['hands over to a running instance and exits', '(sleep 0.6; cat "$2" > "$1") & exit 0'],
      ['writes twice at once', 'printf one > "$1"; cat "$2" > "$1"'],
      ['writes in parts', 'head -c 3 "$2" > "$1"; sleep 0.15; tail -c +4 "$2" >> "$1"'],
    ])('%s', async (_how, script) => {
      await saveBy(script);
      await vi.waitFor(() => expect(onServer()).toEqual(mine), { timeout: 10_000 });
      await vi.waitFor(() => expect(editor.current[0]?.state.kind).toBe('same'), { timeout: 5000 });
      expect(uploads()).toBe(1);
    });
  },
);

describe('the next run', () => {
  it.skipIf(process.platform === 'win32')(
    'finds copies that were not uploaded, and removes stopped ones',
    async () => {
      panel.put(file.path, {}, Buffer.from('old: 1\n'));
      await saveBy('cat "$2" > "$1"');
      editor.stop();
      const next = (editor = run());
      await next.start(['home']);
      expect(next.current).toMatchObject([{ ...file, state: { kind: 'left' } }]);
      await next.calls['ownEditor.upload']({ ...file, replaces: null });
      expect(onServer()).toEqual(mine);
      await next.calls['ownEditor.stop']({ ...file, discards: false });
      expect(readdirSync(join(folder, 'edited'))).toEqual([]);
      expect(JSON.parse(readFileSync(join(folder, 'edited-files.json'), 'utf8'))).toMatchObject({
        files: [],
      });
    },
  );

  it('keeps a damaged list aside, and the copies', async () => {
    const { path } = await editor.fetch(file, { isGiven: false });
    editor.stop();
    writeFileSync(join(folder, 'edited-files.json'), '{"version":1,"files":[{"id":"../../etc"}]}');
    editor = run();
    await editor.start(['home']);
    expect(editor.current).toEqual([]);
    expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ content: 'edited', why: 'damaged' }));
    expect(existsSync(path)).toBe(true);
  });
});
