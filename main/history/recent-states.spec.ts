import { beforeEach, describe, expect, it } from 'vitest';
import { RecentStates } from './recent-states.js';

let states = new RecentStates();

beforeEach(() => {
  states = new RecentStates();
});

describe('recent states', () => {
  it('take a new state, and report the change', () => {
    expect(states.set('home/1', 'running', 10)).toBe(true);
    expect(states.set('home/1', 'running', 20)).toBe(false);
    expect(states.set('home/1', 'offline', 30)).toBe(true);
    expect(states.current).toEqual([['home/1', 'offline']]);
    expect(states.between('home/1', 0, 40)).toEqual([
      { at: 10, state: 'running' },
      { at: 30, state: 'offline' },
      { at: 40, state: 'unknown' },
    ]);
  });

  it('hold no state of an unknown server', () => {
    expect(states.set('home/1', 'unknown', 10)).toBe(false);
    expect(states.serverIds).toEqual([]);
    expect(states.between('home/1', 0, 40)).toEqual([]);
  });

  it('put states of an earlier run before those of this run', () => {
    states.set('home/1', 'offline', 30);
    states.restore('home/1', [
      { at: 10, state: 'running' },
      { at: 20, state: 'unknown' },
    ]);
    states.restore('home/2', [{ at: 5, state: 'starting' }]);
    expect(states.current).toEqual([
      ['home/1', 'offline'],
      ['home/2', 'starting'],
    ]);
    expect(states.between('home/1', 0, 40).map(({ at }) => at)).toEqual([10, 20, 30, 40]);
  });

  it('are unknown for a time without observation, and continue after it', () => {
    states.set('home/1', 'running', 10);
    states.set('home/2', 'running', 10);
    states.set('home/2', 'unknown', 15);
    states.missed(20, 30);
    expect(states.between('home/1', 0, 40)).toEqual([
      { at: 10, state: 'running' },
      { at: 20, state: 'unknown' },
      { at: 30, state: 'running' },
      { at: 40, state: 'unknown' },
    ]);
    expect(states.current).toEqual([
      ['home/1', 'running'],
      ['home/2', 'unknown'],
    ]);
  });

  it('drop old marks, except the current state', () => {
    states.set('home/1', 'starting', 10);
    states.set('home/1', 'running', 20);
    states.set('home/1', 'stopping', 30);
    states.trim(30);
    expect(states.between('home/1', 0, 40).map(({ at }) => at)).toEqual([30, 40]);
    states.set('home/2', 'starting', 10);
    states.set('home/2', 'running', 20);
    states.trim(19);
    expect(states.between('home/2', 0, 40).map(({ at }) => at)).toEqual([10, 20, 40]);
    states.trim(5);
    expect(states.between('home/2', 0, 40).map(({ at }) => at)).toEqual([10, 20, 40]);
  });

  it('drop a server once only unknown marks are left', () => {
    states.set('home/1', 'running', 10);
    states.set('home/1', 'unknown', 20);
    states.trim(19);
    expect(states.serverIds).toEqual(['home/1']);
    states.trim(20);
    expect(states.serverIds).toEqual([]);
  });

  it('forget the servers of one account only', () => {
    for (const id of ['home/1', 'home2/1', 'work/1']) states.set(id, 'running', 10);
    states.forgetAccount('home');
    expect(states.serverIds).toEqual(['home2/1', 'work/1']);
  });
});
