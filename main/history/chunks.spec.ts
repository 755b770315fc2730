import { describe, expect, it } from 'vitest';
import type { PastState } from '../../bridge/schema/history.js';
import { aSample } from '../../tests/support/samples.js';
import {
  chunkKey,
  dayMs,
  firstKey,
  hourMs,
  mergeStretches,
  markBytes,
  marksIn,
  minutes,
  numberIn,
  quarters,
  spansOf,
  states,
  usageBytes,
  usageIn,
} from './chunks.js';
import type { Mark } from './marks.js';

const span = 19_675 * dayMs;
const mark = (at: number, state: PastState): Mark => ({ at, state });

describe('the kept chunks', () => {
  it('is a minute for 25 hours, a quarter of an hour for 31 days, and states for 92 days', () => {
    expect([minutes.sampleMs, minutes.keptMs]).toEqual([60_000, 25 * hourMs]);
    expect([quarters.sampleMs, quarters.keptMs]).toEqual([900_000, 31 * dayMs]);
    expect(states.keptMs).toBe(92 * dayMs);
  });
});

describe('the key of a chunk', () => {
  it('has the letter, the time and the number of the server', () => {
    expect(chunkKey(minutes, 36 * hourMs, 12)).toBe('m/000010/12');
    expect(chunkKey(quarters, 5 * dayMs, 7)).toBe('q/000005/7');
    expect(numberIn(chunkKey(states, span, 4711))).toBe(4711);
  });

  it('is the same for all times of a span, and different for the next span', () => {
    const key = chunkKey(minutes, span, 1);
    expect(chunkKey(minutes, span + hourMs - 1, 1)).toBe(key);
    expect(chunkKey(minutes, span + hourMs, 1) > key).toBe(true);
  });

  it('stays within the range of its kind for any time', () => {
    expect(firstKey(minutes, -1)).toBe('m/000000/');
    expect(firstKey(minutes, Infinity)).toBe('m/zzzzzz/');
    expect(firstKey(minutes, (36 ** 6 - 1) * hourMs)).toBe('m/zzzzzz/');
  });
});

describe('a chunk of a store of version 1', () => {
  it('is read, with no known players', () => {
    const at = 1_700_006_400_000;
    const figures = { cpuPercent: 12.5, memoryBytes: 900, receivedPerSecond: 30, sentPerSecond: 40 };
    const first = aSample(at + 60_000, figures);
    // Bytes that version 1 has written.
    const bytes = Uint8Array.from(Buffer.from('784afa01880e3e52780500f7027818020131', 'hex'));
    expect(usageIn(bytes, at, hourMs)).toEqual([
      first,
      { ...first, at: at + 120_000, afterGap: true, high: { ...first.high, cpuPercent: 50 } },
      { ...first, at: at + 180_000, memoryBytes: 901, high: { ...first.high, memoryBytes: 950 } },
    ]);
  });
});

describe('spansOf', () => {
  it('names each span that overlaps the time', () => {
    const first = 100 * hourMs;
    expect(spansOf(minutes, first + 1, first + 2 * hourMs)).toEqual([first, first + hourMs]);
    expect(spansOf(minutes, first + 1, first + 2 * hourMs + 1)).toEqual([
      first,
      first + hourMs,
      first + 2 * hourMs,
    ]);
    expect(spansOf(minutes, first, first)).toEqual([]);
  });
});

describe('a chunk of usage', () => {
  it('comes back in whole seconds', () => {
    const samples = [aSample(span + 59_400, { cpuPercent: 12 }), aSample(span + 60_000, { memoryBytes: 5 })];
    expect(usageIn(usageBytes(samples, span), span, hourMs)).toEqual([
      { ...samples[0], at: span + 59_000 },
      samples[1],
    ]);
  });

  it('is empty without bytes', () => {
    expect(usageIn(undefined, span, hourMs)).toEqual([]);
  });

  it('keeps the part before the damage', () => {
    const bytes = usageBytes([aSample(span + 1000, { cpuPercent: 50 }), aSample(span + 2000)], span);
    expect(usageIn(bytes.slice(0, -1), span, hourMs).map(({ at }) => at)).toEqual([span + 1000]);
  });

  it('leaves out data outside of its span, which damage has put there', () => {
    const at = [span - 1000, span, span + hourMs, span + hourMs + 1000];
    const bytes = usageBytes(
      at.map((one) => aSample(one)),
      span,
    );
    expect(usageIn(bytes, span, hourMs).map((one) => one.at)).toEqual([span, span + hourMs]);
  });
});

describe('joined', () => {
  it('has both lists in order of time', () => {
    const [early, late] = [aSample(60_000), aSample(120_000)];
    expect(mergeStretches([late], [early], 60_000)).toEqual([early, late]);
  });

  it('prefers the later sample of the same minute', () => {
    const [before, now] = [aSample(60_000, { cpuPercent: 1 }), aSample(110_000, { cpuPercent: 2 })];
    expect(mergeStretches([before], [now], 60_000)).toEqual([now]);
    expect(mergeStretches([before], [aSample(120_000)], 60_000)).toHaveLength(2);
  });
});

describe('a chunk of states', () => {
  it('comes back in whole seconds', () => {
    const marks = [mark(span, 'starting'), mark(span + 5999, 'running'), mark(span + dayMs, 'unknown')];
    expect(marksIn(markBytes(marks, span), span)).toEqual([
      mark(span, 'starting'),
      mark(span + 5000, 'running'),
      mark(span + dayMs, 'unknown'),
    ]);
  });

  it('is empty without bytes, and keeps the part before the damage', () => {
    expect(marksIn(undefined, span)).toEqual([]);
    const bytes = markBytes([mark(span, 'running'), mark(span + 9000, 'offline')], span);
    expect(marksIn(bytes.slice(0, -1), span)).toEqual([mark(span, 'running')]);
  });

  it('leaves out marks outside of its day, and unknown states of a newer version', () => {
    const marks = [
      mark(span - 1000, 'running'),
      mark(span + 1000, 'offline'),
      mark(span + dayMs + 1000, 'running'),
    ];
    expect(marksIn(markBytes(marks, span), span)).toEqual([mark(span + 1000, 'offline')]);
    expect(marksIn(Uint8Array.of(2, 99), span)).toEqual([mark(span + 1000, 'unknown')]);
  });
});
