import { PerchError } from '../../bridge/errors.js';
import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { EmptyWatch, EmptyWish } from '../../bridge/schema/when-empty.js';
import { Emitter } from '../../main/base/emitter.js';
import type { PlayerSighting } from '../../main/base/player-sighting.js';
import type { Random } from '../../main/base/ports.js';
import { freshCount } from '../../main/players/fresh-count.js';
import { PlayerProof } from '../../main/players/player-proof.js';
import { WhenEmpty } from '../../main/players/when-empty.js';
import { anAnswer, aQueriesRig } from './fake-queries.js';
import { FakeLog } from './fake-log.js';
import { RuleEngine } from './rule-engine.js';
import { someUsage } from './warned-rig.js';

export const stopAfter20: EmptyWish = { does: 'stop', minutes: 20 };

/** Perch with wishes for empty servers, whose games this rig plays on a fake clock. */
export function aWhenEmptyRig(fields: { random?: Random } = {}) {
  const rig = aQueriesRig(fields);
  const { clock, store, queries, settings, memory } = rig;
  const sightings = new Emitter<{ readonly serverId: string; readonly sighting: PlayerSighting }>();
  /** Sent signals and commands, each with its minutes since the beginning. */
  const sent: string[] = [];
  const refused: { signal?: PerchError; look?: PerchError } = {};
  /** The fate of a signal or a command that arrives. */
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
  const log = new FakeLog();
  const random = fields.random ?? (() => 0);
  const mayHidePlayers = ({ id }: Server): boolean => hiding.has(id);
  const proof = new PlayerProof({ clock, store, settings, mayHidePlayers });
  const sendCommand = async (serverId: string, command: string): Promise<void> => {
    note(`${serverId} ${command}`);
    hooks.command?.(serverId, command);
  };
  const whenEmpty = new WhenEmpty({
    clock,
    store,
    settings,
    memory,
    log,
    proof,
    sendCommand,
    sendPower: async (serverId, signal) => {
      note(`${serverId} ${signal}`);
      if (refused.signal !== undefined) throw refused.signal;
      hooks.signal?.(serverId, signal);
    },
    engine: {
      take: (ruleId, fact) => engine.take(ruleId, fact),
      isBusy: (serverId, exceptRule) => engine.isBusy(serverId, exceptRule),
      ranSince: (serverId) => engine.ranSince(serverId),
    },
  });
  /** The panel returns present state and figures. */
  const poll = (serverId: string): void => {
    const at = clock.now();
    const { usage } = store.state.servers.get(serverId) ?? { usage: null };
    const uptimeMs = usage === null || usage.uptimeMs === 0 ? 0 : usage.uptimeMs + (at - usage.at);
    store.apply([{ kind: 'usage', serverId, usage: { ...someUsage, ...usage, at, uptimeMs } }]);
  };
  const pollAll = (): void => {
    for (const { id, usage } of store.state.servers.values()) if (usage !== null) poll(id);
    clock.after(30_000, pollAll);
  };
  const quit = async (): Promise<void> => {
    const farewell = whenEmpty.stop();
    await Promise.all([farewell, engine.stop()]);
  };
  const engine = new RuleEngine({
    clock,
    store,
    log,
    random,
    busy,
    sources: [whenEmpty.rules],
    isProven: (server) => proof.isProven(server) && !queries.sharesAnswer(server),
    askPlayers: async ({ serverId, ...how }) => {
      hooks.look?.(serverId);
      if (refused.look !== undefined) throw refused.look;
      poll(serverId);
      return freshCount({ clock, store, queries, sightings, sendCommand }, serverId, how);
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
    proof.start();
    pollAll();
    whenEmpty.start();
    engine.start();
  };
  return {
    ...rig,
    addPlayed,
    begin,
    busy,
    engine,
    hiding,
    hooks,
    players,
    quit,
    refused,
    sent,
    shown,
    sightings,
    whenEmpty,
    /** Sent signals and commands to the server `home/a`, without their times. */
    whats: () => sent.map((line) => line.replace(/^\S+ home\/a /, '')),
  };
}
