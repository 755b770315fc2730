import type { Server } from '../../bridge/schema/domain.js';
import type { PlayerSighting } from '../../main/base/player-sighting.js';
import type { ConsoleSink } from '../../main/fleet/console/consoles.js';
import { ServerWatcher } from '../../main/fleet/server/server-watcher.js';
import { FleetStore } from '../../main/fleet/store.js';
import { aServer } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { FakePanel, FakeSession } from './fleet-fakes.js';
import { someSignals } from './sent-signals.js';

const id = 'home/u0';

/** One watched server without its account; requests to the account are recorded. */
export function aWatchedServer(fields: Partial<Server> = {}) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([
    { kind: 'server-upserted', server: aServer({ id, uuid: 'u0', name: 'Lobby', power: null, ...fields }) },
  ]);
  const asked: string[] = [];
  /** Whether the panel asked for a pause. */
  const resting = { is: false };
  const opened: FakeSession[] = [];
  const sightings: PlayerSighting[] = [];
  const panel = new FakePanel();
  const consoles: ConsoleSink = {
    link: (_id, link) => void asked.push(`console ${link.kind}`),
    sessionStarted: () => undefined,
    append: () => undefined,
    isPaused: () => false,
    drop: () => undefined,
    remove: () => undefined,
  };
  const sent = someSignals(clock, store);
  const watcher = new ServerWatcher(id, {
    store,
    clock,
    random: () => 0,
    panel,
    consoles,
    openSession: (tickets, server, tell) => {
      const session = new FakeSession(server, tell, tickets);
      opened.push(session);
      return session;
    },
    readServer: async () => void asked.push('read server'),
    readList: () => void asked.push('read list'),
    refreshNow: async () => {
      asked.push('refresh');
      watcher.sightings.polled(await panel.resources('u0'));
    },
    turn: async () => void asked.push('turn'),
    whenSpare: (send) => send(),
    whenShown: (send) => send(),
    whenIdle: (send) => send(),
    asked: () => undefined,
    pollSoon: (_id, ms) => void asked.push(`poll in ${ms}`),
    happened: (_id, fact) => void asked.push(`happened ${fact.kind}`),
    sighted: (_id, sighting) => void sightings.push(sighting),
    sent,
    isResting: () => resting.is,
    isOfPanel: ({ code }) => code === 'panel-unreachable',
    linkChanged: (link) => void asked.push(`link ${link.kind}`),
  });
  const session = (): FakeSession => {
    const newest = opened.at(-1);
    if (newest === undefined) throw new Error('No session was opened.');
    return newest;
  };
  return {
    clock,
    store,
    sent,
    panel,
    watcher,
    asked,
    resting,
    opened,
    sightings,
    session,
    now: () => store.state.servers.get(id),
    /** Makes the session live in the given state and clears the recorded requests. */
    live(power: 'running' | 'offline' | 'stopping' = 'running'): void {
      watcher.session.open();
      session().tell({ kind: 'link', link: { kind: 'live' } });
      session().tell({ kind: 'power', power });
      asked.length = 0;
    },
    /** Removes the server from the list, as a read of the list does. */
    remove: () => store.apply([{ kind: 'server-removed', serverId: id }]),
  };
}
