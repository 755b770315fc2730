import { describe, expect, it } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { WatchedJoins } from './watched-joins.js';

const second = 1000;
const minute = 60 * second;
const id = 'home/u1';
const twin = 'work/u1';

function rig({ names = ['Anna'], game = 'minecraft', watched }: Partial<Setup> = {}) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount({ id: 'home' }) },
    { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
    { kind: 'server-upserted', server: aServer({ id, uuid: 'u1', game }) },
    { kind: 'server-upserted', server: aServer({ id: twin, accountId: 'work', uuid: 'u1', game }) },
  ]);
  const settings = { current: { watchedPlayers: watched ?? { [id]: [...names] } } };
  const came: string[] = [];
  const joins = new WatchedJoins({ clock, store, settings, came: (_id, player) => came.push(player) });
  const answered = (...all: readonly string[]): void =>
    joins.answered(
      id,
      all.map((name) => ({ name })),
      true,
    );
  const some = (...all: readonly string[]): void =>
    joins.answered(
      id,
      all.map((name) => ({ name })),
      false,
    );
  const joined = (name: string, serverId = id): void => joins.heard(serverId, { kind: 'joined', name });
  const left = (name: string): void => joins.heard(id, { kind: 'left', name });
  const lost = (): void => joins.heard(id, { kind: 'lost' });
  const ended = (): void => joins.heard(id, { kind: 'ended' });
  return { clock, settings, joins, came, answered, some, joined, left, lost, ended };
}

interface Setup {
  names: readonly string[];
  game: Server['game'];
  watched: Record<string, string[]>;
}

describe('a join line', () => {
  it('reports at once, once, and watched players only', async () => {
    const { clock, came, joined, left } = rig();
    joined('Bob');
    joined('Anna');
    joined('Anna');
    expect(came).toEqual(['Anna']);
    await clock.advance(60 * minute);
    joined('Anna');
    left('Anna');
    await clock.advance(2 * minute);
    joined('Anna');
    expect(came).toEqual(['Anna', 'Anna']);
  });

  it('of a player who lost the connection for less than two minutes is no news', async () => {
    const { clock, came, joined, left } = rig();
    joined('Anna');
    for (let time = 0; time < 20; time++) {
      await clock.advance(30 * second);
      left('Anna');
      await clock.advance(119 * second);
      joined('Anna');
    }
    expect(came).toEqual(['Anna']);
  });

  it('is no news from the second account that sees the server', () => {
    const { came, joined } = rig({ watched: { [id]: ['Anna'], [twin]: ['anna'] } });
    joined('Anna', twin);
    joined('Anna', id);
    expect(came).toEqual(['Anna']);
  });

  it('of a restarted server is no news of players who were on', async () => {
    const { clock, came, joined, ended } = rig();
    joined('Anna');
    await clock.advance(10 * minute);
    ended();
    await clock.advance(50 * second);
    ended();
    await clock.advance(90 * second);
    joined('Anna');
    expect(came).toEqual(['Anna']);
  });

  it('tells of a return that Perch saw after it had lost the console', async () => {
    const { clock, came, joined, lost } = rig();
    joined('Anna');
    lost();
    await clock.advance(10 * minute);
    joined('Anna');
    expect(came).toEqual(['Anna', 'Anna']);
  });

  it('reports by an id, with the watched id', () => {
    const { came, joins } = rig({ names: ['76561198000000001'], game: 'valheim' });
    joins.heard(id, { kind: 'joined', name: null, id: '76561198000000001' });
    expect(came).toEqual(['76561198000000001']);
  });
});

describe('an answer', () => {
  it('reports a player whom the complete previous answer did not name', async () => {
    const { clock, came, answered } = rig();
    answered('Bob');
    await clock.advance(minute);
    answered('Bob', 'Anna');
    await clock.advance(minute);
    answered('Bob', 'Anna');
    expect(came).toEqual(['Anna']);
  });

  it('never reports a player who was online before the first answer', async () => {
    const { clock, came, answered } = rig();
    answered('Anna');
    await clock.advance(minute);
    answered('Anna');
    expect(came).toEqual([]);
  });

  it('with a part of the players does not prove that somebody was off', async () => {
    const { clock, came, some, answered } = rig();
    for (let time = 0; time < 20; time++) {
      some('Bob');
      await clock.advance(minute);
      some('Anna');
      await clock.advance(minute);
    }
    expect(came).toEqual([]);
    answered('Bob');
    await clock.advance(3 * minute);
    some('Anna');
    expect(came).toEqual(['Anna']);
  });

  it('that comes long after the last answer reports nobody: the computer slept', async () => {
    const { clock, came, answered } = rig();
    answered('Bob');
    await clock.advance(8 * 60 * minute);
    answered('Anna');
    expect(came).toEqual([]);
  });

  it('repeats no join line, also if it was made before the join or after the leaving', async () => {
    const { clock, came, answered, joined, left } = rig();
    answered();
    joined('Anna');
    answered();
    await clock.advance(15 * second);
    answered('Anna');
    left('Anna');
    answered('Anna');
    await clock.advance(15 * second);
    answered();
    expect(came).toEqual(['Anna']);
  });

  it('reports a player who joined since the process began', async () => {
    const { clock, came, ended, answered } = rig();
    ended();
    await clock.advance(20 * second);
    answered('Anna');
    expect(came).toEqual(['Anna']);
  });
});

describe('names', () => {
  it.each([
    ['minecraft', ['Anna']],
    ['bedrock', ['Anna']],
    ['terraria', []],
    [null, []],
  ] as const)('of %s', (game, expected) => {
    const { came, joined } = rig({ names: ['anna'], game });
    joined('Anna');
    expect(came).toEqual(expected);
  });

  it.each(['An\u200bna', ' Anna', 'Anna ', 'Anna\u001b[0m', 'An\u202ena'])(
    'that only look like the watched one do not count: %j',
    async (impostor) => {
      const { clock, came, joins, answered, joined } = rig({ game: 'terraria' });
      answered();
      await clock.advance(5 * minute);
      joined(impostor);
      joins.heard(id, { kind: 'joined', name: 'Anna', isAltered: true });
      joins.answered(id, [{ name: 'Anna', isAltered: true }], true);
      joins.heard(id, { kind: 'listed', names: [impostor], isWhole: true });
      expect(came).toEqual([]);
    },
  );

  it('of an impostor do not prove that the player is off', async () => {
    const { clock, came, joins, answered } = rig({ game: 'source' });
    answered('Anna');
    for (let time = 0; time < 5; time++) {
      await clock.advance(minute);
      joins.answered(id, [{ name: 'Anna', isAltered: true }], true);
    }
    answered('Anna');
    expect(came).toEqual([]);
  });

  it('that are no longer watched are forgotten', async () => {
    const { clock, came, settings, joined, left } = rig();
    joined('Anna');
    settings.current = { watchedPlayers: {} };
    left('Anna');
    settings.current = { watchedPlayers: { [id]: ['Anna'] } };
    await clock.advance(minute);
    joined('Anna');
    expect(came).toEqual(['Anna', 'Anna']);
  });
});
