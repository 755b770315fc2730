/** Compares shown numbers with the truth: many servers, half an hour, restarts, lost questions and blocked ports. */
import { describe, expect, it } from 'vitest';
import { anAccount } from '../../tests/support/entities.js';
import { anAnswer, aQueriesRig } from '../../tests/support/fake-queries.js';
import { PlayerPast } from '../events/player-past.js';
import { paceMs } from './asked-server.js';

const minute = 60_000;
const servers = 200;
const seconds = 30 * 60;
/** Perch looks at all servers once a second. */
const lookMs = 1000;

/** The truth about one server. */
interface Truth {
  power: 'running' | 'offline';
  /** Nobody gets an answer from the port. */
  isBlocked: boolean;
  /** The console's count: none, the players, or always zero, because plugins hide players from the console. */
  readonly console: 'silent' | 'true' | 'empty';
  players: number;
  /** Times at which the number changed, with the number from then on. */
  readonly past: { readonly at: number; readonly players: number }[];
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('the number of players', () => {
  it.each([2027, 41])('is the true number of its time, never older than allowed (seed %i)', async (seed) => {
    const random = randomOf(seed);
    const { clock, store, games, queries, questions, add, power, row, figures, settings } = aQueriesRig({
      random,
    });
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
    const truths = new Map<string, Truth>();
    const faults: string[] = [];
    for (let number = 0; number < servers; number++) {
      const uuid = `s${number}`;
      const players = Math.floor(random() * 4);
      const truth: Truth = {
        power: 'running',
        isBlocked: false,
        console: (['silent', 'true', 'empty'] as const)[number % 3] ?? 'silent',
        players,
        past: [{ at: clock.now(), players }],
      };
      truths.set(add(uuid), truth);
      // A second account sees some of them as well.
      if (number % 4 === 0) truths.set(add(uuid, { accountId: 'work' }), truth);
      games.set(uuid, () => {
        const isLost = truth.power !== 'running' || truth.isBlocked || random() < 0.1;
        return isLost ? 'silent' : anAnswer({ players: truth.players });
      });
    }
    const emptied: { readonly id: string; readonly at: number }[] = [];
    const past = new Map(
      [...truths.keys()].map((id) => [
        id,
        new PlayerPast(clock, {
          write: (_server: unknown, what: { kind: string }, at: number) => {
            if (what.kind === 'players-gone') emptied.push({ id, at });
          },
          lasting: () => undefined,
          end: () => undefined,
        } as never),
      ]),
    );
    store.listen(({ previous, next, changes }) => {
      for (const change of changes) {
        if (change.kind !== 'server-patched') continue;
        const [before, after] = [previous.servers.get(change.serverId), next.servers.get(change.serverId)];
        if (before !== undefined && after !== undefined) past.get(change.serverId)?.changed(before, after);
      }
    });
    const set = (truth: Truth, players: number): void => {
      truth.players = players;
      truth.past.push({ at: clock.now(), players });
    };
    const answered = new Set<string>();
    /** The console prints a list, once the game has answered this process. */
    const list = (id: string, { console, players }: Truth): void => {
      if (row(id).reach?.kind === 'answers') answered.add(id);
      if (console === 'silent' || !answered.has(id)) return;
      figures.get(id)?.console(console === 'true' ? players : 0);
    };
    /** Whether the number was true at any moment of the question that was answered at this time. */
    const was = ({ past: changes }: Truth, players: number, at: number): boolean => {
      const before = changes.findLast((change) => change.at <= at - 60);
      return [before, ...changes.filter((change) => change.at > at - 60 && change.at <= at)].some(
        (change) => change?.players === players,
      );
    };
    queries.start();
    for (let second = 0; second < seconds; second++) {
      await clock.advance(1000);
      if (second % 300 === 299)
        settings.change({
          playerQueries: { isOn: true, offAccounts: second % 600 === 299 ? ['work'] : [] },
        });
      for (const [id, truth] of truths) {
        const isSecond = id.startsWith('work/');
        const chance = isSecond ? 1 : random();
        if (chance < 0.01) set(truth, truth.players + 1);
        else if (chance < 0.02 && truth.players > 0) set(truth, truth.players - 1);
        else if (chance < 0.0205) truth.isBlocked = !truth.isBlocked;
        else if (chance < 0.021) {
          truth.power = truth.power === 'running' ? 'offline' : 'running';
          set(truth, 0);
          for (const each of [id, id.replace('home/', 'work/')].filter((one) => truths.has(one))) {
            answered.delete(each);
            power(each, truth.power);
          }
        }
        if (truth.power === 'running' && second % 7 === 0) list(id, truth);
        const { players, reach } = row(id);
        const now = clock.now();
        if (truth.power !== 'running' && (players ?? reach ?? null) !== null)
          faults.push(`${id} has players although it does not run`);
        const isOff = settings.current.playerQueries.offAccounts.length > 0;
        if (isSecond && isOff && players?.source === 'query')
          faults.push(`${id} has an answer although it is off`);
        if (!players) continue;
        if (players.source === 'query' && now - players.seenAt > 3 * paceMs + lookMs)
          faults.push(`${id} shows a number of ${now - players.seenAt} ms`);
        if (!was(truth, players.count, players.seenAt)) faults.push(`${id} never had ${players.count} then`);
      }
    }
    expect(faults).toEqual([]);
    expect(emptied.length).toBeGreaterThan(20);
    for (const { id, at } of emptied) {
      const truth = truths.get(id);
      expect(truth !== undefined && was(truth, 0, at), `${id} was empty at ${at}`).toBe(true);
    }
    const lastAsked = new Map<string, number>();
    for (const { host, at } of questions) {
      expect(at - (lastAsked.get(host) ?? -Infinity)).toBeGreaterThanOrEqual(15_000);
      lastAsked.set(host, at);
    }
    expect(questions.length / servers / (seconds / 60)).toBeLessThan(1.05);
    queries.stop();
    await clock.advance(minute);
  });
});
