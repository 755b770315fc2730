/**
 * Who is on each server by name, as its console says (PLAYERS "Which number is shown"): for games that name nobody in an
 * answer, or that do not answer.
 *
 * Only names that Perch heard count, so a player who joined before Perch followed the console is missing. Nothing is
 * known once lines may be missed. Names are hostile: cut, on one line, limited in number.
 */
import { oneLine } from '../../bridge/console/plain-line.js';
import { longestPlayer } from '../../bridge/players/player-verbs.js';
import type { NamedPlayer } from '../../bridge/schema/players.js';
import { Emitter } from '../base/emitter.js';
import type { PlayerSighting } from '../base/player-sighting.js';
import type { Clock } from '../base/ports.js';

/** Times are monotonic. */
interface Followed {
  /** Time of the console's first line about players. */
  readonly since: number;
  /** By name. */
  readonly on: Map<string, Named>;
}

interface Named {
  /** When the player joined; null if a list named the player. */
  readonly since: number | null;
  /** True if the name may be that of another player, because a line had characters that Perch does not show. */
  readonly isAltered: boolean;
}

/** Names that the console of one server said. */
interface NamesOfConsole {
  readonly since: number;
  readonly players: readonly NamedPlayer[];
}

/** As many as a window shows; a console that names more is wrong. */
const mostNames = 1000;

export class ConsoleNames {
  readonly #servers = new Map<string, Followed>();
  readonly #changes = new Emitter<string>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** null without a line of the console about a named player. */
  of(serverId: string): NamesOfConsole | null {
    const followed = this.#servers.get(serverId);
    if (followed === undefined) return null;
    const players = [...followed.on].map(([name, { since, isAltered }]): NamedPlayer => {
      const player = { name, since, pingMs: null };
      return isAltered ? { ...player, isAltered } : player;
    });
    return { since: followed.since, players };
  }

  /** Calls with the id of a server whose names changed. */
  listen(listener: (serverId: string) => void): () => void {
    return this.#changes.listen(listener);
  }

  heard(serverId: string, sighting: PlayerSighting): void {
    if (sighting.kind === 'lost' || sighting.kind === 'ended') {
      if (this.#servers.delete(serverId)) this.#changes.emit(serverId);
      return;
    }
    const now = this.clock.now();
    const followed = this.#servers.get(serverId) ?? { since: now, on: new Map<string, Named>() };
    this.#servers.set(serverId, followed);
    const { on } = followed;
    const isAltered = sighting.isAltered === true;
    if (sighting.kind === 'listed') {
      const listed = new Set(sighting.names.map(nameOf));
      if (sighting.isWhole) for (const name of on.keys()) if (!listed.has(name)) on.delete(name);
      for (const name of listed) add(on, name, { since: null, isAltered });
    } else if (sighting.kind === 'left') on.delete(nameOf(sighting.name));
    else add(on, sighting.name, { since: now, isAltered });
    this.#changes.emit(serverId);
  }

  /** The server or its account was removed. */
  forget(isGone: (serverId: string) => boolean): void {
    for (const serverId of this.#servers.keys()) if (isGone(serverId)) this.#servers.delete(serverId);
  }
}

function add(on: Map<string, Named>, given: string | null, { since, isAltered }: Named): void {
  const name = nameOf(given);
  const known = on.get(name);
  if (name === '' || (known === undefined && on.size >= mostNames)) return;
  // A second player may have come under the shown name.
  on.set(name, {
    since: known === undefined ? since : known.since,
    isAltered: isAltered || known?.isAltered === true,
  });
}

/** Empty if the line has only an id. */
function nameOf(given: string | null): string {
  return oneLine(given ?? '', longestPlayer);
}
