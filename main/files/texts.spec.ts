import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { mostTextBytes, type TextDraft } from '../../bridge/schema/texts.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { FileContents, type SeenText } from './file-contents.js';
import { versionOf } from './text-format.js';
import { Texts, type TextDraftStore } from './texts.js';

const file = { serverId: 'home/u1', path: '/config/a.yml' };
const utf8 = { encoding: 'utf-8', bom: false } as const;

/** A panel whose next write may never come. */
class LossyFiles extends FakeFilesPanel {
  losesWrite = false;

  override write(path: string, content: Uint8Array): Promise<void> {
    if (!this.losesWrite) return super.write(path, content);
    this.losesWrite = false;
    return Promise.reject(new PerchError(aProblem('timeout', { maybeDone: true })));
  }
}

class FakeDrafts implements TextDraftStore {
  draft: TextDraft | null = null;

  async of(): Promise<TextDraft | null> {
    return this.draft;
  }

  async keep(_file: unknown, draft: TextDraft): Promise<void> {
    this.draft = draft;
  }

  async drop(): Promise<void> {
    this.draft = null;
  }

  async dropSaved(_file: unknown, text: string): Promise<void> {
    if (this.draft?.text === text) this.draft = null;
  }
}

let panel: LossyFiles;
let drafts: FakeDrafts;
let seen: SeenText[];
let draftsSeen: string[];
let texts: Texts;
/** Servers whose account was removed. */
let gone: Set<string>;

beforeEach(() => {
  panel = new LossyFiles();
  holds('old\n');
  drafts = new FakeDrafts();
  seen = [];
  gone = new Set();
  const contents = new FileContents(() => panel);
  draftsSeen = [];
  texts = new Texts({
    contents,
    drafts,
    draftSeen: ({ path }) => void draftsSeen.push(path),
    isKnown: (id) => !gone.has(id),
  });
  contents.seen.listen((one) => void seen.push(one));
});

const holds = (text: string): void => panel.put(file.path, {}, Buffer.from(text));
const open = () => texts.calls['texts.open'](file);
async function opened() {
  const found = (await open()).opened;
  if (found.kind !== 'text') throw new Error(found.kind);
  return found;
}
const save = (text: string, version: string | null, format: TextDraft['format'] = utf8) =>
  texts.calls['texts.save']({ ...file, text, format, version });
const now = (): string | undefined => panel.contents.get(file.path)?.toString();

describe('texts.open', () => {
  it('reads a file, with the draft of it', async () => {
    drafts.draft = { text: 'draft', format: utf8, version: versionOf(Buffer.from('old\n')) };
    expect(await open()).toEqual({
      opened: { kind: 'text', text: 'old\n', format: utf8, version: versionOf(Buffer.from('old\n')) },
      draft: drafts.draft,
    });
    expect(seen).toMatchObject([{ ...file, why: 'read' }]);
    expect(draftsSeen).toEqual([file.path]);
  });

  it('keeps no draft of a server whose panel was removed', async () => {
    gone.add(file.serverId);
    await texts.calls['texts.keepDraft']({ ...file, draft: { text: 'draft', format: utf8, version: '0' } });
    expect(drafts.draft).toBeNull();
  });

  it('gives the draft of a file that is gone', async () => {
    drafts.draft = { text: 'draft', format: utf8, version: versionOf(Buffer.from('old\n')) };
    await panel.remove('/config', ['a.yml']);
    expect(await open()).toEqual({ opened: { kind: 'gone' }, draft: drafts.draft });
  });

  it('refuses a missing file without a draft, and an unreadable file', async () => {
    panel.problems.set('read', aProblem('node-unreachable'));
    drafts.draft = { text: 'draft', format: utf8, version: versionOf(Buffer.from('old\n')) };
    await expect(open()).rejects.toMatchObject({ problem: { code: 'node-unreachable' } });
    drafts.draft = null;
    await panel.remove('/config', ['a.yml']);
    await expect(open()).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });

  it('reads a file whose draft can’t be read', async () => {
    drafts.of = () => Promise.reject(new Error('EACCES'));
    expect(await open()).toMatchObject({ opened: { kind: 'text', text: 'old\n' }, draft: null });
  });

  it('refuses a file that is larger than the editor saves', async () => {
    holds('a'.repeat(mostTextBytes + 1));
    expect((await open()).opened).toEqual({ kind: 'refused', why: 'too-large' });
    expect(seen).toEqual([]);
  });
});

describe('texts.save', () => {
  it('reads the file again, writes the bytes and forgets the draft', async () => {
    const { version } = await opened();
    drafts.draft = { text: 'new\r\n', format: utf8, version };
    panel.asked.length = 0;
    expect(await save('new\r\n', version)).toEqual({ saved: versionOf(Buffer.from('new\r\n')) });
    expect(panel.asked).toEqual([`read ${file.path}`, `write ${file.path}`]);
    expect(now()).toBe('new\r\n');
    expect(drafts.draft).toBeNull();
    expect(seen.at(-1)).toMatchObject({ why: 'written', bytes: Buffer.from('new\r\n') });
  });

  it('writes no text over a change of somebody else, and gives both versions', async () => {
    const { version } = await opened();
    drafts.draft = { text: 'mine', format: utf8, version };
    holds('theirs\n');
    expect(await save('mine', version)).toMatchObject({ changed: { kind: 'text', text: 'theirs\n' } });
    expect(now()).toBe('theirs\n');
    expect(drafts.draft?.text).toBe('mine');
  });

  it('writes over a change of somebody else when the person has seen that change', async () => {
    const { version } = await opened();
    holds('theirs\n');
    const answer = await save('mine', version);
    const theirs = 'changed' in answer && answer.changed.kind === 'text' ? answer.changed.version : '';
    expect(await save('both', theirs)).toEqual({ saved: versionOf(Buffer.from('both')) });
    expect(now()).toBe('both');
  });

  it('finds no change in a text that somebody else saved alike', async () => {
    const { version } = await opened();
    holds('mine');
    expect(await save('mine', version)).toEqual({ saved: versionOf(Buffer.from('mine')) });
  });

  it('says that the file is gone, and makes the file when the person wants it', async () => {
    const { version } = await opened();
    await panel.remove('/config', ['a.yml']);
    expect(await save('mine', version)).toEqual({ gone: true });
    expect(now()).toBeUndefined();
    await save('mine', null);
    expect(now()).toBe('mine');
  });

  it('makes a file again that is gone, and overwrites no change', async () => {
    const { version } = await opened();
    const saveOrMake = () =>
      texts.calls['texts.save']({ ...file, text: 'mine', format: utf8, version, makes: true });
    holds('theirs\n');
    expect(await saveOrMake()).toMatchObject({ changed: { text: 'theirs\n' } });
    await panel.remove('/config', ['a.yml']);
    expect(await saveOrMake()).toEqual({ saved: versionOf(Buffer.from('mine')) });
    expect(now()).toBe('mine');
  });

  it('says that the file can’t be read while it may still be there', async () => {
    const { version } = await opened();
    panel.problems.set('read', aProblem('node-unreachable'));
    await expect(save('mine', version)).rejects.toMatchObject({ problem: { code: 'node-unreachable' } });
    expect(now()).toBe('old\n');
  });

  it.each([
    ['carried out', true],
    ['lost', false],
  ])('reads the file after an answer that did not come: %s', async (_what, isSaved) => {
    const { version } = await opened();
    panel.losesWrite = !isSaved;
    panel.problems.set('write', aProblem('timeout', { maybeDone: true }));
    if (isSaved) expect(await save('mine', version)).toEqual({ saved: versionOf(Buffer.from('mine')) });
    else await expect(save('mine', version)).rejects.toMatchObject({ problem: { maybeDone: true } });
    expect(now()).toBe(isSaved ? 'mine' : 'old\n');
  });

  it('keeps unsaved text of another window when an earlier text is put back', async () => {
    const { version } = await opened();
    drafts.draft = { text: 'mine', format: utf8, version };
    await save('earlier\n', version);
    expect(drafts.draft.text).toBe('mine');
  });

  it('waits for no save of another server', async () => {
    const other = { serverId: 'away/u2', path: file.path };
    const slow = new FakeFilesPanel();
    let answer = (): void => undefined;
    slow.write = () => new Promise((resolve) => (answer = resolve));
    texts = new Texts({
      contents: new FileContents((id) => (id === other.serverId ? slow : panel)),
      drafts,
      draftSeen: () => undefined,
      isKnown: (id) => !gone.has(id),
    });
    const waiting = texts.calls['texts.save']({ ...other, text: 'a', format: utf8, version: null });
    const isFirst = await Promise.race([
      save('mine', null).then(() => true),
      new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
    ]);
    answer();
    await waiting;
    expect(isFirst).toBe(true);
  });

  it('keeps the draft of a text that was refused', async () => {
    const { version } = await opened();
    drafts.draft = { text: 'mine', format: utf8, version };
    panel.problems.set('write', aProblem('conflict'));
    await expect(save('mine', version)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(drafts.draft.text).toBe('mine');
  });

  it.each([
    [
      'has characters that the encoding lacks',
      '5 €',
      { encoding: 'latin-1', bom: false },
      'texts.unencodable',
    ],
    ['is too long in bytes', 'ü'.repeat(mostTextBytes / 2 + 1), utf8, 'texts.too-long'],
  ] as const)('asks nothing for a text that %s', async (_what, text, format, id) => {
    await expect(save(text, null, format)).rejects.toMatchObject({ problem: { message: { id } } });
    expect(panel.asked).toEqual([]);
  });
});

/** A person with the editor open: what they opened, and the texts that they typed and could not save yet. */
interface Writer {
  readonly name: string;
  version: string;
  text: string;
  unsaved: string[];
}

it('loses no text of two people and the game, in 500 histories', async () => {
  const step = fc.record({
    who: fc.constantFrom('a', 'b', 'game'),
    fate: fc.constantFrom(null, null, null, 'refused' as const, 'answer-lost' as const, 'lost' as const),
    does: fc.constantFrom('open', 'type', 'save', 'save', 'settle'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), async (steps) => {
      holds('start;');
      const writers = new Map<string, Writer>();
      const written: string[] = ['start;'];
      let number = 0;
      for (const { who, fate, does } of steps) {
        number += 1;
        if (who === 'game') {
          const text = `${now() ?? ''}game${number};`;
          written.push(`game${number};`);
          holds(text);
          continue;
        }
        const writer = writers.get(who);
        if (writer === undefined || does === 'open') {
          // A file with unsaved text stays open.
          if (writer === undefined || writer.unsaved.length === 0) {
            const { text, version } = await opened();
            writers.set(who, { name: who, version, text, unsaved: [] });
          }
          continue;
        }
        if (does === 'type') {
          const typed = `${who}${number};`;
          writer.unsaved.push(typed);
          writer.text += typed;
          continue;
        }
        panel.losesWrite = fate === 'lost';
        panel.problems.clear();
        if (fate === 'answer-lost') panel.problems.set('write', aProblem('timeout', { maybeDone: true }));
        if (fate === 'refused') panel.problems.set('write', aProblem('conflict'));
        const answer = await save(writer.text, writer.version).catch(() => null);
        if (answer === null) continue;
        if ('saved' in answer) {
          written.push(...writer.unsaved);
          Object.assign(writer, { version: answer.saved, unsaved: [] });
        } else if ('changed' in answer && answer.changed.kind === 'text' && does === 'settle') {
          // The person puts the own lines behind the other's.
          const missing = writer.unsaved.filter(
            (typed) => !(answer.changed.kind === 'text' && answer.changed.text.includes(typed)),
          );
          Object.assign(writer, {
            version: answer.changed.version,
            text: answer.changed.text + missing.join(''),
          });
        }
      }
      const end = now() ?? '';
      const held = [...writers.values()].flatMap(({ unsaved }) => unsaved);
      for (const typed of written) expect(end).toContain(typed);
      for (const { text, unsaved } of writers.values())
        for (const typed of unsaved) expect(text).toContain(typed);
      expect(new Set([...written, ...held]).size).toBe(written.length + held.length);
    }),
    { numRuns: 500 },
  );
});
