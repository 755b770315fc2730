import { beforeEach, expect, it } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { EarlierText } from './earlier-text.svelte.js';

const format = { encoding: 'utf-8', bom: false } as const;
const text = (words: string, version: string) => ({ kind: 'text', text: words, format, version });
const file = { serverId: 'home/u0', path: '/server.properties' };
let bridge: FakeBridge;
let texts: EarlierText;

beforeEach(async () => {
  bridge = new FakeBridge();
  texts = new EarlierText(new PerchClient(bridge), file);
  const answers = [text('then', 'a'), text('now', 'b')];
  bridge.answerWith('revisions.text', () => answers.shift());
  bridge.answer('texts.open', { opened: text('now', 'b'), draft: null });
  await texts.read('1', '2');
});

const saves = () => bridge.calls.filter(({ name }) => name === 'texts.save').map(({ input }) => input);

it('reads both texts, and puts the earlier text back over the shown one', async () => {
  expect([texts.was, texts.is]).toMatchObject([{ text: 'then' }, { text: 'now' }]);
  bridge.answer('texts.save', { saved: 'a' });
  await texts.putBack();
  expect(saves()).toEqual([{ ...file, text: 'then', format, version: 'b', makes: true }]);
  expect([texts.isBack, texts.writing.problem]).toEqual([true, null]);
});

it('writes no text over a text that somebody changed meanwhile', async () => {
  bridge.answer('texts.save', { changed: text('theirs', 'c') });
  await texts.putBack();
  expect(saves()).toHaveLength(1);
  expect([texts.isBack, texts.writing.problem?.code]).toEqual([false, 'conflict']);
});

it('knows of unsaved text, and takes a text that is saved already for none', async () => {
  expect(texts.isUnsaved).toBe(false);
  for (const [draft, isUnsaved] of [
    ['mine', true],
    ['now', false],
  ] as const) {
    bridge.answer('revisions.text', text('then', 'a'));
    bridge.answer('texts.open', { opened: text('now', 'b'), draft: text(draft, 'b') });
    await texts.read('1', null);
    expect(texts.isUnsaved).toBe(isUnsaved);
  }
});

it('restores a deleted file, in the one call that a press allows', async () => {
  bridge.answer('texts.save', { saved: 'a' });
  await texts.putBack();
  expect(saves()).toMatchObject([{ version: 'b', makes: true }]);
  expect(texts.isBack).toBe(true);
});
