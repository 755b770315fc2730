/** What Perch asks, and believes, while this computer is offline or asleep, and afterwards. */
import { describe, expect, it } from 'vitest';
import { anAnswer, aPlace, aQueriesRig } from '../../tests/support/fake-queries.js';

const minute = 60_000;

describe('a computer without a network', () => {
  it('asks no game, and every game within a minute of its return, a few at once', async () => {
    let number = 0;
    const { clock, network, games, questions, queries, add } = aQueriesRig({
      random: () => (number = (number + 0.37) % 1),
    });
    for (let at = 0; at < 50; at++) {
      add(`s${at}`);
      games.set(`s${at}`, () => anAnswer());
    }
    queries.start();
    await clock.advance(5 * minute);
    network.isOnline = false;
    await clock.advance(1000);
    const before = questions.length;
    await clock.advance(30 * minute);
    expect(questions).toHaveLength(before);
    network.isOnline = true;
    queries.networkChanged();
    const back = clock.now();
    await clock.advance(minute + 1000);
    const asked = questions.slice(before);
    expect(new Set(asked.map(({ host }) => host)).size).toBe(50);
    const inFirst = asked.filter(({ at }) => at - back < 10_000).length;
    expect(inFirst).toBeGreaterThan(4);
    expect(inFirst).toBeLessThan(15);
    queries.stop();
  });

  it('asks again within a minute if no event reports the return of the network', async () => {
    const { clock, network, games, questions, queries, add } = aQueriesRig();
    add('a');
    games.set('a', () => anAnswer());
    queries.start();
    network.isOnline = false;
    await clock.advance(10 * minute);
    expect(questions).toEqual([]);
    network.isOnline = true;
    await clock.advance(minute);
    expect(questions).toHaveLength(1);
  });

  it('shows no number and no reach once the answer is too old, and no time of the next question', async () => {
    const { clock, network, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => anAnswer({ players: 3 }));
    queries.start();
    await clock.advance(5 * minute);
    network.isOnline = false;
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(3);
    await clock.advance(10 * minute);
    expect([row(id).players, row(id).reach, queries.nextAt(row(id))]).toEqual([null, null, null]);
  });

  it('still asks a game that may be on this computer', async () => {
    const { clock, network, games, places, questions, queries, add, row } = aQueriesRig();
    const id = add('a');
    places.set('a', [aPlace('elsewhere'), aPlace('127.0.0.1', { mayBeHere: true })]);
    games.set('127.0.0.1', () => anAnswer({ players: 3 }));
    network.isOnline = false;
    queries.start();
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(3);
    expect(questions.map(({ host }) => host)).not.toContain('elsewhere');
  });
});

describe('silence', () => {
  it('starts again with the network: no game is silent before three minutes of questions without an answer', async () => {
    const { clock, network, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => 'silent');
    queries.start();
    await clock.advance(6 * minute);
    expect(row(id).reach).toMatchObject({ kind: 'silent' });
    network.isOnline = false;
    await clock.advance(60 * minute);
    network.isOnline = true;
    queries.networkChanged();
    expect(row(id).reach).toBeNull();
    const back = clock.now();
    await clock.advance(3 * minute);
    expect(row(id).reach).toBeNull();
    await clock.advance(2 * minute);
    const { reach } = row(id);
    expect(reach?.kind === 'silent' && reach.since).toBeGreaterThan(back);
  });

  it('from before a sleep is forgotten, also before the system tells of the wake-up', async () => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    let answers = true;
    games.set('a', () => (answers ? anAnswer() : 'refused'));
    queries.start();
    await clock.advance(5 * minute);
    answers = false;
    await clock.advance(2.5 * minute);
    clock.sleep(60 * minute);
    const awake = clock.now();
    await clock.advance(10_000);
    expect(row(id).reach ?? null).toBeNull();
    await clock.advance(5 * minute);
    const { reach } = row(id);
    expect(reach?.kind === 'silent' && reach.since).toBeGreaterThan(awake);
  });

  it('is no word about a game that was asked when the network ended', async () => {
    const { clock, network, games, questions, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => {
      network.isOnline = false;
      return 'silent';
    });
    queries.start();
    for (let turn = 0; turn < 10; turn++) {
      await clock.advance(minute);
      network.isOnline = true;
    }
    expect(questions.length).toBeGreaterThan(5);
    expect(row(id).reach ?? null).toBeNull();
    expect(queries.stateOf(row(id))?.problem).toBeNull();
  });
});

it('an answer to a question from before a sleep is not believed, because nobody knows its age', async () => {
  const { clock, games, questions, queries, add, row } = aQueriesRig();
  const id = add('a');
  games.set('a', () => anAnswer({ players: 3 }));
  queries.start();
  await clock.advance(30_000);
  await clock.advance(0);
  expect(questions).toHaveLength(1);
  expect(queries.stateOf(row(id))?.isAsking).toBe(true);
  queries.networkChanged();
  await clock.advance(1000);
  expect(queries.stateOf(row(id))?.isAsking).toBe(false);
  expect(row(id).players ?? null).toBeNull();
  await clock.advance(2 * minute);
  expect(row(id).players?.count).toBe(3);
});
