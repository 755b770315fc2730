import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UsageBand, UsageSample } from '../../bridge/schema/history.js';
import { ByteSink, ByteSource } from './bytes.js';
import { RowReader, rowOf, RowWriter, sampleOf } from './sample-rows.js';

/** Lowest, mean and highest figure; small figures are stored exactly. */
const figures = fc
  .tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 0, max: 1023 })))
  .map((some) => some.toSorted((a, b) => a - b));
const rates = fc.option(figures, { nil: null });

const sample = fc
  .record({
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    cpu: figures,
    memory: figures,
    diskBytes: fc.integer({ min: 0, max: 1023 }),
    received: rates,
    sent: rates,
    players: rates,
    afterGap: fc.boolean(),
  })
  .map(({ at, cpu, memory, diskBytes, received, sent, players, afterGap }): UsageSample => {
    const [low, mean, high] = [0, 1, 2].map((place): UsageBand => ({
      cpuPercent: (cpu[place] ?? 0) / 10,
      memoryBytes: memory[place] ?? 0,
      receivedPerSecond: received?.[place] ?? null,
      sentPerSecond: sent?.[place] ?? null,
      players: players === null ? null : (players[place] ?? 0) / 10,
    })) as [UsageBand, UsageBand, UsageBand];
    return { at, ...mean, diskBytes, afterGap, low, high };
  });

function written(samples: readonly UsageSample[], stepMs: number, since = 0): Uint8Array {
  const sink = new ByteSink();
  const writer = new RowWriter(sink, Math.floor(since / stepMs));
  for (const one of samples) writer.add(rowOf(one, stepMs));
  return sink.bytes;
}

function read(bytes: Uint8Array, stepMs: number, since = 0): UsageSample[] {
  const source = new ByteSource(bytes);
  const reader = new RowReader(source, Math.floor(since / stepMs));
  const found = [];
  while (!source.isOver) found.push(sampleOf(reader.next(), stepMs));
  return found;
}

describe('rows of samples', () => {
  it('come back unchanged', () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        expect(read(written(samples, 1), 1)).toEqual(samples);
      }),
    );
  });

  it('come back if a single figure changes from row to row', () => {
    const band: UsageBand = {
      cpuPercent: 10,
      memoryBytes: 20,
      receivedPerSecond: 30,
      sentPerSecond: 40,
      players: 50,
    };
    const first: UsageSample = { at: 1, ...band, diskBytes: 50, afterGap: true, low: band, high: band };
    type Change = (figure: Partial<UsageBand>) => UsageSample;
    const all: Change = (figure) => {
      const changed = { ...band, ...figure };
      return { ...first, ...changed, low: changed, high: changed };
    };
    const low: Change = (figure) => ({ ...first, low: { ...band, ...figure } });
    const high: Change = (figure) => ({ ...first, high: { ...band, ...figure } });
    const each = (change: Change, by: number): UsageSample[] => [
      change({ cpuPercent: 10 + by }),
      change({ memoryBytes: 20 + by }),
      change({ receivedPerSecond: 30 + by }),
      change({ sentPerSecond: 40 + by }),
      change({ players: 50 + by }),
    ];
    const samples = [
      first,
      ...each(all, 5),
      ...each(low, -1),
      ...each(high, 1),
      { ...first, afterGap: false },
      { ...first, diskBytes: 51 },
      { ...first, at: 2, diskBytes: 0 },
    ];
    expect(read(written(samples, 1), 1)).toEqual(samples);
  });

  it('keep times in whole steps', () => {
    const [one] = fc.sample(sample, 1) as [UsageSample];
    const at = 1_700_000_003_499;
    expect(read(written([{ ...one, at }], 1000, at), 1000, at)).toEqual([{ ...one, at: 1_700_000_003_000 }]);
  });

  it('are short for small changes', () => {
    const figures = { memoryBytes: 3 * 2 ** 30, receivedPerSecond: 2000, sentPerSecond: 9000, players: 12 };
    const samples = Array.from({ length: 720 }, (_none, index): UsageSample => {
      const band = (more: number): UsageBand => ({ ...figures, cpuPercent: 20 + (index % 7) + more });
      const at = 1_700_000_000_000 + index * 5000;
      return { at, ...band(0), diskBytes: 5e9, afterGap: false, low: band(-2), high: band(3) };
    });
    expect(written(samples, 1).length / 720).toBeLessThan(8);
  });

  it('turn damaged bytes into an error or figures', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          for (const { at, cpuPercent } of read(bytes, 1))
            expect([typeof at, typeof cpuPercent]).toEqual(['number', 'number']);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
