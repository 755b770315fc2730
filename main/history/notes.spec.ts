import { beforeEach, describe, expect, it } from 'vitest';
import { aSample } from '../../tests/support/samples.js';
import { Notes } from './notes.js';
import { RecentStates } from './recent-states.js';
import { rowOf } from './sample-rows.js';

const row = rowOf(aSample(0), 1);
let states = new RecentStates();
let notes = new Notes(states);

beforeEach(() => {
  states = new RecentStates();
  notes = new Notes(states);
});

function saw(server: string, at: number, state: 'running' | 'offline' | 'unknown'): void {
  if (states.set(server, state, at)) notes.state(server, state, at);
}

describe('notes', () => {
  it('make an entry of the data since the last entry', () => {
    saw('home/1', 10, 'running');
    notes.close(100, null);
    saw('home/1', 150, 'offline');
    notes.usage('home/1', row);
    notes.close(200, null);
    expect(notes.closed).toEqual([
      {
        at: 100,
        isWhole: true,
        isFirst: true,
        states: [{ server: 'home/1', at: 10, state: 'running' }],
        usage: [],
      },
      {
        at: 200,
        isWhole: false,
        isFirst: false,
        states: [{ server: 'home/1', at: 150, state: 'offline' }],
        usage: [{ server: 'home/1', row }],
      },
    ]);
  });

  it('make an entry without data while a server is observed', () => {
    saw('home/1', 10, 'running');
    notes.close(100, null);
    notes.close(200, null);
    expect(notes.closed.map(({ at }) => at)).toEqual([100, 200]);
  });

  it('make an entry of the last data of a server that is no longer observed', () => {
    saw('home/1', 10, 'running');
    notes.close(100, null);
    saw('home/1', 150, 'unknown');
    notes.usage('home/1', row);
    notes.close(200, null);
    expect(notes.closed.map(({ at }) => at)).toEqual([100, 200]);
  });

  it('make no entry without observed servers and data', () => {
    notes.close(100, null);
    saw('home/1', 110, 'running');
    saw('home/1', 120, 'unknown');
    notes.close(200, null);
    notes.close(300, null);
    expect(notes.closed.map(({ at, isFirst }) => [at, isFirst])).toEqual([[200, true]]);
  });

  it('make an entry for usage without states', () => {
    notes.usage('home/1', row);
    notes.close(100, null);
    expect(notes.closed).toHaveLength(1);
    expect(notes.closed[0]?.usage).toHaveLength(1);
  });

  it('include every state since a moment in a complete entry', () => {
    saw('home/1', 10, 'running');
    saw('home/2', 60, 'offline');
    notes.close(100, null);
    saw('home/2', 150, 'running');
    notes.close(200, 120);
    expect(notes.closed[1]).toMatchObject({
      isWhole: true,
      isFirst: false,
      states: [
        { server: 'home/1', at: 120, state: 'running' },
        { server: 'home/2', at: 120, state: 'offline' },
        { server: 'home/2', at: 150, state: 'running' },
      ],
    });
  });

  it('include a state at the moment of closing, and none from a later time', () => {
    saw('home/1', 100, 'running');
    notes.close(100, null);
    expect(notes.closed[0]?.states).toEqual([{ server: 'home/1', at: 100, state: 'running' }]);
  });

  it('wait until they are written', () => {
    saw('home/1', 10, 'running');
    notes.close(100, null);
    const first = [...notes.closed];
    notes.close(200, null);
    notes.written(first);
    expect(notes.closed.map(({ at }) => at)).toEqual([200]);
  });

  it('forget removed servers, in closed and open entries', () => {
    for (const server of ['home/1', 'work/1']) {
      saw(server, 10, 'running');
      notes.usage(server, row);
    }
    notes.close(100, null);
    for (const server of ['home/1', 'work/1']) {
      saw(server, 110, 'offline');
      notes.usage(server, row);
    }
    notes.forget((id) => id.startsWith('home/'));
    notes.close(200, null);
    const serversOf = notes.closed.map((entry) =>
      [...entry.states, ...entry.usage].map(({ server }) => server),
    );
    expect(serversOf).toEqual([
      ['work/1', 'work/1'],
      ['work/1', 'work/1'],
    ]);
    expect(notes.closed.map(({ at }) => at)).toEqual([100, 200]);
  });

  it('drop the oldest beyond 20,000 figures and states, but never the last', () => {
    const some = (count: number, at: number): void => {
      for (let place = 0; place < count; place++) notes.usage('home/1', row);
      notes.close(at, null);
    };
    saw('home/1', 1, 'running');
    some(9999, 100);
    some(10_000, 200);
    expect(notes.closed.map(({ at }) => at)).toEqual([100, 200]);
    some(1, 300);
    expect(notes.closed.map(({ at }) => at)).toEqual([200, 300]);
    some(20_001, 400);
    expect(notes.closed.map(({ at }) => at)).toEqual([400]);
  });
});
