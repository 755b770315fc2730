import { expect, it } from 'vitest';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { textToShare } from './text-to-share.js';

const serverId = 'home/1';

function setUp(content: string | Buffer, tail: Uint8Array | null = null) {
  const panel = new FakeFilesPanel();
  panel.put('/a.log', {}, Buffer.from(content));
  const asked: number[] = [];
  const tailOf = (_file: object, most: number) => {
    asked.push(most);
    return Promise.resolve(tail);
  };
  const share = () => textToShare({ panelOf: () => panel, tailOf }, { serverId, path: '/a.log' });
  const isLarge = () => (panel.read = () => Promise.resolve(null as never));
  return { panel, share, asked, isLarge };
}

it('the whole text is shared, and the node gives no part of it', async () => {
  const { share, asked } = setUp('one\ntwo');
  expect(await share()).toEqual({ text: 'one\ntwo', isEnd: false });
  expect(asked).toEqual([]);
});

it.each([
  ['', 0],
  ['\n', 0],
  ['x\n', 0],
  ['x', 0],
])('a text of as many lines as a service takes is whole, end %j', async (end) => {
  const text = `${'line\n'.repeat(24_999)}${end}`;
  expect(await setUp(text).share()).toEqual({ text, isEnd: false });
});

it.each(['last', 'last\n'])('of a text with more lines the last lines are shared: %j', async (end) => {
  const { text, isEnd } = await setUp(`first\n${'line\n'.repeat(24_999)}${end}`).share();
  expect([text.slice(0, 5), text.endsWith(`\n${end}`), isEnd]).toEqual(['line\n', true, true]);
  expect(text.trimEnd().split('\n')).toHaveLength(25_000);
});

it('of a larger file the whole lines at its end are shared', async () => {
  const tail = Buffer.from('\u00e4 cut\nlast \u00e4').subarray(1);
  const { share, asked, isLarge } = setUp('', tail);
  isLarge();
  expect(await share()).toEqual({ text: 'last \u00e4', isEnd: true });
  expect(asked).toEqual([mostTextBytes]);
});

it.each([
  ['no text', Buffer.from([0, 1, 2]), 'sharing.file-binary'],
  ['a file that is too large', null, 'sharing.file-too-large'],
])('%s is refused in words', async (_what, tail, id) => {
  const { share, isLarge } = setUp('', tail);
  isLarge();
  await expect(share()).rejects.toMatchObject({ problem: { code: 'invalid', message: { id } } });
});
