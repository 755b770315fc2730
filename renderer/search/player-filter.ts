/**
 * Words about players that every search for servers understands: `players:empty`, `players:full`, `players>5`,
 * `players<=3`, `players=0`. Pure.
 */
import type { PlayersOnline } from '../../bridge/schema/players.js';
import { isFull } from '../../bridge/fleet/full.js';

/** Whether a server with these players passes. */
export type PlayerTest = (players: PlayersOnline) => boolean;

export const playerFilters = { empty: 'players:empty', full: 'players:full' } as const;

const word = /^players(?::(?<state>empty|full)|(?<sign>[<>]=?|[:=])(?<count>\d{1,6}))$/i;

const compare: Readonly<Record<string, (count: number, than: number) => boolean>> = {
  '<': (count, than) => count < than,
  '<=': (count, than) => count <= than,
  '>': (count, than) => count > than,
  '>=': (count, than) => count >= than,
  '=': (count, than) => count === than,
  ':': (count, than) => count === than,
};

/** Whether a server passes all tests. An unknown number passes none, not even `players:empty`. */
export function passesPlayers(
  players: PlayersOnline | null | undefined,
  tests: readonly PlayerTest[],
): boolean {
  return tests.every((test) => players !== null && players !== undefined && test(players));
}

/** The tests in a filter text, which must all pass, and the text without their words. */
export function playerFilter(text: string): { readonly tests: readonly PlayerTest[]; readonly rest: string } {
  const tests: PlayerTest[] = [];
  const others: string[] = [];
  for (const part of text.split(/\s+/)) {
    const test = testOf(part);
    if (test === null) others.push(part);
    else tests.push(test);
  }
  // A text without these words stays unchanged.
  return tests.length === 0 ? { tests, rest: text } : { tests, rest: others.join(' ') };
}

function testOf(part: string): PlayerTest | null {
  const { state, sign = '', count } = word.exec(part)?.groups ?? {};
  if (state !== undefined) return state.toLowerCase() === 'full' ? isFull : (players) => players.count === 0;
  const compares = compare[sign];
  return compares === undefined ? null : (players) => compares(players.count, Number(count));
}
