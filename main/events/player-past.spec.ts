import { describe, expect, it } from 'vitest';
import type { PlayersOnline, Reach } from '../../bridge/schema/players.js';
import { playersOnline } from '../../tests/support/entities.js';
import { anEventsRig } from '../../tests/support/events-rig.js';

const answers: Reach = {
  kind: 'answers',
  pingMs: 20,
  version: null,
  title: null,
  hasPassword: null,
  isFull: false,
};
const silent: Reach = { kind: 'silent', since: 0, hasAnswered: true, suspect: 'server' };

function rig() {
  const all = anEventsRig();
  all.tell({ state: { kind: 'ready' } });
  const id = all.addServer({ power: 'running' });
  const kinds = () => all.log.recent.map(({ what }) => what.kind).filter((kind) => kind !== 'added');
  const players = (count: number | null, fields: Partial<PlayersOnline> = {}): void =>
    all.patch(id, { players: count === null ? null : playersOnline(count, fields) });
  const reach = (now: Reach | null): void => all.patch(id, { reach: now });
  return { ...all, id, kinds, players, reach };
}

describe('PlayerPast', () => {
  it('logs the first player after an empty server, and the empty server after a minute', async () => {
    const { clock, log, kinds, players } = rig();
    players(0);
    players(2);
    players(5);
    expect(kinds()).toEqual(['players-on']);
    const left = clock.now();
    players(0);
    await clock.advance(59_000);
    expect(kinds()).toEqual(['players-on']);
    await clock.advance(6000);
    expect(kinds()).toEqual(['players-on', 'players-gone']);
    expect(log.recent.at(-1)?.at).toBe(log.wallOf(left));
    players(1);
    expect(kinds()).toEqual(['players-on', 'players-gone', 'players-on']);
  });

  it('takes players who return within a minute for no news', async () => {
    const { clock, kinds, players } = rig();
    players(3);
    for (let time = 0; time < 10; time++) {
      players(0);
      await clock.advance(30_000);
      players(1);
      await clock.advance(30_000);
    }
    expect(kinds()).toEqual([]);
  });

  it('logs nothing from an unknown number, or after one', async () => {
    const { clock, kinds, players, patch, id } = rig();
    players(4);
    players(null);
    players(0);
    await clock.advance(120_000);
    players(null);
    players(3);
    players(0);
    await clock.advance(30_000);
    patch(id, { power: 'offline' });
    await clock.advance(120_000);
    expect(kinds().filter((kind) => kind.startsWith('players'))).toEqual([]);
  });

  it('logs no full server that was full when it was first seen, or again after an unknown number', async () => {
    const { clock, kinds, players } = rig();
    for (let time = 0; time < 3; time++) {
      players(20, { slots: 20 });
      await clock.advance(600_000);
      players(null);
      await clock.advance(600_000);
    }
    expect(kinds()).toEqual([]);
  });

  it('logs a full server once although one player left for a moment after a long time', async () => {
    const { clock, kinds, players } = rig();
    players(19, { slots: 20 });
    players(20, { slots: 20 });
    await clock.advance(600_000);
    players(19, { slots: 20 });
    await clock.advance(2000);
    players(20, { slots: 20 });
    expect(kinds()).toEqual(['full']);
  });

  it('logs a full server once while players hover at the limit', async () => {
    const { clock, kinds, players } = rig();
    for (let minute = 0; minute < 10; minute++) {
      players(minute % 2 === 1 ? 20 : 19, { slots: 20 });
      await clock.advance(60_000);
    }
    expect(kinds()).toEqual(['full']);
    players(10, { slots: 20 });
    await clock.advance(360_000);
    players(20, { slots: 20 });
    expect(kinds()).toEqual(['full', 'full']);
  });

  it('logs a silent game until it answers or the server stops, and not its end while the state is unknown', () => {
    const { kinds, reach, patch, id, log } = rig();
    reach(answers);
    reach(silent);
    reach({ ...silent, suspect: null });
    expect(kinds()).toEqual(['game-silent']);
    patch(id, { power: null });
    reach(null);
    expect(log.recent.at(-1)?.endedAt).toBeNull();
    patch(id, { power: 'running' });
    reach(answers);
    expect(log.recent.at(-1)?.endedAt).not.toBeNull();
    reach(silent);
    patch(id, { power: 'offline', reach: null });
    expect(log.lastingOf(id).filter(({ what }) => what.kind === 'game-silent')).toEqual([]);
  });
});
