import { describe, expect, it } from 'vitest';
import { ByteSink, ByteSource } from './bytes.js';

const mostAtOnce = Number.MAX_SAFE_INTEGER;

function unsigned(...values: readonly number[]): Uint8Array {
  const sink = new ByteSink();
  for (const value of values) sink.unsigned(value);
  return sink.bytes;
}

describe('a byte sink', () => {
  it('writes seven bits in a byte, the lowest first', () => {
    expect([...unsigned(0, 1, 127)]).toEqual([0, 1, 127]);
    expect([...unsigned(128)]).toEqual([0x80, 1]);
    expect([...unsigned(300)]).toEqual([0xac, 2]);
  });

  it('writes small numbers of either sign in one byte', () => {
    const sink = new ByteSink();
    for (const value of [0, -1, 1, -64, 63]) sink.signed(value);
    expect([...sink.bytes]).toEqual([0, 1, 2, 127, 126]);
  });

  it('grows beyond its first size, and knows its length', () => {
    const sink = new ByteSink();
    for (let value = 0; value < 200; value++) sink.unsigned(value % 100);
    expect(sink.length).toBe(200);
    expect([...sink.bytes]).toEqual(Array.from({ length: 200 }, (_none, value) => value % 100));
  });

  it('holds no more memory than its bytes once it is closed', () => {
    const sink = new ByteSink();
    sink.unsigned(5);
    sink.close();
    expect([...sink.bytes]).toEqual([5]);
    expect(sink.bytes.buffer.byteLength).toBe(1);
  });
});

describe('a byte source', () => {
  it('reads the written bytes, up to the largest whole number', () => {
    const values = [0, 127, 128, 16_383, 16_384, 2 ** 32, 1_700_000_000_000, mostAtOnce];
    const source = new ByteSource(unsigned(...values));
    expect(values.map(() => source.unsigned())).toEqual(values);
    expect(source.isOver).toBe(true);
  });

  it('reads both signs', () => {
    const values = [0, 1, -1, 63, -64, 64, -65, 1_000_000, -1_000_000];
    const sink = new ByteSink();
    for (const value of values) sink.signed(value);
    const source = new ByteSource(sink.bytes);
    expect(values.map(() => source.signed())).toEqual(values);
  });

  it('ends only after its last byte', () => {
    const source = new ByteSource(unsigned(1, 2));
    source.unsigned();
    expect(source.isOver).toBe(false);
    source.unsigned();
    expect(source.isOver).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['a number that is cut off', [0x80]],
    ['a number beyond the largest whole one', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f]],
    ['a number that does not end', Array<number>(20).fill(0x80)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => new ByteSource(Uint8Array.from(bytes)).unsigned()).toThrow(RangeError);
    expect(() => new ByteSource(Uint8Array.from(bytes)).unsigned()).toThrow('These bytes are no number.');
  });
});
