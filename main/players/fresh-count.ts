/**
 * Asks a running game again how many players are on: over its protocol, or by a command of its console.
 *
 * Resolves with null if no fresh answer came, because silence says nothing about players.
 */
import type { Game } from '../../bridge/panel/games.js';
import type { PlayerSighting } from '../base/player-sighting.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import type { PlayerQueries } from './player-queries.js';

export interface FreshCountDeps {
  readonly clock: Clock;
  readonly store: Pick<FleetStore, 'state'>;
  readonly queries: Pick<PlayerQueries, 'askNow' | 'stateOf' | 'sharesAnswer' | 'onAnswer' | 'listen'>;
  readonly sightings: {
    listen(
      heard: (told: { readonly serverId: string; readonly sighting: PlayerSighting }) => void,
    ): () => void;
  };
  /** Rejects with `PerchError`. */
  sendCommand(serverId: string, command: string): Promise<unknown>;
}

/** Enough ms for three questions, so that a lost packet does not matter. */
const askedForMs = 50_000;
/** Ms that a console may need for its list. */
const listedForMs = 10_000;
/** Ms from a list until it counts: a line of a chat may look like a list, and the game's own list comes as well. */
const listsForMs = 3000;

/** Console commands that list the players, where Perch reads the answer (`player-lines.ts`). */
const listCommands: Readonly<Partial<Record<Game, string>>> = {
  minecraft: 'list',
  bedrock: 'list',
  source: 'status',
  rust: 'status',
  terraria: 'playing',
  factorio: '/players o',
};

/** `signal` ends the question early, as if no answer came. `mayCommand` = whether Perch may type the console's command. */
export async function freshCount(
  deps: FreshCountDeps,
  serverId: string,
  { signal, mayCommand }: { readonly signal: AbortSignal; readonly mayCommand: boolean },
): Promise<number | null> {
  const server = deps.store.state.servers.get(serverId);
  if (server === undefined) return null;
  const players = deps.queries.stateOf(server)?.answer?.players ?? null;
  if (players !== null) return answered(deps, serverId, signal);
  if (!mayCommand) return null;
  const command = listCommands[server.game ?? 'web'];
  return command === undefined ? null : listed(deps, serverId, { command, signal });
}

/** The number after an answer to a question that began now. A higher count of the console outranks the answer. */
function answered(
  { clock, store, queries }: FreshCountDeps,
  serverId: string,
  signal: AbortSignal,
): Promise<number | null> {
  const begun = clock.now();
  const server = () => store.state.servers.get(serverId);
  const asked = () => {
    const row = server();
    return row === undefined ? null : queries.stateOf(row);
  };
  return within({ clock, ms: askedForMs, signal }, (resolve) => {
    let triedAt = asked()?.askedAt ?? null;
    const ends = [
      queries.onAnswer((id, { players }) => {
        if (id !== serverId) return;
        const askedAt = asked()?.askedAt ?? -Infinity;
        // Another server with the same address may have shared an older answer.
        const isShared = (asked()?.answeredAt ?? -Infinity) < askedAt;
        if (askedAt < begun || isShared) return;
        resolve(players === null ? null : (server()?.players?.count ?? null));
      }),
      queries.listen((id) => {
        if (id !== serverId) return;
        const now = asked();
        if (now === null) return resolve(null);
        // A lost question, and a question to another place, is repeated.
        if (now.isAsking || now.askedAt === triedAt) return;
        triedAt = now.askedAt;
        queries.askNow(serverId);
      }),
    ];
    queries.askNow(serverId);
    return ends;
  });
}

/** The highest number in the console's answers to its list command. */
function listed(
  deps: FreshCountDeps,
  serverId: string,
  { command, signal }: { readonly command: string; readonly signal: AbortSignal },
): Promise<number | null> {
  return within({ clock: deps.clock, ms: listedForMs, signal }, (resolve) => {
    const settling = new Alarm(deps.clock);
    let most = 0;
    const unlisten = deps.sightings.listen(({ serverId: id, sighting }) => {
      if (id !== serverId) return;
      if (sighting.kind === 'lost' || sighting.kind === 'ended') resolve(null);
      if (sighting.kind !== 'listed') return;
      // The list may be a part; then other players are on.
      if (!sighting.isWhole) return resolve(null);
      most = Math.max(most, sighting.names.length);
      if (!settling.isSet) settling.set(listsForMs, () => resolve(most));
    });
    deps.sendCommand(serverId, command).catch(() => resolve(null));
    return [unlisten, () => settling.clear()];
  });
}

/**
 * Resolves with the first result within `ms` and before the signal's end, otherwise with null. `begin` returns the
 * functions that end its listening.
 */
async function within(
  { clock, ms, signal }: { readonly clock: Clock; readonly ms: number; readonly signal: AbortSignal },
  begin: (resolve: (count: number | null) => void) => readonly (() => void)[],
): Promise<number | null> {
  const disposables = new Disposables();
  try {
    return await new Promise((resolve) => {
      disposables.add(
        clock.after(ms, () => resolve(null)),
        onAbort(signal, () => resolve(null)),
        ...begin(resolve),
      );
    });
  } finally {
    disposables.dispose();
  }
}

function onAbort(signal: AbortSignal, run: () => void): () => void {
  if (signal.aborted) run();
  signal.addEventListener('abort', run);
  return () => signal.removeEventListener('abort', run);
}
