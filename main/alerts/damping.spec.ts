import { beforeEach, describe, expect, it } from 'vitest';
import { Damping, isDamped } from './damping.js';

const minute = 60_000;

describe('damping', () => {
  let damping = new Damping();
  beforeEach(() => {
    damping = new Damping();
  });

  it('applies to process events, and to no rare kind', () => {
    for (const kind of ['crashed', 'stays-down', 'stopped', 'restarted', 'started'] as const)
      expect(isDamped(kind)).toBe(true);
    expect(isDamped('backup')).toBe(false);
  });

  it('allows the same kind once a minute, each kind on its own', () => {
    expect(damping.judge('started', 0, 'a')).toBe('tell');
    expect(damping.judge('started', minute - 1, 'a')).toBe('silent');
    expect(damping.judge('stopped', minute - 1, 'b')).toBe('tell');
    expect(damping.judge('started', minute, 'a')).toBe('tell');
  });

  it('reports a third event within five minutes as flapping, once, with the number', () => {
    expect(damping.judge('crashed', 0, 'a')).toBe('tell');
    expect(damping.judge('crashed', 2 * minute, 'b')).toBe('tell');
    expect(damping.judge('crashed', 5 * minute - 1, 'c')).toEqual({ flapping: 3 });
    expect(damping.judge('crashed', 7 * minute, 'd')).toBe('silent');
    expect(damping.judge('started', 7 * minute, 'e')).toBe('silent');
  });

  it('does not count an event that is five minutes old', () => {
    damping.judge('crashed', 0, 'a');
    damping.judge('crashed', 2 * minute, 'b');
    expect(damping.judge('crashed', 5 * minute, 'c')).toBe('tell');
  });

  it('counts an event once, however often it is judged', () => {
    for (const at of [0, minute, 2 * minute, 3 * minute])
      expect(damping.judge('crashed', at, 'a')).toBe('tell');
  });

  it('starts the five minutes at the first judgement of an event', () => {
    damping.judge('crashed', 0, 'a');
    damping.judge('stays-down', minute, 'a');
    damping.judge('crashed', 4 * minute, 'b');
    expect(damping.judge('crashed', 5 * minute, 'c')).toBe('tell');
  });

  it('is over after five minutes without an event', () => {
    for (const id of ['a', 'b', 'c']) damping.judge('crashed', 0, id);
    expect(damping.judge('crashed', 5 * minute - 1, 'd')).toBe('silent');
    expect(damping.judge('crashed', 10 * minute - 2, 'e')).toBe('silent');
    expect(damping.judge('crashed', 15 * minute - 2, 'f')).toBe('tell');
    expect(damping.judge('crashed', 15 * minute - 1, 'g')).toBe('silent');
    expect(damping.judge('crashed', 15 * minute, 'h')).toEqual({ flapping: 3 });
  });

  it('lets "stays down" pass while the server flaps, because the user is needed', () => {
    for (const id of ['a', 'b', 'c']) damping.judge('crashed', 0, id);
    expect(damping.judge('stays-down', 1, 'd')).toBe('tell');
    expect(damping.judge('stays-down', 2, 'd')).toBe('silent');
    damping = new Damping();
    for (const id of ['a', 'b']) damping.judge('crashed', 0, id);
    expect(damping.judge('stays-down', 1, 'c')).toBe('tell');
    expect(damping.judge('crashed', 2, 'd')).toEqual({ flapping: 4 });
  });
});
