import { beforeEach, describe, expect, it } from 'vitest';
import type { EditedState, SeenContent } from '../../bridge/schema/edited-files.js';
import { mostTextBytes, type TextDraft } from '../../bridge/schema/texts.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeEditedDisk, FakeEditedStore } from '../../tests/support/fake-edited-disk.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { FileContents } from './file-contents.js';
import { OwnEditor } from './own-editor.js';

const file = { serverId: 'home/u1', path: '/config/a.yml' };
const system = { isGiven: false };

let panel: FakeFilesPanel;
let disk: FakeEditedDisk;
let store: FakeEditedStore;
let clock: FakeClock;
let draft: TextDraft | null;
let editor: OwnEditor;
let ids: number;

function run(): OwnEditor {
  return new OwnEditor({
    clock,
    random: () => 0,
    disk,
    store,
    contents: new FileContents(() => panel),
    drafts: {
      of: async () => draft,
      keep: async (_file, kept) => {
        draft = kept;
      },
    },
    newId: () => (ids += 1).toString(16).padStart(16, '0'),
    startedAt: () => clock.wall(),
    log: new FakeLog(),
  });
}

beforeEach(() => {
  panel = new FakeFilesPanel();
  disk = new FakeEditedDisk();
  store = new FakeEditedStore();
  clock = new FakeClock();
  draft = null;
  ids = 0;
  editor = run();
  holds('old\n');
});

const holds = (text: string): void => panel.put(file.path, { bytes: text.length }, Buffer.from(text));
const theirs = (): string | undefined => panel.contents.get(file.path)?.toString();
const id = (): string => store.records[0]?.id ?? '';
const mine = (): string | undefined => disk.copies.get(id())?.toString();
const state = (): EditedState | undefined => editor.current[0]?.state;
const compare = () => editor.calls['ownEditor.compare'](file);
const upload = (replaces: SeenContent | null) => editor.calls['ownEditor.upload']({ ...file, replaces });
/** A person compares, and replaces the shown text. */
const replace = async () => upload((await compare()).seen);
const stop = (discards: boolean) => editor.calls['ownEditor.stop']({ ...file, discards });

async function opened(): Promise<void> {
  await editor.fetch(file, system);
}
/** The program saves, and Perch has the time to upload. */
async function saved(content: string | Buffer): Promise<void> {
  disk.save(id(), content);
  await clock.advance(1000);
}
/** The next run of Perch, after a run that ended at once. */
async function restarted(accountIds: readonly string[] = ['home']): Promise<void> {
  editor.stop();
  editor = run();
  await editor.start(accountIds);
}

describe('a copy', () => {
  it('has the bytes of the file and its ending, and is on the list before a program opens it', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 254]);
    panel.put('/world/level.dat', {}, bytes);
    const { path } = await editor.fetch({ ...file, path: '/world/level.dat' }, system);
    expect(path).toBe(`/edited/${id()}/level.dat`);
    expect(disk.copies.get(id())).toEqual(bytes);
    expect(editor.current).toEqual([
      { ...file, path: '/world/level.dat', isText: false, state: { kind: 'same', uploadedAt: null } },
    ]);
  });

  it('is made again from the server unless it has changes to upload', async () => {
    await opened();
    holds('newer\n');
    expect((await editor.fetch(file, system)).isNew).toBe(false);
    expect(mine()).toBe('newer\n');
    await clock.advance(5000);
    expect(panel.changes).not.toContain(`write ${file.path}`);
    panel.problems.set('write', aProblem('forbidden'));
    await saved('mine\n');
    holds('newest\n');
    await editor.fetch(file, system);
    expect(mine()).toBe('mine\n');
    expect(disk.copies.size).toBe(1);
  });

  it('of a file that is too large, gone or risky is refused and leaves nothing', async () => {
    holds('a'.repeat(mostTextBytes + 1));
    await expect(opened()).rejects.toMatchObject({ problem: { code: 'invalid' } });
    await expect(editor.fetch({ ...file, path: '/none' }, system)).rejects.toThrow();
    panel.put('/run.exe', {}, Buffer.from([0, 1]));
    await expect(editor.fetch({ ...file, path: '/run.exe' }, system)).rejects.toMatchObject({
      problem: { message: { id: 'own-editor.no-program' } },
    });
    expect([disk.copies.size, store.records, editor.current]).toEqual([0, [], []]);
  });

  it('that was made for a named program is not given to the system’s one', async () => {
    const script = { ...file, path: '/start.sh' };
    panel.put(script.path, {}, Buffer.from('java'));
    await editor.fetch(script, { isGiven: true });
    await expect(editor.fetch(script, system)).rejects.toMatchObject({
      problem: { message: { id: 'own-editor.no-program' } },
    });
  });

  it('that can’t be written is forgotten', async () => {
    disk.refusesWrites = true;
    await expect(opened()).rejects.toMatchObject({ problem: { message: { id: 'own-editor.unwritten' } } });
    disk.refusesWrites = false;
    store.refuses = true;
    await expect(opened()).rejects.toThrow();
    expect([disk.copies.size, editor.current]).toEqual([0, []]);
  });
});

describe('a save', () => {
  it('is uploaded, byte by byte, and reported at each step', async () => {
    await opened();
    const told: (string | undefined)[] = [];
    editor.listen(([one]) => void told.push(one?.state.kind));
    const bytes = Buffer.from([239, 187, 191, 13, 255]);
    await saved(bytes);
    expect(panel.contents.get(file.path)).toEqual(bytes);
    expect(told).toEqual(['saved', 'uploading', 'same']);
    expect(state()).toEqual({ kind: 'same', uploadedAt: expect.any(Number) as number });
  });

  it('is found on systems that report no changes', async () => {
    await opened();
    disk.reports = false;
    disk.save(id(), 'mine\n');
    await clock.advance(3000);
    expect(theirs()).toBe('mine\n');
  });

  it('is uploaded once nobody writes any more', async () => {
    await opened();
    for (const text of ['m', 'mi', 'min', 'mine\n']) {
      disk.save(id(), text);
      await clock.advance(200);
    }
    expect(theirs()).toBe('old\n');
    await clock.advance(1000);
    expect(panel.changes.filter((one) => one.startsWith('write'))).toHaveLength(1);
    expect(theirs()).toBe('mine\n');
  });

  it('of a program that empties the file first, or removes it, uploads the content alone', async () => {
    await opened();
    disk.save(id(), '');
    await clock.advance(1500);
    disk.save(id(), 'mine\n');
    await clock.advance(1000);
    disk.take(id());
    await clock.advance(10_000);
    disk.save(store.records[0]?.id ?? '', 'more\n');
    await clock.advance(1000);
    expect(theirs()).toBe('more\n');
    expect(panel.changes.filter((one) => one.startsWith('write'))).toHaveLength(2);
  });

  it('without a change uploads nothing, and of an empty file is uploaded after a while', async () => {
    await opened();
    await saved('old\n');
    expect(state()).toEqual({ kind: 'same', uploadedAt: null });
    expect(panel.changes.filter((one) => one.startsWith('write'))).toEqual([]);
    await saved('');
    expect(theirs()).toBe('old\n');
    await clock.advance(2000);
    expect(theirs()).toBe('');
  });

  it('during an upload is uploaded after it', async () => {
    await opened();
    let answer = (): void => undefined;
    const write = panel.write.bind(panel);
    panel.write = async (path, content) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return write(path, content);
    };
    await saved('one\n');
    expect(state()).toEqual({ kind: 'uploading' });
    await saved('two\n');
    answer();
    await clock.advance(1000);
    answer();
    await clock.advance(10);
    expect(theirs()).toBe('two\n');
    expect(state()?.kind).toBe('same');
  });

  it('that is too large is refused, on a press as well, and is never lost', async () => {
    await opened();
    await saved('a'.repeat(mostTextBytes + 1));
    const refused = { kind: 'failed', retryAt: null, problem: { message: { id: 'own-editor.too-large' } } };
    expect(state()).toMatchObject(refused);
    await upload(null);
    expect([state(), theirs()]).toMatchObject([refused, 'old\n']);
    expect((await compare()).mine).toEqual({ kind: 'refused', why: 'too-large' });
    await expect(editor.calls['ownEditor.keepDraft'](file)).rejects.toMatchObject({
      problem: { message: { id: 'own-editor.too-large' } },
    });
    await expect(stop(false)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    await restarted();
    expect(state()).toEqual({ kind: 'left' });
    await saved('mine\n');
    expect(theirs()).toBe('mine\n');
  });

  it('that fails is repeated by itself if the failure passes, else at the next save', async () => {
    await opened();
    panel.problems.set('read', aProblem('panel-unreachable'));
    await saved('mine\n');
    expect(state()).toMatchObject({ kind: 'failed', retryAt: expect.any(Number) as number });
    await clock.advance(3000);
    expect(theirs()).toBe('mine\n');
    panel.problems.set('write', aProblem('forbidden'));
    await saved('two\n');
    await clock.advance(600_000);
    expect(state()).toMatchObject({ kind: 'failed', retryAt: null, problem: { code: 'forbidden' } });
    await saved('three\n');
    expect(theirs()).toBe('three\n');
  });
});

describe('a change of somebody else', () => {
  beforeEach(async () => {
    await opened();
    holds('theirs\n');
    await saved('mine\n');
  });

  it('is not overwritten, also by further saves, until the person agrees', async () => {
    expect(state()).toEqual({ kind: 'conflict', why: 'changed' });
    await saved('mine too\n');
    await upload(null);
    expect(theirs()).toBe('theirs\n');
    await replace();
    expect(theirs()).toBe('mine too\n');
    await saved('more\n');
    expect(theirs()).toBe('more\n');
  });

  it('can be compared, and is not overwritten without a comparison', async () => {
    const compared = await compare();
    expect(compared).toMatchObject({ theirs: { text: 'theirs\n' }, mine: { text: 'mine\n' } });
    expect(compared.facts).toMatchObject({ there: { bytes: 7 }, mine: { bytes: 5 } });
    holds('newer\n');
    for (let press = 0; press < 3; press += 1) await upload(compared.seen);
    expect([theirs(), state()]).toEqual(['newer\n', { kind: 'conflict', why: 'changed' }]);
    await replace();
    expect(theirs()).toBe('mine\n');
  });

  it('that removed the file is reported, and only a press makes the file again', async () => {
    await replace();
    await panel.remove('/config', ['a.yml']);
    await saved('again\n');
    expect(state()).toEqual({ kind: 'conflict', why: 'gone' });
    expect(await compare()).toMatchObject({ theirs: { kind: 'gone' }, seen: { kind: 'gone' } });
    holds('somebody’s\n');
    await upload({ kind: 'gone' });
    expect([theirs(), state()]).toEqual(['somebody’s\n', { kind: 'conflict', why: 'changed' }]);
    await panel.remove('/config', ['a.yml']);
    await upload(null);
    await upload({ kind: 'gone' });
    expect(theirs()).toBe('again\n');
  });

  it('leaves the own text as a draft, but never over another draft', async () => {
    draft = { text: 'typed in Perch', format: { encoding: 'utf-8', bom: false }, version: '0'.repeat(64) };
    const keep = () => editor.calls['ownEditor.keepDraft'](file);
    await expect(keep()).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(draft.text).toBe('typed in Perch');
    draft = null;
    await keep();
    expect(draft).toMatchObject({ text: 'mine\n' });
    expect([disk.copies.size, store.records, editor.current]).toEqual([0, [], []]);
    expect(theirs()).toBe('theirs\n');
  });
});

describe('stopping', () => {
  it('removes copies that the server has, and asks before changes are lost', async () => {
    await opened();
    await stop(false);
    expect([disk.copies.size, store.records, disk.watched]).toEqual([0, [], 0]);
    await opened();
    disk.save(id(), 'not yet uploaded');
    await expect(stop(false)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(mine()).toBe('not yet uploaded');
    await stop(true);
    expect([disk.copies.size, store.records]).toEqual([0, []]);
  });

  it('is not done for a copy that can’t be read', async () => {
    await opened();
    disk.refusesReads = true;
    await expect(stop(false)).rejects.toThrow();
    expect(editor.current).toHaveLength(1);
  });
});

describe('the next start', () => {
  it('names copies that were not uploaded, and uploads on a press or a save', async () => {
    await opened();
    disk.save(id(), 'mine\n');
    await restarted();
    expect(state()).toEqual({ kind: 'left' });
    await clock.advance(60_000);
    expect(theirs()).toBe('old\n');
    await upload(null);
    expect(theirs()).toBe('mine\n');
    await restarted();
    expect(state()).toEqual({ kind: 'same', uploadedAt: null });
    await saved('more\n');
    expect(theirs()).toBe('more\n');
  });

  it('overwrites no change that came meanwhile', async () => {
    await opened();
    disk.save(id(), 'mine\n');
    holds('theirs\n');
    await restarted();
    await upload(null);
    expect([theirs(), state()]).toEqual(['theirs\n', { kind: 'conflict', why: 'changed' }]);
  });

  it('finds an upload that was not noted', async () => {
    await opened();
    disk.save(id(), 'mine\n');
    holds('mine\n');
    await restarted();
    await upload(null);
    expect(state()?.kind).toBe('same');
  });

  it('removes copies without changes after a day, and those of removed accounts', async () => {
    await opened();
    await restarted();
    expect(disk.copies.size).toBe(1);
    clock.jump(90_000_000);
    await restarted();
    expect([disk.copies.size, store.records]).toEqual([0, []]);
    await opened();
    disk.save(id(), 'mine\n');
    await restarted(['away']);
    expect([disk.copies.size, store.records]).toEqual([0, []]);
  });

  it('keeps everything if no account is known, and drops an entry without a copy', async () => {
    await opened();
    disk.save(id(), 'mine\n');
    await restarted([]);
    expect(state()).toEqual({ kind: 'left' });
    disk.copies.clear();
    await restarted();
    expect([store.records, editor.current]).toEqual([[], []]);
  });
});
