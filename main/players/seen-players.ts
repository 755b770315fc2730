/**
 * Who is on each server by name, and who was, by console lines and answers of games.
 *
 * Only time that Perch watched counts. A player whom the console named is on until the console reports the leaving; a
 * player whom an answer named, until answers lack the name. Names are hostile: cut, on one line, limited in number.
 */
import type { CallOutput } from '../../bridge/schema/contract.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { longestPlayer } from '../../bridge/players/player-verbs.js';
import { Alarm } from '../base/alarm.js';
import type { SeenMemory } from '../base/past.js';
import type { PlayerSighting } from '../base/player-sighting.js';
import type { Clock } from '../base/ports.js';

export interface SeenPlayersDeps {
  readonly clock: Clock;
  readonly memory: SeenMemory;
}

/** A visit of one name to one server that has not ended. Times are monotonic. */
interface Visit {
  /** The memory has the visit up to this time. */
  countedTo: number;
  /** Last time at which a source named the player. */
  namedAt: number;
  /** True while Perch follows the console, which would report the leaving. */
  isFollowed: boolean;
}

/** Ms between two additions to the memory; a killed run loses that much. */
const addsMs = 60_000;
/** Ms after which a name that no answer repeats has left. Games are asked once a minute. */
const repeatsMs = 180_000;
/** A longer gap between two calls means that the computer slept. */
const sleptMs = 90_000;
/** Most names on one server at a time; a source that names more is wrong. */
const mostVisits = 2000;
/** Most names in an answer to a window. */
const mostShown = 200;

export class SeenPlayers {
  readonly #servers = new Map<string, Map<string, Visit>>();
  readonly #next: Alarm;
  #lookedAt: number;

  constructor(private readonly deps: SeenPlayersDeps) {
    this.#next = new Alarm(deps.clock);
    this.#lookedAt = deps.clock.now();
  }

  start(): void {
    this.#lookedAt = this.deps.clock.now();
    this.#addLater();
  }

  /** Adds the time that the memory lacks. */
  stop(): void {
    this.#next.clear();
    const now = this.#look();
    for (const serverId of this.#servers.keys()) this.#endAll(serverId, now);
  }

  /** The console of a server printed a line about players. */
  heard(serverId: string, sighting: PlayerSighting): void {
    const now = this.#look();
    switch (sighting.kind) {
      case 'joined':
        return this.#named(serverId, sighting.name ?? '', now, true);
      case 'left':
        return this.#end(serverId, nameOf(sighting.name ?? ''), now);
      case 'listed':
        return this.#listed(serverId, sighting.names, { now, isWhole: sighting.isWhole, isFollowed: true });
      case 'lost':
        for (const visit of this.#servers.get(serverId)?.values() ?? []) {
          if (visit.isFollowed) visit.namedAt = now;
          visit.isFollowed = false;
        }
        return;
      case 'ended':
        return this.#endAll(serverId, now);
    }
  }

  /** A game named players; `isWhole` = all that are on. */
  answered(serverId: string, names: readonly string[], isWhole: boolean): void {
    this.#listed(serverId, names, { now: this.#look(), isWhole, isFollowed: false });
  }

  /** The server or its account was removed. Nothing more is added. */
  forget(isGone: (serverId: string) => boolean): void {
    for (const serverId of this.#servers.keys()) if (isGone(serverId)) this.#servers.delete(serverId);
  }

  /** Names of a server that contain the search: players who are on first, then by the last time seen. */
  async of(serverId: string, search: string): Promise<CallOutput<'players.seen'>> {
    const past = await this.deps.memory.of(serverId);
    const now = this.#look();
    const visits = this.#servers.get(serverId);
    const known = new Map(past.map((one) => [one.name, { ...one, isOn: false }]));
    for (const [name, visit] of visits ?? []) {
      const lastAt = this.#knownTo(visit, now);
      const one = known.get(name) ?? { name, firstAt: visit.countedTo, lastAt, playedMs: 0 };
      const playedMs = one.playedMs + Math.max(0, lastAt - visit.countedTo);
      known.set(name, { ...one, lastAt: Math.max(one.lastAt, lastAt), playedMs, isOn: true });
    }
    const wanted = search.trim().toLowerCase();
    const found = [...known.values()].filter(({ name }) => name.toLowerCase().includes(wanted));
    found.sort((a, b) => Number(b.isOn) - Number(a.isOn) || b.lastAt - a.lastAt);
    return { players: found.slice(0, mostShown), total: found.length };
  }

  #listed(
    serverId: string,
    all: readonly string[],
    { now, isWhole, isFollowed }: { now: number; isWhole: boolean; isFollowed: boolean },
  ): void {
    const names = new Set(all.slice(0, mostVisits).map(nameOf));
    for (const name of names) this.#named(serverId, name, now, isFollowed);
    if (!isWhole) return;
    for (const [name, visit] of this.#servers.get(serverId) ?? []) {
      // The player left at an unknown time since the last sign.
      if (!names.has(name)) this.#end(serverId, name, Math.max(visit.countedTo, visit.namedAt));
    }
  }

  #named(serverId: string, given: string, now: number, isFollowed: boolean): void {
    const name = nameOf(given);
    if (name === '') return;
    const visits = this.#servers.get(serverId) ?? new Map<string, Visit>();
    this.#servers.set(serverId, visits);
    const visit = visits.get(name);
    if (visit !== undefined) {
      visit.namedAt = now;
      visit.isFollowed ||= isFollowed;
      return;
    }
    if (visits.size >= mostVisits) return;
    visits.set(name, { countedTo: now, namedAt: now, isFollowed });
    // A killed run knows the name as well.
    this.deps.memory.saw(serverId, { name, from: now, to: now, playedMs: 0 });
  }

  #end(serverId: string, name: string, until: number): void {
    const visits = this.#servers.get(serverId);
    const visit = visits?.get(name);
    if (visits === undefined || visit === undefined) return;
    this.#add(serverId, name, visit, until);
    visits.delete(name);
    if (visits.size === 0) this.#servers.delete(serverId);
  }

  #endAll(serverId: string, now: number): void {
    for (const [name, visit] of this.#servers.get(serverId) ?? []) {
      this.#end(serverId, name, this.#knownTo(visit, now));
    }
  }

  #add(serverId: string, name: string, visit: Visit, until: number): void {
    const from = visit.countedTo;
    if (until <= from) return;
    visit.countedTo = until;
    this.deps.memory.saw(serverId, { name, from, to: until, playedMs: until - from });
  }

  /** Time up to which the player was certainly on. */
  #knownTo({ isFollowed, namedAt }: Visit, now: number): number {
    return isFollowed ? now : Math.min(now, namedAt);
  }

  #addLater(): void {
    this.#next.set(addsMs, () => {
      const now = this.#look();
      for (const [serverId, visits] of this.#servers) {
        for (const [name, visit] of visits) {
          const until = this.#knownTo(visit, now);
          if (now - until > repeatsMs) this.#end(serverId, name, until);
          else this.#add(serverId, name, visit, until);
        }
      }
      this.#addLater();
    });
  }

  /** The present time. A sleep of the computer ends visits at the last look before the sleep. */
  #look(): number {
    const now = this.deps.clock.now();
    const before = this.#lookedAt;
    this.#lookedAt = now;
    if (now - before > sleptMs) for (const serverId of this.#servers.keys()) this.#endAll(serverId, before);
    return now;
  }
}

function nameOf(given: string): string {
  return oneLine(given, longestPlayer);
}
