/** Compares signals to empty servers with the truth: many servers, joins, lost questions, blocked ports, restarts. */
import { describe, expect, it } from 'vitest';
import { anAccount } from '../../tests/support/entities.js';
import { anAnswer } from '../../tests/support/fake-queries.js';
import { aWhenEmptyRig } from '../../tests/support/when-empty-rig.js';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import { oldest } from '../../bridge/rules/rule-limits.js';

const minute = 60_000;
const servers = 200;
const seconds = 30 * 60;
const wished = 5 * minute;
const wishes: readonly EmptyWish[] = [
  { does: 'stop', minutes: 5 },
  { does: 'restart', minutes: 5, everyHours: null },
];

/** The truth about one server. */
interface Truth {
  power: 'running' | 'offline';
  /** Nobody gets an answer from the port. */
  isBlocked: boolean;
  /** The console's count: none, the players, or always zero, because plugins hide players from the console. */
  readonly console: 'silent' | 'true' | 'empty';
  players: number;
  startedAt: number;
  /** Times at which somebody came to the empty server and the last one left; null = still on. */
  readonly stays: { readonly from: number; to: number | null }[];
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('a signal of Perch', () => {
  it.each([2027, 41])(
    'reaches only servers on which nobody was (seed %i)',
    async (seed) => {
      const random = randomOf(seed);
      const rig = aWhenEmptyRig({ random });
      const { clock, store, games, figures, settings, row } = rig;
      store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
      const truths = new Map<string, Truth>();
      const faults: string[] = [];
      let signals = 0;
      const set = (truth: Truth, players: number): void => {
        if (truth.players === 0 && players > 0) truth.stays.push({ from: clock.now(), to: null });
        const last = truth.stays.at(-1);
        if (truth.players > 0 && players === 0 && last !== undefined) last.to = clock.now();
        truth.players = players;
      };
      const halves = (id: string): string[] =>
        ['home/', 'work/'].map((account) => account + id.slice(5)).filter((one) => truths.has(one));
      const turn = (id: string, truth: Truth): void => {
        truth.power = truth.power === 'running' ? 'offline' : 'running';
        set(truth, 0);
        if (truth.power === 'running') truth.startedAt = clock.now();
        for (const each of halves(id)) {
          answered.delete(each);
          rig.power(each, truth.power);
        }
      };
      const answered = new Set<string>();
      /** The console prints a list, once the game has answered this process. */
      const list = (id: string, { console, players }: Truth): void => {
        if (row(id).reach?.kind === 'answers') answered.add(id);
        if (console === 'silent' || !answered.has(id)) return;
        figures.get(id)?.console(console === 'true' ? players : 0);
      };
      for (let number = 0; number < servers; number++) {
        const uuid = `s${number}`;
        const truth: Truth = {
          power: 'running',
          isBlocked: false,
          console: (['silent', 'true', 'empty'] as const)[number % 3] ?? 'silent',
          players: 0,
          startedAt: clock.now(),
          stays: [],
        };
        set(truth, Math.floor(random() * 2));
        const wish = wishes[number % 2] ?? null;
        const fields = { game: 'minecraft', link: { kind: 'live' } } as const;
        truths.set(rig.addPlayed(uuid, wish, fields), truth);
        if (number % 4 === 0) truths.set(rig.addPlayed(uuid, wish, { ...fields, accountId: 'work' }), truth);
        games.set(uuid, () => {
          const isLost = truth.power !== 'running' || truth.isBlocked || random() < 0.1;
          return isLost ? 'silent' : anAnswer({ players: truth.players });
        });
      }
      rig.hooks.command = (id, command) => {
        const truth = truths.get(id);
        if (command !== 'list' || truth === undefined || truth.console === 'silent') return;
        const count = truth.console === 'true' ? truth.players : 0;
        const names = Array.from({ length: count }, (_, at) => `P${at}`);
        rig.sightings.emit({ serverId: id, sighting: { kind: 'listed', names, isWhole: true } });
      };
      rig.hooks.signal = (id) => {
        const truth = truths.get(id);
        if (truth === undefined) return;
        signals += 1;
        const now = clock.now();
        const from = now - wished;
        if (truth.power !== 'running') faults.push(`${id} does not run`);
        // Who joins in the moment of the signal comes too late.
        const isOn = truth.players > 0 && (truth.stays.at(-1)?.from ?? now) < now;
        if (isOn) faults.push(`${id} has ${truth.players} players`);
        if (truth.startedAt > from) faults.push(`${id} started ${now - truth.startedAt} ms ago`);
        for (const { from: came, to } of truth.stays) {
          // Somebody who came and left between two answers was not seen.
          const within = Math.min(to ?? now, now) - Math.max(came, from);
          if (within > oldest.players) faults.push(`${id} had players for ${within} ms`);
        }
        turn(id, truth);
      };
      rig.begin();
      for (let second = 0; second < seconds; second++) {
        await clock.advance(1000);
        // The computer sleeps once.
        if (second === 1000) clock.sleep(4 * minute);
        for (const [id, truth] of truths) {
          if (id.startsWith('work/')) continue;
          const chance = random();
          const before = truth.players;
          if (chance < 0.001 && truth.power === 'running') set(truth, truth.players + 1);
          else if (chance < 0.008 && truth.players > 0) set(truth, truth.players - 1);
          else if (chance < 0.0085) truth.isBlocked = !truth.isBlocked;
          else if (chance < (truth.power === 'running' ? 0.0087 : 0.02)) turn(id, truth);
          // A console says at once who comes and goes, and prints a list now and then.
          const isNews = truth.players !== before || second % 7 === 0;
          if (truth.power === 'running' && isNews) list(id, truth);
        }
      }
      expect(faults).toEqual([]);
      expect(signals).toBeGreaterThan(50);
      await rig.quit();
      rig.queries.stop();
      expect(settings.current.whenEmpty).not.toEqual({});
    },
    300_000,
  );
});
