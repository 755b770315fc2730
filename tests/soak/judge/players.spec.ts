import { describe, expect, it } from 'vitest';
import type { PlayersRecord, ShownCount, Transcript } from '../transcript.js';
import { aGame, broken, counted, id, second, trouble } from './planted.js';

const two: [number, number][] = [[0, 2]];

describe('a number of players', () => {
  const rule = ['a number of players is as true and as fresh as it says'];
  const on = (counts: ShownCount[], players = two, rest: Partial<Transcript> = {}): string[] =>
    broken({ rest: { ...rest, players: aGame({ players }, { counts: [...counts, counted(500, null)] }) } });

  it('may be one that the game had at that time, until three minutes later', () => {
    expect(on([counted(400, 2)])).toEqual([]);
    expect(on([counted(319, 2)])).toEqual([]);
    expect(on([counted(315, 2)])).toEqual(rule);
    expect(on([counted(400, 2, 85)])).toEqual(rule);
  });

  it('is never a number that the game never had, or only had before', () => {
    expect(on([counted(400, 3)])).toEqual(rule);
    expect(on([counted(400, 0)])).toEqual(rule);
    const left: [number, number][] = [...two, [300, 0]];
    expect(on([counted(307, 2), counted(310, null)], left)).toEqual([]);
    expect(on([counted(309, 2), counted(310, null)], left)).toEqual(rule);
  });

  it('is not shown for a server that does not run, or whose state is unknown', () => {
    expect(on([counted(400, 2, 0, 'offline')])).toEqual(rule);
    const change = { ...counted(400, 2), power: null };
    expect(on([change])).toEqual(rule);
    expect(on([change, counted(400.02, null)])).toEqual([]);
  });

  it('may grow old while the computer sleeps', () => {
    const sleeps = [{ from: 310 * second, to: 495 * second }];
    expect(on([counted(300, 2)])).toEqual(rule);
    expect(on([counted(300, 2)], two, { sleeps })).toEqual([]);
  });
});

describe('"empty again"', () => {
  const rule = ['no server with players is told to be empty'];
  const entries = [{ at: 400 * second, serverId: id, kind: 'players-gone' }];
  const on = (players: [number, number][]): string[] =>
    broken({ rest: { players: aGame({ players }, { entries }) } });

  it('is for a server that was empty a minute ago', () => {
    expect(on([...two, [335, 0]])).toEqual([]);
    expect(on([...two, [335, 0], [345, 1]])).toEqual([]);
  });

  it('is not for a server with players all the time', () => {
    expect(on(two)).toEqual(rule);
    expect(on([...two, [300, 0], [330, 1]])).toEqual(rule);
  });
});

describe('questions', () => {
  const rule = ['no game is asked too often'];
  const on = (times: readonly [number, boolean][], restarts: Transcript['restarts'] = []): string[] => {
    const questions = times.map(([at, isInSight]) => ({ at: at * second, serverId: id, isInSight }));
    return broken({ rest: { restarts, players: aGame({}, { questions }) } });
  };

  it('come once a minute, and every 15 s in sight', () => {
    expect(
      on([
        [100, false],
        [160, false],
        [175, true],
      ]),
    ).toEqual([]);
    expect(
      on([
        [100, false],
        [159, false],
      ]),
    ).toEqual(rule);
    expect(
      on([
        [100, true],
        [114, true],
      ]),
    ).toEqual(rule);
    expect(
      on([
        [100, true],
        [130, false],
      ]),
    ).toEqual(rule);
  });

  it('may come again after a start of Perch', () => {
    expect(
      on(
        [
          [100, false],
          [120, false],
        ],
        [{ from: 105 * second, to: 110 * second }],
      ),
    ).toEqual([]);
    expect(
      on(
        [
          [100, false],
          [120, false],
        ],
        [{ from: 50 * second, to: 60 * second }],
      ),
    ).toEqual(rule);
  });
});

describe('a silent game', () => {
  const rule = ['a silent game is told as it is'];
  const entries = [{ at: 400 * second, serverId: id, kind: 'game-silent' }];
  const on = (blocked: [number, boolean][], rest: Partial<Transcript> = {}): string[] => {
    const players: PlayersRecord = aGame({ blocked }, { entries });
    return broken({ rest: { ...rest, players } });
  };

  it('could not answer', () => {
    expect(on([[200, true]])).toEqual([]);
    expect(on([[280, true]])).toEqual([]);
    expect(on([])).toEqual(rule);
    expect(on([[300, true]])).toEqual(rule);
    expect(
      on([
        [200, true],
        [310, false],
      ]),
    ).toEqual(rule);
  });

  it('is reported at the earliest three minutes after a gap', () => {
    const gap = [{ from: 210 * second, to: 225 * second }];
    const early = [{ from: 200 * second, to: 215 * second }];
    const cable = (to: number) => [trouble(to - 10, to, 'cable out')];
    expect(on([[100, true]], { sleeps: gap })).toEqual(rule);
    expect(on([[100, true]], { sleeps: early })).toEqual([]);
    expect(on([[100, true]], { restarts: gap })).toEqual(rule);
    expect(on([[100, true]], { troubles: cable(225) })).toEqual(rule);
    expect(on([[100, true]], { troubles: cable(215) })).toEqual([]);
  });

  it('may be silent in a trouble of its node', () => {
    expect(on([], { troubles: [trouble(300, 310, 'node is mute', 'node')] })).toEqual([]);
    expect(on([], { troubles: [trouble(300, 310, 'node is mute', 'other')] })).toEqual(rule);
  });
});
