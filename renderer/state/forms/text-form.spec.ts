import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenedText, TextDraft } from '../../../bridge/schema/texts.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { TextForm } from './text-form.svelte.js';

const serverId = 'home/u1';
const path = '/server.properties';
const format = { encoding: 'utf-8', bom: false } as const;
const versions = { old: 'a'.repeat(64), saved: 'b'.repeat(64), theirs: 'c'.repeat(64) };
const text = (content: string, version = versions.old): OpenedText => ({
  kind: 'text',
  text: content,
  format,
  version,
});

let bridge: FakeBridge;
let form: TextForm;

beforeEach(() => {
  vi.useFakeTimers();
  bridge = new FakeBridge();
  form = new TextForm(new PerchClient(bridge), serverId);
});
afterEach(() => void vi.useRealTimers());

const inputs = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const calls = (): string[] => bridge.calls.map(({ name }) => name);

async function opens(opened: OpenedText = text('old'), draft: TextDraft | null = null): Promise<void> {
  bridge.answer('texts.open', { opened, draft });
  await form.open(path);
  bridge.calls.length = 0;
}

describe('a text that was opened', () => {
  it('is shown, and has no changes', async () => {
    await opens();
    expect([form.text, form.isEdited, form.isUnkept, form.base]).toEqual(['old', false, false, 'old']);
  });

  it('is not read again while it has unsaved text', async () => {
    await opens();
    form.edit('new');
    await form.open(path);
    expect(calls()).not.toContain('texts.open');
    expect(form.text).toBe('new');
  });

  it('keeps text typed while it is read again, and saves that over the version it came from', async () => {
    await opens();
    const release = bridge.hold('texts.open');
    const reading = form.read();
    form.edit('mine');
    release({ opened: text('theirs', versions.theirs), draft: null });
    await reading;
    expect([form.text, form.base]).toEqual(['mine', 'old']);
    bridge.answer('texts.save', { saved: versions.saved });
    await form.save();
    expect(inputs('texts.save')).toEqual([{ serverId, path, text: 'mine', format, version: versions.old }]);
  });

  it('gives way to no other file while its unsaved text can’t be kept', async () => {
    await opens();
    form.edit('new');
    bridge.refuse('texts.keepDraft', aProblem('conflict'));
    await form.open('/other');
    expect([form.path, form.text, form.keeping.problem?.code]).toEqual([path, 'new', 'conflict']);
    expect(calls()).not.toContain('texts.open');
  });

  it('keeps text typed while another file replaces the text', async () => {
    await opens();
    form.edit('new');
    const kept = bridge.hold('texts.keepDraft');
    const other = form.open('/other');
    form.edit('newer');
    kept(undefined);
    await other;
    expect(inputs('texts.keepDraft')).toMatchObject([
      { draft: { text: 'new' } },
      { draft: { text: 'newer' } },
    ]);
    expect(form.path).toBe('/other');
  });

  it('shows an unsaved text of an earlier run, and says whether the file has changed since', async () => {
    await opens(text('old'), { text: 'draft', format, version: versions.old });
    expect([form.text, form.isRestored, form.isEdited, form.isUnkept]).toEqual(['draft', true, true, false]);
    expect(form.base).toBe('old');
    await form.close();
    await opens(text('theirs', versions.theirs), { text: 'draft', format, version: versions.old });
    expect([form.text, form.base]).toEqual(['draft', null]);
  });

  it('shows no draft that equals the file', async () => {
    await opens(text('old'), { text: 'old', format, version: versions.theirs });
    expect([form.isRestored, form.isEdited]).toEqual([false, false]);
  });

  it('is the unsaved text of a file that is gone, which is made again if the person wants it', async () => {
    bridge.answer('texts.open', {
      opened: { kind: 'gone' },
      draft: { text: 'draft', format, version: versions.old },
    });
    await form.open(path);
    expect([form.text, form.isGone, form.isRestored, form.isEdited]).toEqual(['draft', true, true, true]);
    bridge.answer('texts.save', { saved: versions.saved });
    await form.save({ anyway: true });
    expect(inputs('texts.save')).toMatchObject([{ text: 'draft', version: null }]);
    expect([form.isGone, form.isEdited]).toEqual([false, false]);
  });

  it('is no text if main refuses the file', async () => {
    await opens({ kind: 'refused', why: 'binary' });
    form.edit('x');
    await form.save();
    expect([form.isEdited, calls()]).toEqual([false, []]);
  });
});

describe('unsaved text', () => {
  it('is kept a second after the first key, and once for all keys until then', async () => {
    await opens();
    form.edit('n');
    await vi.advanceTimersByTimeAsync(500);
    form.edit('ne');
    expect(form.isUnkept).toBe(true);
    await vi.advanceTimersByTimeAsync(600);
    expect(inputs('texts.keepDraft')).toEqual([
      { serverId, path, draft: { text: 'ne', format, version: versions.old } },
    ]);
    expect([form.isUnkept, form.isEdited]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(inputs('texts.keepDraft')).toHaveLength(1);
  });

  it('counts as unkept while main can’t keep it', async () => {
    await opens();
    bridge.refuse('texts.keepDraft', aProblem('conflict'));
    form.edit('new');
    await vi.advanceTimersByTimeAsync(1000);
    expect([form.isUnkept, form.keeping.problem?.code]).toEqual([true, 'conflict']);
    await form.close();
    expect([form.path, form.text]).toEqual([path, 'new']);
  });

  it('is kept when the person leaves the file, and the next file begins without it', async () => {
    await opens();
    form.edit('new');
    bridge.answer('texts.open', { opened: text('other'), draft: null });
    await form.open('/other');
    expect(calls()).toEqual(['texts.keepDraft', 'texts.open']);
    expect([form.path, form.text, form.isEdited]).toEqual(['/other', 'other', false]);
  });

  it('is forgotten when it equals the file again', async () => {
    await opens();
    form.edit('new');
    await vi.advanceTimersByTimeAsync(1000);
    form.edit('old');
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls()).toEqual(['texts.keepDraft', 'texts.dropDraft']);
  });

  it('is forgotten when the person discards it', async () => {
    await opens(text('old'), { text: 'draft', format, version: versions.theirs });
    const { round } = form;
    await form.discard();
    expect([form.text, form.isRestored, form.base]).toEqual(['old', false, 'old']);
    expect(form.round).toBeGreaterThan(round);
    expect(calls()).toEqual(['texts.dropDraft']);
  });
});

describe('saving', () => {
  it('saves over the version that was opened, and then over its own', async () => {
    await opens();
    bridge.answer('texts.save', { saved: versions.saved });
    form.edit('new');
    await form.save();
    form.edit('newer');
    await form.save();
    expect(inputs('texts.save')).toEqual([
      { serverId, path, text: 'new', format, version: versions.old },
      { serverId, path, text: 'newer', format, version: versions.saved },
    ]);
    expect(form.isEdited).toBe(false);
  });

  it('leaves text typed while main saved unsaved', async () => {
    await opens();
    const release = bridge.hold('texts.save');
    form.edit('new');
    const saving = form.save();
    form.edit('newer');
    release({ saved: versions.saved });
    await saving;
    expect([form.text, form.isEdited]).toEqual(['newer', true]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(inputs('texts.keepDraft').at(-1)).toEqual({
      serverId,
      path,
      draft: { text: 'newer', format, version: versions.saved },
    });
  });

  it('keeps the text first if an older text is kept, because main forgets the draft of the saved text alone', async () => {
    await opens();
    form.edit('ne');
    await vi.advanceTimersByTimeAsync(1000);
    bridge.answer('texts.save', { saved: versions.saved });
    form.edit('new');
    await form.save();
    expect(calls()).toEqual(['texts.keepDraft', 'texts.keepDraft', 'texts.save']);
    expect(inputs('texts.keepDraft').at(-1)).toMatchObject({ draft: { text: 'new' } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls()).toHaveLength(3);
  });

  it('undo restores the replaced text', async () => {
    await opens();
    bridge.answer('texts.save', { saved: versions.saved });
    form.edit('new');
    await form.save();
    await form.undo();
    expect(inputs('texts.save').at(-1)).toMatchObject({ text: 'old', version: versions.saved });
    expect([form.text, form.isEdited, form.replaced]).toEqual(['old', false, null]);
  });

  it('undo over a file that somebody has changed since asks first, and loses neither text', async () => {
    await opens();
    bridge.answer('texts.save', { saved: versions.saved });
    form.edit('new');
    await form.save();
    bridge.answer('texts.save', { changed: text('theirs', versions.theirs) });
    await form.undo();
    expect([form.theirs, form.text, form.isEdited]).toEqual([text('theirs', versions.theirs), 'old', true]);
    expect(form.replaced?.text).toBe('old');
    bridge.answer('texts.save', { saved: versions.old });
    await form.settle('old');
    expect(inputs('texts.save').at(-1)).toMatchObject({ text: 'old', version: versions.theirs });
    expect(form.replaced?.text).toBe('theirs');
  });

  it('keeps the text after a refusal', async () => {
    await opens();
    bridge.refuse('texts.save', aProblem('node-unreachable'));
    form.edit('new');
    await form.save();
    expect([form.text, form.isEdited, form.saving.problem?.code]).toEqual(['new', true, 'node-unreachable']);
  });

  it('saves as UTF-8 a text that the encoding of the file can’t hold', async () => {
    const latin = { encoding: 'latin-1', bom: false } as const;
    await opens({ kind: 'text', text: 'old', format: latin, version: versions.old });
    bridge.refuse('texts.save', aProblem('invalid'));
    form.edit('5 €');
    await form.save();
    bridge.answer('texts.save', { saved: versions.saved });
    await form.saveAsUtf8();
    expect(inputs('texts.save').at(-1)).toMatchObject({ text: '5 €', format });
    expect(form.isEdited).toBe(false);
  });
});

describe('a file that somebody else changed', () => {
  beforeEach(async () => {
    await opens();
    bridge.answer('texts.save', { changed: text('theirs', versions.theirs) });
    form.edit('mine');
    await form.save();
  });

  it('shows both texts, and keeps mine unsaved', () => {
    expect([form.theirs, form.text, form.base, form.isEdited]).toEqual([
      text('theirs', versions.theirs),
      'mine',
      'old',
      true,
    ]);
  });

  it('is saved over the version that the person has seen, and undo brings theirs back', async () => {
    bridge.answer('texts.save', { saved: versions.saved });
    await form.settle('both');
    expect(inputs('texts.save').at(-1)).toMatchObject({ text: 'both', version: versions.theirs });
    expect([form.theirs, form.text, form.isEdited]).toEqual([null, 'both', false]);
    await form.undo();
    expect(inputs('texts.save').at(-1)).toMatchObject({ text: 'theirs', version: versions.saved });
  });

  it('can change once more before that', async () => {
    const again = text('again', 'd'.repeat(64));
    bridge.answer('texts.save', { changed: again });
    await form.settle('both');
    expect([form.theirs, form.text, form.base]).toEqual([again, 'both', 'theirs']);
  });

  it('shows theirs if the person takes it, and forgets mine', async () => {
    await vi.advanceTimersByTimeAsync(1000);
    await form.takeTheirs();
    expect([form.theirs, form.text, form.isEdited]).toEqual([null, 'theirs', false]);
    expect(calls().at(-1)).toBe('texts.dropDraft');
  });
});

it('a file that is gone is saved again only when the person wants it', async () => {
  await opens();
  bridge.answer('texts.save', { gone: true });
  form.edit('mine');
  await form.save();
  expect([form.isGone, form.isEdited]).toEqual([true, true]);
  bridge.answer('texts.save', { saved: versions.saved });
  await form.save({ anyway: true });
  expect(inputs('texts.save').at(-1)).toMatchObject({ version: null });
  expect([form.isGone, form.isEdited]).toEqual([false, false]);
});
