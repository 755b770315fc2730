/** Who shares the servers of all panels, for the command line and for programs. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { knownPeople, peopleRank, type KnownPeople } from '../../bridge/people/known-people.js';
import { isAlwaysGiven } from '../../bridge/people/rights.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RemoteSharedServer } from '../../bridge/schema/remote-people-verbs.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { learnArea, say } from '../../messages/messages.js';
import { twinsOf } from '../fleet/twins.js';
import type { FleetPeople } from '../people/fleet-people.js';
import type { Call } from './call.js';
import { userForPrograms } from './for-programs.js';
import { readLists } from './read-lists.js';
import { settled, type SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteFleetPeopleDeps extends SettledDeps {
  readonly fleetPeople: Pick<FleetPeople, 'show' | 'of' | 'isAwaited'>;
}

type Wanted = RemoteInput<'fleetPeople'>;
type FleetCall = Pick<Call<'fleetPeople'>, 'client' | 'event' | 'ended'>;

/** Servers in the order of their panels and names. A program gets no e-mail addresses, and finds nobody by them. */
export async function fleetPeople(
  deps: RemoteFleetPeopleDeps,
  wanted: Wanted,
  call: FleetCall,
): Promise<RemoteOutput<'fleetPeople'>> {
  await settled(deps, { seen: false });
  // Windows alone have these words from the start.
  await learnArea('people');
  const { fleetPeople: lists } = deps;
  await readLists(deps, lists, {
    withinMs: wanted.withinMs,
    ended: call.ended,
    tell: (awaited) => {
      const of = sharedServers(deps).length;
      call.event({ read: of - awaited, of, server: null });
    },
  });
  const isProgram = call.client.kind === 'program';
  const known = sharedServers(deps);
  const shown = known
    .map((server) => shownShared(deps, server, isProgram))
    .sort(
      (a, b) => a.server.panel.localeCompare(b.server.panel) || a.server.name.localeCompare(b.server.name),
    )
    .flatMap((one) => matching(one, wanted));
  for (const server of shown) call.event({ read: known.length, of: known.length, server });
  return { servers: known.length, unknown: shown.filter(({ people }) => people === null).length };
}

/** Each server once, by the account that knows most if several see the server. */
function sharedServers(deps: RemoteFleetPeopleDeps): Server[] {
  const { state } = deps.store;
  return [...state.servers.values()].filter((server) => {
    const best = twinsOf(state, server).reduce((one, other) =>
      peopleRank(knownOf(deps, other)) > peopleRank(knownOf(deps, one)) ? other : one,
    );
    return best.id === server.id;
  });
}

function knownOf({ store, fleetPeople: lists }: RemoteFleetPeopleDeps, server: Server): KnownPeople {
  return knownPeople(server, store.state.accounts.get(server.accountId), lists.of(server.id));
}

function shownShared(deps: RemoteFleetPeopleDeps, server: Server, isProgram: boolean): RemoteSharedServer {
  const { name, panel, id, uuid } = shownServer(server, deps);
  const { list, why } = knownOf(deps, server);
  const leftOut = list?.leftOut ?? 0;
  const cutWords = leftOut === 0 ? null : say('people.matrix-left-out', { count: leftOut });
  return {
    server: { name, panel, id, uuid },
    people:
      list?.people?.map(({ name: user, email, hasTwoFactor, rights }) => ({
        name: oneLine(isProgram ? userForPrograms(user) : user, 200),
        email: isProgram ? null : oneLine(email, 200),
        hasTwoFactor,
        rights,
      })) ?? null,
    rights: list?.rights ?? [],
    leftOut,
    why: why === null ? cutWords : oneLine(why, 500),
  };
}

/** The server with the wanted people only; empty if nobody matches. A server whose people are unknown stays. */
function matching(shared: RemoteSharedServer, { person, permission }: Wanted): RemoteSharedServer[] {
  if (shared.people === null || (person === null && permission === null)) return [shared];
  const text = (person ?? '').trim().toLowerCase();
  const people = shared.people.filter(
    ({ name, email, rights }) =>
      `${name} ${email ?? ''}`.toLowerCase().includes(text) &&
      (permission === null ||
        isAlwaysGiven(permission) ||
        shared.rights[rights]?.includes(permission) === true),
  );
  return people.length === 0 ? [] : [{ ...shared, people }];
}
