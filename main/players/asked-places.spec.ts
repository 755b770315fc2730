/** No neighbour answers for a server, and no server is asked more often than it may be. */
import { describe, expect, it } from 'vitest';
import type { Allocation } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { anAnswer, aQueriesRig } from '../../tests/support/fake-queries.js';
import type { Candidate } from './asked-place.js';
import { chosenPlaces } from './query-choices.js';

const minute = 60_000;
const allocation = (ip: string, port: number, alias: string | null = null): Allocation => ({
  ip,
  alias,
  port,
  notes: null,
  isDefault: true,
});
const place = (host: string, port = 25_565): Candidate => ({
  protocol: 'minecraft-status',
  host,
  port,
  isCertain: true,
});

describe('a place that answers instead of an earlier one', () => {
  it('loses its turn as soon as the earlier place answers again', async () => {
    const { clock, games, questions, queries, add, row, places } = aQueriesRig();
    const id = add('a');
    places.set('a', [place('own'), place('node')]);
    let isUp = true;
    games.set('own', () => (isUp ? anAnswer({ players: 4 }) : 'silent'));
    games.set('node', () => anAnswer({ players: 0 }));
    queries.start();
    await clock.advance(5 * minute);
    isUp = false;
    await clock.advance(25 * minute);
    expect(row(id).players?.count).toBe(0);
    const hosts = questions.slice(-11).map(({ host }) => host);
    expect(hosts.filter((host) => host === 'own')).toHaveLength(1);
    expect(row(id).reach?.kind).toBe('answers');
    expect(queries.stateOf(row(id))?.problem).toBeNull();
    isUp = true;
    await clock.advance(12 * minute);
    expect(row(id).players?.count).toBe(4);
    expect(questions.at(-1)?.host).toBe('own');
  });
});

describe('a place that is of another server as well', () => {
  it('is not asked, neither a shared name nor an address of a home network', async () => {
    const { clock, games, questions, queries, add, places } = aQueriesRig();
    add('a', { allocations: [allocation('203.0.113.1', 25_565, 'play.example.com')] });
    add('b', { allocations: [allocation('203.0.113.2', 25_565, 'PLAY.example.com')] });
    add('c', { allocations: [allocation('10.0.0.2', 25_565)] });
    add('d', { allocations: [allocation('10.0.0.2', 25_565)] });
    places.set('a', [place('play.example.com'), place('203.0.113.1'), place('203.0.113.2')]);
    for (const uuid of ['b', 'c', 'd']) places.set(uuid, [place('10.0.0.2')]);
    games.set('203.0.113.1', () => anAnswer());
    queries.start();
    await clock.advance(10 * minute);
    expect(new Set(questions.map(({ host }) => host))).toEqual(new Set(['203.0.113.1']));
  });

  it('is asked again when the other server has gone', async () => {
    const { clock, store, questions, queries, add, places } = aQueriesRig();
    add('a', { allocations: [allocation('10.0.0.2', 25_565)] });
    const other = add('b', { allocations: [allocation('10.0.0.2', 25_565)] });
    places.set('a', [place('10.0.0.2')]);
    places.set('b', []);
    queries.start();
    await clock.advance(2 * minute);
    expect(questions).toHaveLength(0);
    store.apply([{ kind: 'server-removed', serverId: other }]);
    store.apply([
      {
        kind: 'server-upserted',
        server: aServer({
          id: 'home/a',
          uuid: 'a',
          power: 'running',
          allocations: [allocation('10.0.0.2', 25_565)],
        }),
      },
    ]);
    await clock.advance(2 * minute);
    expect(questions.length).toBeGreaterThan(0);
  });

  it('gets no questions of 200 servers of a panel, and the server of another panel there is asked', async () => {
    const { clock, store, questions, queries, add, places } = aQueriesRig();
    const victim = [allocation('203.0.113.7', 25_565)];
    const spot = [place('203.0.113.7')];
    for (let number = 0; number < 200; number++) {
      add(`v${number}`, { allocations: victim });
      places.set(`v${number}`, spot);
    }
    queries.start();
    await clock.advance(5 * minute);
    expect(questions).toHaveLength(0);
    store.apply([
      { kind: 'account-upserted', account: anAccount({ id: 'work', panelUrl: 'https://other.example.com' }) },
    ]);
    places.set('true', spot);
    add('true', { accountId: 'work', allocations: victim });
    await clock.advance(3 * minute);
    expect(questions.length).toBeGreaterThanOrEqual(1);
    expect(questions.length).toBeLessThanOrEqual(3);
  });
});

describe('an answer that names the port of another server', () => {
  it('does not count', async () => {
    const { clock, games, queries, add, row } = aQueriesRig();
    const id = add('a', { allocations: [allocation('203.0.113.1', 27_015)] });
    games.set('a', () => anAnswer({ players: 7, gamePort: 27_016 }));
    queries.start();
    await clock.advance(2 * minute);
    expect(row(id).players ?? null).toBeNull();
    expect(queries.stateOf(row(id))?.problem).toBe('nonsense');
    games.set('a', () => anAnswer({ players: 3, gamePort: 27_015 }));
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(3);
  });

  it('counts at a place that the user chose', async () => {
    const { clock, games, settings, queries, add, row } = aQueriesRig();
    const id = add('a', { allocations: [allocation('203.0.113.1', 27_015)] });
    games.set('elsewhere', () => anAnswer({ players: 7, gamePort: 27_016 }));
    settings.change({
      queryChoices: { [id]: { protocol: null, host: 'elsewhere', port: null, isOff: false } },
    });
    queries.start();
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(7);
  });
});

describe('questions to a server', () => {
  const gapsOf = (questions: readonly { readonly at: number }[]): number[] =>
    questions.slice(1).map(({ at }, before) => at - (questions[before]?.at ?? 0));

  it.each([
    ['in sight', true, 15_000],
    ['out of sight', false, 60_000],
  ])('are not more frequent when its state flaps, %s', async (_name, isShown, gap) => {
    const { clock, games, questions, interests, queries, add, power } = aQueriesRig({ random: () => 0 });
    const id = add('a');
    games.set('a', () => anAnswer());
    if (isShown) interests.setShown(1, [id]);
    queries.start();
    for (let turn = 0; turn < 40; turn++) {
      await clock.advance(6000);
      power(id, turn % 3 === 0 ? 'offline' : null);
      await clock.advance(100);
      power(id, 'running');
    }
    expect(questions.length).toBeGreaterThan(2);
    expect(Math.min(...gapsOf(questions))).toBeGreaterThanOrEqual(gap);
  });

  it('are not more frequent when the user switches them off and on', async () => {
    const { clock, games, questions, queries, add, settings } = aQueriesRig({ random: () => 0 });
    const id = add('a');
    games.set('a', () => anAnswer());
    queries.start();
    await clock.advance(6000);
    for (let turn = 0; turn < 30; turn++) {
      settings.change({
        queryChoices: { [id]: { protocol: null, host: null, port: null, isOff: true } },
      });
      queries.renew(id);
      await clock.advance(500);
      settings.change({ queryChoices: {} });
      queries.renew(id);
      await clock.advance(1500);
    }
    expect(questions.length).toBeGreaterThan(2);
    expect(Math.min(...gapsOf(questions))).toBeGreaterThanOrEqual(15_000);
  });
});

describe('places that the user chose', () => {
  const nothing = { protocol: null, host: null, port: null, isOff: false };
  const elsewhere = 'https://panel.example.com';
  const server = (allocations: Allocation[]) => ({
    allocations,
    sftp: { host: 'node.example.com', port: 2022 },
  });
  const named = (places: readonly Candidate[]): string[] =>
    places.map(({ protocol, host, port }) => `${protocol} ${host} ${port}`);

  it.each(['0.0.0.0', '127.0.0.1', '::'])('never are this computer by a protocol alone (%s)', (ip) => {
    const choice = { ...nothing, protocol: 'source' as const };
    const places = chosenPlaces([], choice, server([allocation(ip, 27_015, '')]), elsewhere);
    expect(named(places)).toEqual(ip === '127.0.0.1' ? [] : ['source node.example.com 27015']);
    expect(places.some(({ mayBeHere }) => mayBeHere)).toBe(false);
  });

  it('are asked without an allocation, and without a protocol that Perch knows', () => {
    const whole = { ...nothing, protocol: 'bedrock' as const, host: 'play.example.com', port: 19_132 };
    expect(named(chosenPlaces([], whole, server([]), elsewhere))).toEqual(['bedrock play.example.com 19132']);
    const unknown = { ...nothing, host: 'play.example.com', port: 27_015 };
    expect(named(chosenPlaces([], unknown, server([]), elsewhere))).toEqual([
      'source play.example.com 27015',
    ]);
    const port = { ...nothing, port: 27_015 };
    expect(named(chosenPlaces([], port, server([allocation('203.0.113.1', 5000)]), elsewhere))).toEqual([
      'source 203.0.113.1 27015',
    ]);
    const host = { ...nothing, host: 'play.example.com' };
    expect(chosenPlaces([], host, server([allocation('203.0.113.1', 5000)]), elsewhere)).toEqual([]);
  });

  it('may be this computer where the user typed the host', () => {
    const choice = { ...nothing, host: '127.0.0.1' };
    expect(chosenPlaces([place('own')], choice, server([]), elsewhere)).toEqual([
      { ...place('127.0.0.1'), mayBeHere: true },
    ]);
  });
});
