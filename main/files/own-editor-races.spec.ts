/** Saves of a program at the worst moment: while Perch reads, stops or keeps a draft. */
import { beforeEach, describe, expect, it } from 'vitest';
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
let clock: FakeClock;
let draft: TextDraft | null;
let editor: OwnEditor;
/** Id of the first copy. */
const id = '1';

beforeEach(async () => {
  panel = new FakeFilesPanel();
  disk = new FakeEditedDisk();
  clock = new FakeClock();
  draft = null;
  let ids = 0;
  const keep = async (_file: unknown, kept: TextDraft): Promise<void> => {
    draft = kept;
  };
  editor = new OwnEditor({
    clock,
    random: () => 0,
    disk,
    store: new FakeEditedStore(),
    contents: new FileContents(() => panel),
    drafts: { of: async () => draft, keep },
    newId: () => String((ids += 1)),
    startedAt: () => 0,
    log: new FakeLog(),
  });
  holds('old\n');
  await editor.fetch(file, system);
});

const holds = (text: string): void => panel.put(file.path, {}, Buffer.from(text));
const theirs = (): string | undefined => panel.contents.get(file.path)?.toString();
const mine = (): string | undefined => disk.copies.get(id)?.toString();

/** Does something once, when the panel has read a file and before Perch has the content. */
function afterNextRead(act: () => void | Promise<void>): void {
  const read = panel.read.bind(panel);
  panel.read = async (path) => {
    panel.read = read;
    const bytes = await read(path);
    await act();
    return bytes;
  };
}

it('a file that is opened once more keeps a save that was made meanwhile', async () => {
  holds('newer\n');
  afterNextRead(() => disk.save(id, 'mine\n'));
  await editor.fetch(file, system);
  expect(mine()).toBe('mine\n');
  await clock.advance(1000);
  expect(theirs()).toBe('newer\n');
  expect(editor.current[0]?.state).toEqual({ kind: 'conflict', why: 'changed' });
});

it('a content that was read before an upload does not replace the uploaded copy', async () => {
  afterNextRead(async () => {
    disk.save(id, 'mine\n');
    await clock.advance(1000);
  });
  await editor.fetch(file, system);
  expect([mine(), theirs()]).toEqual(['mine\n', 'mine\n']);
});

it('stopping asks about a save that was made while another file was read', async () => {
  panel.put('/other.yml', {}, Buffer.from('other'));
  afterNextRead(() => disk.save(id, 'mine\n'));
  const fetching = editor.fetch({ ...file, path: '/other.yml' }, system);
  const stopping = editor.calls['ownEditor.stop']({ ...file, discards: false });
  await expect(stopping).rejects.toMatchObject({ problem: { code: 'conflict' } });
  await fetching;
  expect(mine()).toBe('mine\n');
});

it('a text that is saved again while its draft is kept stays as a copy', async () => {
  disk.save(id, 'first');
  const kept = editor.calls['ownEditor.keepDraft'](file);
  await Promise.resolve();
  await Promise.resolve();
  disk.save(id, 'second');
  await kept;
  expect([draft?.text, mine()]).toEqual(['first', 'second']);
});

it('a copy that somebody removed is made again when the file is opened once more', async () => {
  disk.take(id);
  await editor.fetch(file, system);
  expect(mine()).toBe('old\n');
  disk.save(id, 'mine\n');
  await clock.advance(1000);
  expect(theirs()).toBe('mine\n');
});

it('a file too large to show is replaced only while size and age stay the same', async () => {
  const large = (size: number) => {
    const bytes = Buffer.alloc(mostTextBytes + size, 'a');
    panel.put(file.path, { bytes: bytes.length, modifiedAt: size }, bytes);
  };
  const { 'ownEditor.compare': compare, 'ownEditor.upload': upload } = editor.calls;
  large(1);
  disk.save(id, 'mine\n');
  await clock.advance(1000);
  const { seen } = await compare(file);
  expect(seen).toEqual({ kind: 'too-large', bytes: mostTextBytes + 1, modifiedAt: 1 });
  large(2);
  await upload({ ...file, replaces: seen });
  expect(theirs()).toHaveLength(mostTextBytes + 2);
  expect(editor.current).toMatchObject([{ state: { kind: 'conflict', why: 'changed' } }]);
  await upload({ ...file, replaces: (await compare(file)).seen });
  expect(theirs()).toBe('mine\n');
});

it('a removed account takes its own files along alone', async () => {
  const other = { serverId: 'away/u2', path: file.path };
  await editor.fetch(other, system);
  await editor.forgetAccount('home');
  expect(editor.current).toMatchObject([other]);
  expect(disk.copies.size).toBe(1);
});

describe('a press on “Upload” while a program writes', () => {
  const upload = () => editor.calls['ownEditor.upload']({ ...file, replaces: null });

  it('waits for the end of the writing, as the repetition of a failed upload does', async () => {
    panel.problems.set('read', aProblem('panel-unreachable'));
    disk.save(id, 'mine\n');
    await clock.advance(1000);
    expect(editor.current[0]?.state.kind).toBe('failed');
    disk.save(id, '');
    const pressed = upload();
    await clock.advance(1500);
    expect(theirs()).toBe('old\n');
    disk.save(id, 'mine too\n');
    await clock.advance(1000);
    await pressed;
    expect(theirs()).toBe('mine too\n');
    expect(panel.changes.filter((one) => one.startsWith('write'))).toHaveLength(1);
  });

  it('ends with the editing', async () => {
    disk.save(id, 'm');
    const pressed = expect(upload()).rejects.toMatchObject({ problem: { code: 'not-found' } });
    await editor.stopEditing(file, { discards: true });
    await clock.advance(1000);
    await pressed;
    expect(theirs()).toBe('old\n');
  });
});

describe('a program that still has the text from before the file was opened once more', () => {
  const conflict = { kind: 'conflict', why: 'changed' };
  const state = () => editor.current[0]?.state;
  beforeEach(async () => {
    await editor.stopEditing(file, { discards: false });
    holds('motd: old\nport: 1\n');
    await editor.fetch(file, system);
    holds('motd: old\nport: 2\n');
    await editor.fetch(file, system);
  });

  it('does not take back the change of the server without a question', async () => {
    disk.save('2', 'motd: mine\nport: 1\n');
    await clock.advance(1000);
    await editor.calls['ownEditor.upload']({ ...file, replaces: null });
    expect([theirs(), state()]).toEqual(['motd: old\nport: 2\n', conflict]);
    const { seen } = await editor.calls['ownEditor.compare'](file);
    await editor.calls['ownEditor.upload']({ ...file, replaces: seen });
    expect(theirs()).toBe('motd: mine\nport: 1\n');
    disk.save('2', 'motd: mine\nport: 3\n');
    await clock.advance(1000);
    expect(theirs()).toBe('motd: mine\nport: 3\n');
  });

  it('is distinguished from a program that has the newer text', async () => {
    disk.save('2', 'motd: mine\nport: 2\n');
    await clock.advance(1000);
    expect(theirs()).toBe('motd: mine\nport: 2\n');
  });

  it('may have any of the earlier texts', async () => {
    holds('motd: old\nport: 1\nnew: yes\n');
    await editor.fetch(file, system);
    disk.save('2', 'motd: mine\nport: 1\n');
    await clock.advance(1000);
    expect(state()).toEqual(conflict);
    disk.save('2', 'motd: mine\nport: 2\n');
    await clock.advance(1000);
    expect([theirs(), state()]).toEqual(['motd: old\nport: 1\nnew: yes\n', conflict]);
  });
});

describe('the copy of a terminal', () => {
  const other = { ...file, path: '/other.yml' };
  const ofTerminal = (): string | undefined => disk.copies.get('2')?.toString();
  beforeEach(() => panel.put(other.path, {}, Buffer.from('other')));

  it('is shown and watched once the terminal left it, and its changes wait', async () => {
    const there = () => panel.contents.get(other.path)?.toString();
    const session = await editor.borrow(other);
    disk.save('2', 'mine');
    await clock.advance(10_000);
    expect([there(), editor.current.length]).toEqual(['other', 1]);
    await editor.giveBack(session);
    await clock.advance(10_000);
    expect([there(), editor.current[1]?.state]).toEqual(['other', { kind: 'left' }]);
    disk.save('2', 'more');
    await clock.advance(1000);
    expect(there()).toBe('more');
  });

  it('goes with the end of the editor there, also if a window showed the copy before', async () => {
    const session = await editor.borrow(other);
    disk.save('2', 'kept');
    await editor.giveBack(session);
    expect(editor.current).toHaveLength(2);
    const again = await editor.borrow(other);
    await again.upload({ replaces: null });
    await editor.giveBack(again);
    expect([ofTerminal(), editor.current.length]).toEqual([undefined, 1]);
  });

  it.each(['before', 'at'])('stays for a program that a window opened %s the end there', async (when) => {
    const session = await editor.borrow(other);
    const opening = when === 'at' ? undefined : await editor.fetch(other, { isGiven: true });
    await Promise.all([opening ?? editor.fetch(other, { isGiven: true }), editor.giveBack(session)]);
    expect([ofTerminal(), editor.current.length]).toEqual(['other', 2]);
    disk.save('2', 'of the program');
    await clock.advance(1000);
    expect(panel.contents.get(other.path)?.toString()).toBe('of the program');
  });

  it('stays if a program had the copy before, with whatever came of its save', async () => {
    panel.problems.set('write', aProblem('forbidden'));
    disk.save(id, 'mine\n');
    await clock.advance(1000);
    expect(editor.current[0]?.state.kind).toBe('failed');
    const session = await editor.borrow(file);
    await session.upload({ replaces: null });
    await editor.giveBack(session);
    expect([mine(), theirs()]).toEqual(['mine\n', 'mine\n']);
    expect(editor.current).toMatchObject([{ state: { kind: 'same' } }]);
  });

  it('is not uploaded in silence once the editing has ended', async () => {
    const session = await editor.borrow(other);
    disk.save('2', 'mine');
    await editor.forgetAccount('home');
    await expect(session.upload({ replaces: null })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
