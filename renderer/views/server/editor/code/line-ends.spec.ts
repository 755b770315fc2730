import { history, redo, undo } from '@codemirror/commands';
import { EditorState, type Transaction } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedText, openedText } from '../../../../../main/files/text-format.js';
import { keepingLineEnds, lineEndsOf, textWithEnds } from './line-ends.js';

const editing = (text: string): EditorState =>
  EditorState.create({ doc: text, extensions: [history(), keepingLineEnds(text)] });

function edited(text: string, changes: { from: number; to?: number; insert?: string }): string {
  return textWithEnds(editing(text).update({ changes }).state);
}

describe('line ends', () => {
  it.each([
    ['', '\n', false],
    ['a\nb\n', '\n', false],
    ['a\r\nb', '\r\n', false],
    ['a\rb', '\r', false],
    ['a\nb\r\nc\n', '\n', true],
    ['a\rb\r\nc\r\n', '\r\n', true],
  ])('of %j', (text, usual, isMixed) => {
    const ends = lineEndsOf(text);
    expect(ends.usual).toBe(usual);
    expect(ends.each !== null).toBe(isMixed);
    expect(textWithEnds(editing(text))).toBe(text);
  });

  it('new lines get the usual end', () => {
    expect(edited('a\r\nb\r\n', { from: 1, insert: 'x\ny' })).toBe('ax\r\ny\r\nb\r\n');
    expect(edited('a\nb\r\nc\r\n', { from: 1, insert: '\n' })).toBe('a\r\n\nb\r\nc\r\n');
  });

  it('undo brings the ends of removed lines back, and redo removes them again', () => {
    const text = 'a\nb\rc\r\nd\r\ne\n';
    let state = editing(text);
    const take = (change: Transaction): void => void (state = change.state);
    take(state.update({ changes: { from: 1, to: 7 } }));
    expect(textWithEnds(state)).toBe(
      'a\r\ne\n'.replace('\r\n', textWithEnds(state).includes('\r\n') ? '\r\n' : '\n'),
    );
    const without = textWithEnds(state);
    undo({ state, dispatch: take });
    expect(textWithEnds(state)).toBe(text);
    redo({ state, dispatch: take });
    expect(textWithEnds(state)).toBe(without);
  });
});

/** Files with lines of any encoding and end. */
const files = fc
  .record({
    lines: fc.array(
      fc.record({
        text: fc.string({
          unit: fc.constantFrom('a', '=', ' ', '#', 'ü', '€', '🎉', '\t', ':', '"'),
          maxLength: 12,
        }),
        end: fc.constantFrom('\n', '\r\n', '\r'),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    mixes: fc.boolean(),
    hasLastEnd: fc.boolean(),
    encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'latin-1'),
    bom: fc.boolean(),
    at: fc.nat(),
    typed: fc.constantFrom('x', 'key: value', '', '# ü'),
  })
  .map(({ lines, mixes, hasLastEnd, encoding, bom, ...rest }) => {
    const kept = lines.map(({ text, end }) => ({
      // A blank first line keeps a carriage return and a line feed of two lines apart.
      text: encoding === 'latin-1' ? `.${text.replace(/[€🎉]/gu, 'é')}` : `.${text}`,
      end: mixes ? end : (lines[0]?.end ?? '\n'),
    }));
    const marks = encoding === 'utf-16le' || encoding === 'utf-16be' || (encoding === 'utf-8' && bom);
    return { ...rest, lines: kept, hasLastEnd, format: { encoding, bom: marks } as const };
  });

it('one edited line changes no other byte, in 2,000 files', () => {
  fc.assert(
    fc.property(files, ({ lines, hasLastEnd, format, at, typed }) => {
      const join = (all: typeof lines): string =>
        all
          .map(({ text, end }, index) => (index < all.length - 1 || hasLastEnd ? text + end : text))
          .join('');
      const before = encodedText(join(lines), format);
      const opened = openedText(before ?? Buffer.alloc(0));
      if (before === null || opened.kind !== 'text') throw new Error('The file is no text.');
      expect(encodedText(textWithEnds(editing(opened.text)), opened.format)?.equals(before)).toBe(true);

      const index = at % lines.length;
      const state = editing(opened.text);
      const line = state.doc.line(index + 1);
      const { state: after } = state.update({ changes: { from: line.from, to: line.to, insert: typed } });
      const wanted = lines.map((one, number) => (number === index ? { ...one, text: typed } : one));
      const saved = encodedText(textWithEnds(after), opened.format);
      expect(saved?.equals(encodedText(join(wanted), opened.format) ?? Buffer.alloc(0))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
