import { PerchError } from '../../bridge/errors.js';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { EmptyWatch, EmptyWish } from '../../bridge/schema/when-empty.js';
import { Emitter } from '../../main/base/emitter.js';
import type { PlayerSighting } from '../../main/base/player-sighting.js';
import type { Random } from '../../main/base/ports.js';
import { WhenEmpty } from '../../main/players/when-empty.js';
import { anAnswer, aQueriesRig } from './fake-queries.js';
import { FakeLog } from './fake-log.js';

export const stopAfter20: EmptyWish = { does: 'stop', minutes: 20 };

/** Perch with wishes for empty servers, whose games this rig plays on a fake clock. */
export function aWhenEmptyRig(fields: { random?: Random } = {}) {
  const rig = aQueriesRig(fields);
  const { clock, store, queries, settings, memory } = rig;
  const sightings = new Emitter<{ readonly serverId: string; readonly sighting: PlayerSighting }>();
  /** Sent signals and commands, each with its minutes since the beginning. */
  const sent: string[] = [];
  const refused: { signal?: PerchError; look?: PerchError } = {};
  /** What happens with a signal or a command that arrives. */
  const hooks: {
    signal?: (serverId: string, signal: PowerSignal) => void;
    command?: (serverId: string, command: string) => void;
    look?: (serverId: string) => void;
  } = {};
  const busy = new Set<string>();
  const hiding = new Set<string>();
  const began = clock.now();
  const note = (what: string): void =>
    void sent.push(`${((clock.now() - began) / 60_000).toFixed(1)} ${what}`);
  const whenEmpty = new WhenEmpty({
    clock,
    store,
    queries,
    settings,
    memory,
    sightings,
    log: new FakeLog(),
    random: fields.random ?? (() => 0),
    isBusy: ({ id }) => busy.has(id),
    mayHidePlayers: ({ id }) => hiding.has(id),
    look: async (serverId) => {
      hooks.look?.(serverId);
      if (refused.look !== undefined) throw refused.look;
    },
    sendCommand: async (serverId, command) => {
      note(`${serverId} ${command}`);
      hooks.command?.(serverId, command);
    },
    sendPower: async (serverId, signal) => {
      note(`${serverId} ${signal}`);
      if (refused.signal !== undefined) throw refused.signal;
      hooks.signal?.(serverId, signal);
    },
  });
  /** Number of players that the game of this server answers; null = no answer. */
  const players = new Map<string, number | null>();
  const addPlayed = (
    uuid: string,
    wish: EmptyWish | null,
    server: Parameters<typeof rig.add>[1] = {},
  ): string => {
    if (!players.has(uuid)) players.set(uuid, 0);
    rig.games.set(uuid, () => {
      const count = players.get(uuid) ?? null;
      return count === null ? 'silent' : anAnswer({ players: count });
    });
    const id = rig.add(uuid, server);
    if (wish !== null) settings.change({ whenEmpty: { ...settings.current.whenEmpty, [id]: wish } });
    return id;
  };
  const shown = (id: string): EmptyWatch | undefined =>
    whenEmpty.current.find(({ serverId }) => serverId === id);
  const begin = (): void => {
    queries.start();
    whenEmpty.start();
  };
  return {
    ...rig,
    addPlayed,
    begin,
    busy,
    hiding,
    hooks,
    players,
    refused,
    sent,
    shown,
    sightings,
    whenEmpty,
    /** Sent signals and commands to the server `home/a`, without their times. */
    whats: () => sent.map((line) => line.replace(/^\S+ home\/a /, '')),
  };
}
