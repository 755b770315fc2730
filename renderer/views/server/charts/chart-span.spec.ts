import { describe, expect, it } from 'vitest';
import { fittingRange, including, panned, shownSpan, zoomed, zoomTo, type Span } from './chart-span.js';

const hour = 3_600_000;
const minute = 60_000;
const whole: Span = { from: 0, until: hour };

describe('fittingRange', () => {
  it('is short for short recordings', () => {
    expect([0, 4, 19, 20, 600].map((minutes) => fittingRange(minutes * minute, null))).toEqual([
      '5m',
      '5m',
      '5m',
      '1h',
      '1h',
    ]);
  });
});

describe('zoom', () => {
  it('keeps its moment in place', () => {
    const zoom = zoomed(whole, whole, 0.5, hour / 2);
    expect(shownSpan(zoom, whole)).toEqual({ from: hour / 4, until: (hour * 3) / 4 });
  });

  it('follows the time if it contains the present', () => {
    const zoom = zoomed(whole, whole, 0.5, hour);
    expect(zoom).toEqual({ lengthMs: hour / 2, until: null });
    const later = { from: minute, until: hour + minute };
    expect(shownSpan(zoom, later)).toEqual({ from: hour / 2 + minute, until: hour + minute });
  });

  it('otherwise stays until it is older than the range', () => {
    const zoom = zoomTo({ from: 0, until: 10 * minute }, whole);
    expect(shownSpan(zoom, { from: 0, until: hour })).toEqual({ from: 0, until: 10 * minute });
    const later = { from: 5 * minute, until: hour + 5 * minute };
    expect(shownSpan(zoom, later)).toEqual({ from: 5 * minute, until: 15 * minute });
  });

  it('ends at the whole range and at half a minute', () => {
    expect(zoomed({ from: 0, until: hour / 2 }, whole, 4, 0)).toBeNull();
    expect(zoomed({ from: 0, until: minute }, whole, 0.01, 0)?.lengthMs).toBe(30_000);
    expect(zoomTo({ from: 5, until: 5 }, whole)?.lengthMs).toBe(30_000);
  });

  it('is null for the whole range', () => {
    expect(shownSpan(null, whole)).toBe(whole);
  });
});

describe('panned', () => {
  const seen = { from: 20 * minute, until: 30 * minute };

  it('moves and stops at the ends', () => {
    expect(shownSpan(panned(seen, whole, -5 * minute), whole)).toEqual({
      from: 15 * minute,
      until: 25 * minute,
    });
    expect(shownSpan(panned(seen, whole, -hour), whole)).toEqual({ from: 0, until: 10 * minute });
    expect(panned(seen, whole, hour)).toEqual({ lengthMs: 10 * minute, until: null });
  });
});

describe('including', () => {
  const seen = { from: 20 * minute, until: 30 * minute };
  const shown = (at: number): Span => shownSpan(including(seen, whole, at), whole);

  it('moves as little as possible', () => {
    expect(shown(25 * minute)).toEqual(seen);
    expect(shown(19 * minute)).toEqual({ from: 19 * minute, until: 29 * minute });
    expect(shown(32 * minute)).toEqual({ from: 22 * minute, until: 32 * minute });
  });
});
