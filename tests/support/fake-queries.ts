import type { Server } from '../../bridge/schema/domain.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { QueryFailureKind } from '../../bridge/panel/query-protocols.js';
import { QueryFailure } from '../../main/base/query-ports.js';
import type { Random } from '../../main/base/ports.js';
import { Emitter } from '../../main/base/emitter.js';
import { Interests } from '../../main/fleet/interests.js';
import { PlayerFigure } from '../../main/fleet/server/player-figure.js';
import { ServerRow } from '../../main/fleet/server/server-row.js';
import { FleetStore } from '../../main/fleet/store.js';
import type { Candidate } from '../../main/players/asked-place.js';
import { FoundQueries } from '../../main/players/found-queries.js';
import { PlayerQueries } from '../../main/players/player-queries.js';
import type { QueryAnswer } from '../../main/query/query-answer.js';
import { anAccount, aServer, someMemory, someSettings } from './entities.js';
import { FakeClock } from './fake-clock.js';

/** Answer of a game for tests; pass the fields that matter. */
export function anAnswer(fields: Partial<QueryAnswer> = {}): QueryAnswer {
  return {
    players: 0,
    slots: 20,
    bots: 0,
    names: null,
    version: '1.21',
    title: 'A server',
    map: null,
    hasPassword: false,
    pingMs: 20,
    ...fields,
  };
}

/** The reaction of the game at a host to a question: an answer, or no answer. */
export type Behaviour = () => QueryAnswer | QueryFailureKind;

/** A place of a rig's server. */
export function aPlace(host: string, fields: Partial<Candidate> = {}): Candidate {
  return { protocol: 'source', host, port: 27015, isCertain: true, ...fields };
}

/** Perch asks games that this rig plays, on a fake clock. The first candidate of a server has its UUID as host. */
export function aQueriesRig({ random = () => 0.5 }: { random?: Random } = {}) {
  const clock = new FakeClock(1_000_000);
  const store = new FleetStore();
  const interests = new Interests();
  const games = new Map<string, Behaviour>();
  const questions: { readonly at: number; readonly host: string; readonly port: number }[] = [];
  const settingsChanges = new Emitter<Settings>();
  const settings = {
    current: someSettings(),
    listen: (listener: (now: Settings) => void) => settingsChanges.listen(listener),
    update: async (change: (now: Settings) => Partial<Settings>) => settings.change(change(settings.current)),
    change: (fields: Partial<Settings>): void => {
      settings.current = { ...settings.current, ...fields };
      settingsChanges.emit(settings.current);
    },
  };
  const memory = {
    current: someMemory(),
    update: async (change: (now: Memory) => Partial<Memory>) => {
      memory.current = { ...memory.current, ...change(memory.current) };
    },
  };
  const found = new FoundQueries(memory, clock);
  const figures = new Map<string, PlayerFigure>();
  const network = { isOnline: true };
  const places = new Map<string, readonly Candidate[]>();
  const queries = new PlayerQueries({
    store,
    interests,
    settings,
    found,
    clock,
    random,
    isOnline: () => network.isOnline,
    fleet: {
      server: (id) => {
        const players = figures.get(id);
        return players === undefined ? null : ({ players } as never);
      },
    },
    placesOf: ({ uuid }) => places.get(uuid) ?? [aPlace(uuid)],
    query: {
      ask: async (_protocol, place) => {
        questions.push({ at: clock.now(), ...place });
        const said = games.get(place.host)?.() ?? 'silent';
        const lastsMs = said === 'silent' ? 3000 : 50;
        await new Promise<void>((resolve) => clock.after(lastsMs, resolve));
        if (typeof said === 'string') throw new QueryFailure(said);
        return said;
      },
    },
  });
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  const add = (uuid: string, fields: Partial<Server> = {}): string => {
    const id = `${fields.accountId ?? 'home'}/${uuid}`;
    store.apply([{ kind: 'server-upserted', server: aServer({ uuid, power: 'running', ...fields, id }) }]);
    figures.set(id, new PlayerFigure(clock, new ServerRow(id, store)));
    return id;
  };
  const power = (id: string, state: Server['power']): void => {
    store.apply([{ kind: 'server-patched', serverId: id, patch: { power: state } }]);
    if (state !== null) figures.get(id)?.ended(null);
  };
  const row = (id: string): Server => {
    const server = store.state.servers.get(id);
    if (server === undefined) throw new Error(`No server ${id}.`);
    return server;
  };
  return {
    clock,
    store,
    interests,
    games,
    network,
    questions,
    settings,
    memory,
    found,
    figures,
    places,
    queries,
    add,
    power,
    row,
  };
}
