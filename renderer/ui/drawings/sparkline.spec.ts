import { describe, expect, it } from 'vitest';
import { sparkArea, sparkPath } from './sparkline.js';

const box = { width: 60, height: 10, span: 60_000, ceiling: 100 };

describe('sparkPath', () => {
  it('maps time to the width and the ceiling to the top', () => {
    const path = sparkPath(
      [
        { at: 0, value: 0 },
        { at: 30_000, value: 50 },
        { at: 60_000, value: 100 },
      ],
      box,
    );
    expect(path).toBe('M0.0 10.0L30.0 5.0L60.0 0.0');
  });

  it('grows with a value above the ceiling', () => {
    const path = sparkPath(
      [
        { at: 0, value: 100 },
        { at: 60_000, value: 200 },
      ],
      box,
    );
    expect(path).toBe('M0.0 5.0L60.0 0.0');
  });

  it('draws no line over a gap', () => {
    const points = [0, 20_000, 40_000, 60_000].map((at) => ({ at, value: 0, afterGap: at === 40_000 }));
    expect(sparkPath(points, box)).toBe('M0.0 10.0L20.0 10.0M40.0 10.0L60.0 10.0');
  });

  it('draws no line for a single point, and accepts a ceiling of zero', () => {
    expect(sparkPath([{ at: 0, value: 1 }], box)).toBe('');
    const flat = [
      { at: 0, value: 0 },
      { at: 60_000, value: 0 },
    ];
    expect(sparkPath(flat, { ...box, ceiling: 0 })).toBe('M0.0 10.0L60.0 10.0');
  });
});

describe('sparkArea', () => {
  it('closes the area at the bottom', () => {
    expect(sparkArea('M0.0 10.0L60.0 0.0', box)).toBe('M0.0 10.0L60.0 0.0L60.0 10.0L0.0 10.0Z');
    expect(sparkArea('', box)).toBe('');
  });

  it('closes each part on its own', () => {
    expect(sparkArea('M0.0 1.0L20.0 2.0M40.0 3.0L60.0 4.0', box)).toBe(
      'M0.0 1.0L20.0 2.0L20.0 10.0L0.0 10.0ZM40.0 3.0L60.0 4.0L60.0 10.0L40.0 10.0Z',
    );
  });
});
