import { describe, expect, it } from 'vitest';
import { anAnswer, aPlace, aQueriesRig } from '../../tests/support/fake-queries.js';
import { anAccount } from '../../tests/support/entities.js';

const minute = 60_000;

describe('PlayerQueries', () => {
  it('writes the answer of a running game to its row, with source, age and reach', async () => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => anAnswer({ players: 12, slots: 40, title: 'Survival' }));
    queries.start();
    await clock.advance(minute);
    expect(row(id).players).toMatchObject({ count: 12, slots: 40, source: 'query' });
    expect(row(id).reach).toEqual({
      kind: 'answers',
      pingMs: 20,
      version: '1.21',
      title: 'Survival',
      hasPassword: false,
      isFull: false,
    });
    queries.stop();
    expect(clock.pending).toBe(1);
  });

  it('asks once a minute, and every 15 s in sight, also when a user asks at once again and again', async () => {
    const { clock, games, questions, interests, queries, add } = aQueriesRig();
    const id = add('a');
    games.set('a', () => anAnswer());
    queries.start();
    await clock.advance(10 * minute);
    expect(questions).toHaveLength(10);
    interests.setShown(1, [id]);
    await clock.advance(minute);
    expect(questions.length - 10).toBeGreaterThanOrEqual(4);
    for (let second = 0; second < 60; second++) {
      queries.askNow(id);
      await clock.advance(1000);
    }
    const gaps = questions.slice(1).map(({ at }, before) => at - (questions[before]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(15_000);
  });

  it('asks no server that does not run, and forgets its players at once', async () => {
    const { clock, games, questions, queries, add, power, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => anAnswer({ players: 3 }));
    queries.start();
    await clock.advance(minute);
    power(id, 'offline');
    expect([row(id).players, row(id).reach]).toEqual([null, null]);
    const before = questions.length;
    await clock.advance(10 * minute);
    expect(questions).toHaveLength(before);
    power(id, 'starting');
    power(id, 'running');
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(3);
  });

  it('keeps an answer for three questions without one, then neither count nor reach but silence', async () => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    let answers = true;
    games.set('a', () => (answers ? anAnswer({ players: 3 }) : 'silent'));
    queries.start();
    await clock.advance(5 * minute);
    answers = false;
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(3);
    expect(row(id).reach?.kind).toBe('answers');
    await clock.advance(1.5 * minute);
    expect(row(id).players).toBeNull();
    expect(row(id).reach).toBeNull();
    await clock.advance(minute);
    expect(row(id).reach).toMatchObject({ kind: 'silent', hasAnswered: true, suspect: null });
    answers = true;
    await clock.advance(5 * minute);
    expect(row(id).reach?.kind).toBe('answers');
    expect(row(id).players?.count).toBe(3);
  });

  it('calls a game silent that never answered only if it surely can, and not in its first three minutes', async () => {
    const { clock, places, queries, add, row } = aQueriesRig();
    const certain = add('a');
    const guessed = add('b');
    places.set('b', [aPlace('b', { isCertain: false })]);
    queries.start();
    await clock.advance(2.9 * minute);
    expect(row(certain).reach ?? null).toBeNull();
    await clock.advance(10 * minute);
    expect(row(certain).reach).toMatchObject({ kind: 'silent', hasAnswered: false });
    expect(row(guessed).reach ?? null).toBeNull();
  });

  it('tries one place after another, and then asks only the place that answered, also in the next run', async () => {
    const first = aQueriesRig();
    const places = [1, 2, 3].map((port) => aPlace(`h${port}`, { port, isCertain: false }));
    const id = first.add('a');
    first.places.set('a', places);
    first.games.set('h2', () => anAnswer());
    first.queries.start();
    await first.clock.advance(6 * minute);
    expect(first.questions.map(({ host }) => host)).toEqual(['h1', 'h2', 'h2', 'h2', 'h2', 'h2']);
    await first.found.stop();
    expect(first.memory.current.answeredQueries).toEqual([
      { serverId: id, protocol: 'source', host: 'h2', port: 2 },
    ]);
    const second = aQueriesRig();
    second.memory.current = first.memory.current;
    second.add('a');
    second.places.set('a', places);
    second.queries.start();
    await second.clock.advance(minute);
    expect(second.questions.map(({ host }) => host)).toEqual(['h2']);
  });

  it('asks ever more rarely where nobody answers, and again after a start', async () => {
    const { clock, questions, queries, add, power } = aQueriesRig();
    const id = add('a');
    queries.start();
    await clock.advance(60 * minute);
    const inHour = questions.length;
    expect(inHour).toBeLessThan(14);
    await clock.advance(60 * minute);
    expect(questions.length - inHour).toBeLessThanOrEqual(7);
    power(id, 'offline');
    await clock.advance(1000);
    power(id, 'running');
    const before = questions.length;
    await clock.advance(3 * minute);
    expect(questions.length - before).toBeGreaterThanOrEqual(2);
  });

  it('shares its questions between accounts that see the same server, and writes to both', async () => {
    const { clock, store, games, questions, queries, add, row } = aQueriesRig();
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
    const one = add('a');
    const other = add('a', { accountId: 'work' });
    games.set('a', () => anAnswer({ players: 2 }));
    queries.start();
    await clock.advance(minute);
    expect(questions).toHaveLength(1);
    expect([row(one).players?.count, row(other).players?.count]).toEqual([2, 2]);
  });

  it('asks nobody where the user switched it off: everywhere, for a panel, for a server', async () => {
    const { clock, games, questions, settings, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => anAnswer({ players: 2 }));
    queries.start();
    await clock.advance(minute);
    const off = [
      { playerQueries: { isOn: false, offAccounts: [] } },
      { playerQueries: { isOn: true, offAccounts: ['home'] } },
      { queryChoices: { [id]: { protocol: null, host: null, port: null, isOff: true } } },
    ];
    for (const fields of off) {
      settings.change(fields);
      const before = questions.length;
      expect(row(id).players).toBeNull();
      await clock.advance(5 * minute);
      expect(questions).toHaveLength(before);
      settings.change({ playerQueries: { isOn: true, offAccounts: [] }, queryChoices: {} });
      await clock.advance(2 * minute);
      expect(row(id).players?.count).toBe(2);
    }
  });

  it('takes the number from the row of an account that was switched off, though another account asks on', async () => {
    const { clock, store, games, settings, queries, add, row } = aQueriesRig();
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
    const one = add('a');
    const other = add('a', { accountId: 'work' });
    games.set('a', () => anAnswer({ players: 5 }));
    queries.start();
    await clock.advance(minute);
    expect([row(one).players?.count, row(other).players?.count]).toEqual([5, 5]);
    settings.change({ playerQueries: { isOn: true, offAccounts: ['work'] } });
    expect([row(one).players?.count, row(other).players, row(other).reach]).toEqual([5, null, null]);
    settings.change({ playerQueries: { isOn: true, offAccounts: [] } });
    await clock.advance(minute);
    expect(row(other).players?.count).toBe(5);
    store.apply([{ kind: 'server-patched', serverId: other, patch: { power: null } }]);
    await clock.advance(1000);
    expect([row(one).players?.count, row(other).players]).toEqual([5, null]);
  });

  it('calls no game in sight silent before three minutes, nor the server guilty while nobody else was asked', async () => {
    const { clock, games, interests, queries, add, row } = aQueriesRig();
    let isCut = false;
    for (const host of ['a', 'b', 'c']) {
      add(host, { node: host === 'c' ? 'Node 2' : 'Node 1' });
      games.set(host, () => (isCut ? 'silent' : anAnswer({ players: 1 })));
    }
    queries.start();
    await clock.advance(5 * minute);
    interests.setShown(1, ['home/a']);
    await clock.advance(minute);
    isCut = true;
    await clock.advance(2.9 * minute);
    expect(row('home/a').reach).toBeNull();
    await clock.advance(1.5 * minute);
    expect(row('home/a').reach).toMatchObject({ kind: 'silent', suspect: 'network' });
  });

  it.each(['unknown-host', 'nonsense'] as const)('shows no players of a game after %s', async (failure) => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    let answers = true;
    games.set('a', () => (answers ? anAnswer({ players: 2 }) : failure));
    queries.start();
    await clock.advance(2 * minute);
    answers = false;
    await clock.advance(30 * minute);
    expect([row(id).players, row(id).reach]).toEqual([null, null]);
    expect(queries.stateOf(row(id))?.problem).toBe(failure);
  });

  it('calls a game silent whose second place Perch may not ask, without a change to and fro', async () => {
    const { clock, games, places, queries, add, row, store } = aQueriesRig();
    const id = add('a');
    places.set('a', [aPlace('a'), aPlace('shut', { isCertain: false })]);
    games.set('shut', () => 'closed');
    const kinds: (string | null)[] = [];
    store.listen(() => {
      const kind = row(id).reach?.kind ?? null;
      if (kinds.at(-1) !== kind) kinds.push(kind);
    });
    queries.start();
    await clock.advance(60 * minute);
    expect(kinds.filter((kind) => kind !== null)).toEqual(['silent']);
    expect(queries.stateOf(row(id))?.isBlocked).toBe(false);
  });

  it('writes no answer to the row of an account that was switched off while the game was asked', async () => {
    const { clock, store, games, questions, settings, queries, add, row } = aQueriesRig();
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
    const one = add('a');
    const other = add('a', { accountId: 'work' });
    games.set('a', () => {
      settings.change({ playerQueries: { isOn: true, offAccounts: ['work'] } });
      return anAnswer({ players: 5 });
    });
    queries.start();
    await clock.advance(minute);
    expect(questions).toHaveLength(1);
    expect([row(one).players?.count, row(other).players ?? null]).toEqual([5, null]);
  });

  it('says who else answers: another server of the node, servers of other nodes, or nobody', async () => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const quiet = new Set<string>();
    for (const host of ['a', 'b', 'c']) {
      add(host, { node: host === 'c' ? 'Node 2' : 'Node 1' });
      games.set(host, () => (quiet.has(host) ? 'silent' : anAnswer()));
    }
    queries.start();
    await clock.advance(5 * minute);
    const suspect = async (...hosts: string[]) => {
      for (const host of hosts) quiet.add(host);
      await clock.advance(40 * minute);
      const { reach } = row('home/a');
      return reach?.kind === 'silent' ? reach.suspect : reach;
    };
    expect(await suspect('a')).toBe('server');
    expect(await suspect('b')).toBe('node');
    expect(await suspect('c')).toBe('network');
  });

  it('takes a proxy without UDP for no silence', async () => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => 'no-udp');
    queries.start();
    await clock.advance(20 * minute);
    expect(row(id).reach ?? null).toBeNull();
    expect(queries.stateOf(row(id))?.problem).toBe('no-udp');
  });

  it('spreads the questions to many servers over the minute, a few at once', async () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const { clock, games, questions, queries, add } = aQueriesRig({ random });
    for (let n = 0; n < 300; n++) {
      add(`s${n}`);
      games.set(`s${n}`, () => anAnswer());
    }
    queries.start();
    await clock.advance(4 * minute);
    const from = questions[0]?.at ?? 0;
    const seconds = new Map<number, number>();
    for (const { at } of questions) {
      const second = Math.floor((at - from) / 1000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(questions.length).toBeGreaterThanOrEqual(900);
    expect(questions.length).toBeLessThanOrEqual(1200);
    expect(Math.max(...seconds.values())).toBeLessThanOrEqual(20);
  });

  it('asks another place that the user chose, and forgets the answer of the old place', async () => {
    const { clock, games, questions, settings, queries, add, row } = aQueriesRig();
    const id = add('a');
    games.set('a', () => anAnswer({ players: 2 }));
    queries.start();
    await clock.advance(minute);
    settings.change({
      queryChoices: { [id]: { protocol: null, host: 'elsewhere', port: null, isOff: false } },
    });
    queries.renew(id);
    expect(row(id).players).toBeNull();
    games.set('elsewhere', () => anAnswer({ players: 7 }));
    await clock.advance(minute);
    expect(questions.at(-1)).toMatchObject({ host: 'elsewhere', port: 27015 });
    expect(row(id).players?.count).toBe(7);
  });
});
