/**
 * Notices that a player whom the user watches came to a server.
 *
 * A join line of the console proves that at once. A list with the name proves it only if a complete list without the
 * name came shortly before. A player who was online at the first answer has not come, and neither has a player who lost
 * the connection and returned.
 */
import type { Settings } from '../../bridge/schema/settings.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import { plainName, type PlainName } from '../../bridge/players/plain-name.js';
import { playerKey } from '../../bridge/players/watched-players.js';
import type { PlayerSighting } from '../base/player-sighting.js';
import type { Clock } from '../base/ports.js';
import { twinsOf } from '../fleet/twins.js';

export interface WatchedJoinsDeps {
  readonly clock: Clock;
  readonly store: { readonly state: FleetState };
  readonly settings: { readonly current: Pick<Settings, 'watchedPlayers'> };
  /** A watched player came. `player` = the name in the words of the game, or the watched id. */
  readonly came: (serverId: string, player: string) => void;
}

/** Facts about one watched player of one server. Times are monotonic; -Infinity = never. */
interface Presence {
  /** True while the console, which would report the leaving, says that the player is on. */
  isFollowed: boolean;
  /** Last time at which the player was certainly on. */
  onAt: number;
  /** Last time at which the player was certainly off. */
  offAt: number;
}

/** A player who comes back within this time only lost the connection. */
const backMs = 120_000;
/** Absence that was seen longer ago says nothing about the present: the computer slept, or no answer came. */
const absenceCountsMs = 600_000;
/** A player whom an answer named within this time was probably on when the process ended. */
const repeatsMs = 180_000;

export class WatchedJoins {
  /** By the first account's id of the server, then by the key of the player. */
  readonly #servers = new Map<string, ReadonlyMap<string, Presence>>();

  constructor(private readonly deps: WatchedJoinsDeps) {}

  /** The console of a server printed a line about players. */
  heard(serverId: string, sighting: PlayerSighting): void {
    const now = this.deps.clock.now();
    switch (sighting.kind) {
      case 'joined':
      case 'left': {
        if (sighting.isAltered === true) return;
        const { kind, name, id } = sighting;
        for (const { presence, player } of this.#named(serverId, plainNames([name, id]))) {
          if (player.isAltered === true) continue;
          if (kind === 'joined') this.#joined(serverId, presence, player.name, now);
          else Object.assign(presence, { isFollowed: false, onAt: now, offAt: now });
        }
        return;
      }
      case 'listed':
        if (sighting.isAltered === true) return;
        return this.#listed(serverId, plainNames(sighting.names), { ...sighting, now, isFollowed: true });
      case 'lost':
        for (const presence of this.#presencesOf(serverId).values()) unfollowed(presence, now);
        return;
      case 'ended':
        for (const presence of this.#presencesOf(serverId).values()) {
          // After a restart, players come back.
          if (now - presence.onAt <= repeatsMs) presence.onAt = now;
          unfollowed(presence, now);
          presence.offAt = now;
        }
    }
  }

  /** A game named players; `isWhole` = all that are on. */
  answered(serverId: string, players: readonly PlainName[], isWhole: boolean): void {
    this.#listed(serverId, players, { now: this.deps.clock.now(), isWhole, isFollowed: false });
  }

  /** Servers were removed. */
  forget(isGone: (serverId: string) => boolean): void {
    for (const serverId of this.#servers.keys()) if (isGone(serverId)) this.#servers.delete(serverId);
  }

  #joined(serverId: string, presence: Presence, name: string, now: number): void {
    const isBack = presence.isFollowed || now - presence.onAt < backMs;
    presence.isFollowed = true;
    presence.onAt = now;
    if (!isBack) this.deps.came(serverId, name);
  }

  #listed(
    serverId: string,
    players: readonly PlainName[],
    { now, isWhole, isFollowed }: { now: number; isWhole: boolean; isFollowed: boolean },
  ): void {
    const named = this.#named(serverId, players);
    for (const { presence, player } of named) {
      // The name of somebody else may look like this name.
      if (player.isAltered === true) continue;
      const wasOff = presence.offAt >= presence.onAt && now - presence.offAt <= absenceCountsMs;
      const isBack = presence.isFollowed || now - presence.onAt < backMs;
      presence.isFollowed ||= isFollowed;
      presence.onAt = now;
      if (wasOff && !isBack) this.deps.came(serverId, player.name);
    }
    if (!isWhole) return;
    const maybeOn = new Set(named.map(({ presence }) => presence));
    for (const presence of this.#presencesOf(serverId).values()) {
      if (maybeOn.has(presence)) continue;
      unfollowed(presence, now);
      presence.offAt = now;
    }
  }

  /** The watched players, with the known facts about them. */
  #named(
    serverId: string,
    players: readonly PlainName[],
  ): readonly { readonly presence: Presence; readonly player: PlainName }[] {
    const presences = this.#presencesOf(serverId);
    if (presences.size === 0) return [];
    const game = this.deps.store.state.servers.get(serverId)?.game;
    return players.flatMap((player) => {
      const presence = presences.get(playerKey(player.name, game));
      return presence === undefined ? [] : [{ presence, player }];
    });
  }

  /** Known facts about each watched player of a server. Facts about others end, because nothing renews them. */
  #presencesOf(serverId: string): ReadonlyMap<string, Presence> {
    const { settings, store } = this.deps;
    const server = store.state.servers.get(serverId);
    if (server === undefined) return new Map();
    const rows = twinsOf(store.state, server);
    const wanted = rows.flatMap(({ id }) => settings.current.watchedPlayers[id] ?? []);
    const shared = rows[0]?.id ?? serverId;
    const before = this.#servers.get(shared);
    if (wanted.length === 0) {
      this.#servers.delete(shared);
      return new Map();
    }
    const keys = wanted.map((name) => playerKey(name, server.game));
    const now = new Map(
      keys.map((key) => [key, before?.get(key) ?? { isFollowed: false, onAt: -Infinity, offAt: -Infinity }]),
    );
    this.#servers.set(shared, now);
    return now;
  }
}

/** The console no longer says that the player is on. */
function unfollowed(presence: Presence, now: number): void {
  if (presence.isFollowed) presence.onAt = now;
  presence.isFollowed = false;
}

function plainNames(names: readonly (string | null | undefined)[]): readonly PlainName[] {
  return names.flatMap((name) => (name === null || name === undefined ? [] : (plainName(name) ?? [])));
}
