import { describe, expect, it } from 'vitest';
import { aServer, playersOnline, someSettings } from '../../tests/support/entities.js';
import { anAnswer } from '../../tests/support/fake-queries.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import type { QueryAnswer } from '../query/query-answer.js';
import { AskedServer } from './asked-server.js';
import { CountedServer } from './counted-server.js';
import { ConsoleNames } from './console-names.js';
import { playersOf, type PlayersSourceDeps } from './players-source.js';

const place = { protocol: 'bedrock', host: 'play.example.com', port: 19_132 } as const;

interface Given {
  readonly answer?: Partial<QueryAnswer>;
  readonly isHidden?: boolean;
  /** Number in the row. */
  readonly count?: number | null;
  /** Names that joined by the console; null = no line about players. */
  readonly joined?: readonly string[] | null;
  /** Names from the panel; null = none sent. */
  readonly ofPanel?: readonly string[] | null;
}

function depsOf(
  asked: AskedServer,
  {
    consoleNames = new ConsoleNames(new FakeClock(1000)),
    counted = new CountedServer(),
    isHidden = false,
  } = {},
): PlayersSourceDeps {
  return {
    store: new FleetStore(),
    settings: { current: someSettings(), listen: () => () => undefined },
    queries: {
      stateOf: () => asked,
      placesOf: () => [],
      nextAt: () => null,
      show: () => () => undefined,
      listen: () => () => undefined,
    },
    counts: { stateOf: () => counted, show: () => () => undefined, listen: () => () => undefined },
    consoleNames,
    hidesNames: () => isHidden,
  };
}

function playersWith({ answer, isHidden = false, count = null, joined = null, ofPanel = null }: Given) {
  const consoleNames = new ConsoleNames(new FakeClock(1000));
  const server = aServer({ power: 'running', players: count === null ? null : playersOnline(count) });
  for (const name of joined ?? []) consoleNames.heard(server.id, { kind: 'joined', name });
  if (joined?.length === 0) consoleNames.heard(server.id, { kind: 'listed', names: [], isWhole: true });
  const asked = new AskedServer(0, 0, null);
  if (answer !== undefined) asked.answered(place, anAnswer(answer), 1000, 60_000);
  const counted = new CountedServer();
  if (ofPanel !== null) {
    counted.counted({ players: ofPanel.length, slots: 20, map: '' }, 1000);
    counted.named(ofPanel, 1000);
  }
  const deps = depsOf(asked, { consoleNames, counted, isHidden });
  const { names, ofConsole, countOnly } = playersOf(deps, server);
  return { names: names?.map(({ name }) => name) ?? null, ofConsole, countOnly };
}

describe('names of players', () => {
  it('are those of the game if the game sends names', () => {
    const answer = { names: [{ name: 'Wren', seconds: null, pingMs: null }], players: 1 };
    expect(playersWith({ answer, count: 1, joined: ['Anna'] })).toEqual({
      names: ['Wren'],
      ofConsole: undefined,
      countOnly: null,
    });
  });

  it('are those of the panel if the game does not answer this computer', () => {
    const told = { ofPanel: ['Wren', 'Saga'], count: 2, joined: ['Anna'] };
    expect(playersWith(told).names).toEqual(['Wren', 'Saga']);
    const answer = { names: [{ name: 'Bob', seconds: null, pingMs: null }], players: 1 };
    expect(playersWith({ ...told, answer }).names).toEqual(['Bob']);
    expect(playersWith({ ofPanel: ['Scientist 1'], isHidden: true })).toMatchObject({
      names: null,
      countOnly: 'hidden',
    });
  });

  it.each<[string, Given]>([
    ['game', { answer: { names: [], players: 0 } }],
    ['panel', { ofPanel: [] }],
  ])('are those of the console while it counts players and the %s says "nobody"', (_, said) => {
    expect(playersWith({ ...said, count: 1, joined: ['Anna'] }).names).toEqual(['Anna']);
    expect(playersWith({ ...said, count: 0 }).names).toEqual([]);
  });

  it.each<[string, Given, boolean]>([
    ['does not answer', { count: 2 }, true],
    ['does not answer, and more are on', { count: 5 }, false],
    ['does not answer, and nobody knows how many are on', {}, false],
    ['answers without names', { answer: { names: null, players: 2 }, count: 2 }, true],
    ['hides or invents names', { answer: { players: 2 }, isHidden: true, count: 2 }, true],
  ])('are those of the console if the game %s', (_why, given, isWhole) => {
    expect(playersWith({ ...given, joined: ['Anna', 'Bob'] })).toEqual({
      names: ['Anna', 'Bob'],
      ofConsole: { since: 1000, isWhole },
      countOnly: null,
    });
  });

  it('are none of the console once nobody is on', () => {
    const nobody = { names: [], ofConsole: { since: 1000, isWhole: true }, countOnly: null };
    expect(playersWith({ count: 0, joined: ['Anna'] })).toEqual(nobody);
    expect(playersWith({ count: 0, joined: [] })).toEqual(nobody);
  });

  it.each<[Given, string]>([
    [{ count: 3 }, 'not-asked'],
    [{ count: 3, joined: [] }, 'not-asked'],
    [{ count: 3, isHidden: true }, 'hidden'],
    [{ count: 3, answer: { names: null, players: 3 } }, 'no-names'],
  ])('are missing for a reason: %j', (given, countOnly) => {
    expect(playersWith(given)).toEqual({ names: null, ofConsole: undefined, countOnly });
  });
});

it('the place is the last that answered, until no answer counts and another place failed', () => {
  const other = { ...place, host: 'node.example.com' };
  const asked = new AskedServer(0, 0, null);
  const deps = depsOf(asked);
  const now = () => playersOf(deps, aServer({ power: 'running' })).query;
  asked.answered(place, anAnswer(), 1000, 60_000);
  expect(now()).toMatchObject({ place, problem: null });
  // The user chose another place, so the place that answered is none of the places to ask.
  asked.begin([{ ...other, isCertain: true }], 61_000);
  asked.failed('refused', 1, 61_000);
  expect(now()).toMatchObject({ place, problem: 'refused' });
  asked.expire(181_000, 60_000);
  expect(now()).toMatchObject({ place: other, problem: 'refused' });
  asked.answered(place, anAnswer(), 190_000, 60_000);
  expect(now()).toMatchObject({ place, problem: null });
});
