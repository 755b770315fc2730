import { describe, expect, it } from 'vitest';
import { aProblem } from '../../../tests/support/a-problem.js';
import { PanelPauses } from './panel-pauses.js';

const now = 1000;

function restOf(retryAt?: number): number | undefined {
  const rests = new PanelPauses();
  rests.begin('home', aProblem('rate-limited', retryAt === undefined ? {} : { retryAt }), now);
  return rests.until.get('home');
}

describe('the rest of a panel', () => {
  it('is as long as the panel says, but never zero', () => {
    expect(restOf(31_000)).toBe(31_000);
    expect(restOf(now - 500)).toBe(now + 1000);
  });

  it('is a minute where the panel names no time', () => {
    expect(restOf()).toBe(now + 60_000);
  });

  it('ends when the panel is asked again, for each panel on its own', () => {
    const rests = new PanelPauses();
    rests.begin('home', aProblem('rate-limited', { retryAt: 31_000 }), now);
    rests.begin('work', aProblem('rate-limited', { retryAt: 41_000 }), now);
    rests.end('home');
    expect([...rests.until]).toEqual([['work', 41_000]]);
    rests.clear();
    expect(rests.until.size).toBe(0);
  });
});
