import { describe, expect, test } from 'vitest';
import { asLive, decode, echoOf, LineSplitter, typedBytes, typedLines } from './console-text.js';

function split(...chunks: (string | Buffer)[]) {
  const pieces: string[] = [];
  const lines: (number | null)[] = [];
  const splitter = new LineSplitter({
    piece: (bytes) => pieces.push(bytes.toString()),
    line: (bytes) => lines.push(bytes === null ? null : bytes.length),
  });
  for (const chunk of chunks) splitter.feed(Buffer.from(chunk as string));
  return { pieces, lines, splitter };
}

describe('splitting', () => {
  test('lines over chunks, blank lines, and a rest without a newline', () => {
    const { pieces, splitter } = split('on', 'e\n\ntwo\r\nthr', 'ee');
    expect(pieces).toEqual(['one', '', 'two\r']);
    splitter.end();
    expect(pieces).toEqual(['one', '', 'two\r', 'three']);
    splitter.end();
    expect(pieces.length).toBe(4);
  });

  // Recorded: 65,536 whole; 65,537 loses one; 70,000 = 65,536 + 368; 200,000 = 65,536 + 65,536 + 60,736.
  test.each([
    [65_535, [65_535]],
    [65_536, [65_536]],
    [65_537, [65_536]],
    [70_000, [65_536, 368]],
    [200_000, [65_536, 65_536, 60_736]],
  ])('a line of %i bytes', (length, expected) => {
    const text = 'x'.repeat(length);
    expect(split(`${text}\nnext\n`).pieces.map((piece) => piece.length)).toEqual([...expected, 4]);
    const chunks = text.match(/.{1,9000}/g) ?? [];
    expect(split(...chunks, '\nnext\n').pieces.map((piece) => piece.length)).toEqual([...expected, 4]);
  });

  test('history has a line whole or not at all', () => {
    expect(split(`${'x'.repeat(65_000)}\n${'y'.repeat(65_535)}\nz\n`).lines).toEqual([65_000, null, 1]);
  });
});

test('invalid UTF-8 gives one U+FFFD for each byte', () => {
  expect(decode(Buffer.from('héllo ✓ 😀'))).toBe('héllo ✓ 😀');
  expect(decode(Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x62]))).toBe('a\ufffd\ufffd\ufffdb');
  expect(decode(Buffer.concat([Buffer.from([0x80]), Buffer.from('✓')]))).toBe('\ufffd✓');
});

test('a space before a CR becomes CR LF; single characters stay', () => {
  expect(asLive('10% \r20% \r30%\rx')).toBe('10%\r\n20%\r\n30%\rx');
});

test('the terminal shows control characters and takes 4,095 bytes of a line', () => {
  expect(echoOf('a\u001b[31m\0\u007f\tb')).toBe('a^[[31m^@^?\tb');
  expect(typedLines('one\ntwo\rthree')).toEqual(['one', 'two', 'three']);
  expect(typedBytes('x'.repeat(5000)).length).toBe(4096);
  expect(typedBytes('').toString()).toBe('\n');
});
