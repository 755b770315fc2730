import { BufferWriter, marshal, parseTypes } from 'd-bus-type-system';
import { expect, it } from 'vitest';
import { ByteWriter, writeValues } from './bus-encode.js';
import { BusReader, encodeAnswer, variantOf } from './bus-wire.js';

function written(signature: string, values: readonly unknown[]): Buffer {
  const writer = new ByteWriter();
  writeValues(writer, signature, values);
  return Buffer.from(writer.written);
}

it.each<[string, unknown[]]>([
  ['', []],
  ['yiub', [7, -7, 7, true]],
  ['ysyoyg', [1, 'tür', 2, '/a/b', 3, 'a{sv}']],
  ['yay', [1, [1, 2, 3]]],
  ['a{sv}', [[]]],
  [
    'ya{sv}',
    [
      1,
      [
        ['a', variantOf('b', false)],
        ['long name', variantOf('as', ['x', ''])],
      ],
    ],
  ],
  ['(sa(iiay)ss)', [['', [[2, 1, [1, 2, 3, 4, 5, 6, 7, 8]]], 'title', '']]],
  ['ayu', [[], 1]],
  ['aau', [[[1], [], [2, 3]]]],
])('%s is encoded as by the library', (signature, values) => {
  const library = new BufferWriter({ littleEndian: true });
  if (signature !== '')
    for (const [at, type] of parseTypes(signature).entries()) marshal(library, type, values[at]);
  expect(written(signature, values)).toEqual(Buffer.from(library.buffer));
});

it('bytes stay unchanged, and the buffer grows', () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, at) => at % 256);
  expect(written('ay', [bytes])).toEqual(written('ay', [[...bytes]]));
});

it.each<[string, unknown]>([
  ['y', 256],
  ['u', -1],
  ['i', 'text'],
  ['s', 1],
  ['b', 1],
  ['as', 'text'],
  ['(ss)', ['one']],
  ['v', 'text'],
  ['d', 1.5],
])('a value that is no %s is refused', (signature, value) => {
  expect(() => written(signature, [value])).toThrow();
});

it('a list of variants is aligned to the start of the message, wherever the list begins', () => {
  const entry = (id: number, label: string, ...children: unknown[]): unknown[] => [
    id,
    [['label', variantOf('s', label)]],
    children.map((child) => variantOf('(ia{sv}av)', child)),
  ];
  for (let length = 0; length < 9; length++) {
    const label = 'x'.repeat(length);
    const layout = entry(0, label, entry(1, label, entry(2, label)), entry(3, label));
    const answer = encodeAnswer(1, ':1.7', 5, { signature: 'u(ia{sv}av)', args: [7, layout] });
    const [news] = new BusReader().take(answer);
    expect(news).toEqual({ kind: 'answer', serial: 5, args: [7, layout] });
  }
});
