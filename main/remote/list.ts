import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import { Alarm } from '../base/alarm.js';
import type { Call, CallingClient } from './call.js';
import { serverNamed } from './named-servers.js';
import { settled, type SettledDeps } from './settled.js';
import { shownDetails } from './shown-details.js';
import { shownServer } from './shown-server.js';

/** Interval between two updates to the client, in ms. Changes within it are sent together. */
const batchMs = 500;
/** Interval in ms after which the greater age of a number of players counts as a change. */
const ageStepMs = 15_000;

/** All servers, sorted by panel and name. */
export async function listing(deps: SettledDeps): Promise<RemoteOutput<'list'>> {
  await settled(deps, { seen: true });
  return { servers: allShown(deps) };
}

/** The named servers, or all. With `watch`, sends the list again after each change. */
export async function serverStatus(
  deps: SettledDeps,
  { names, watch }: RemoteInput<'status'>,
  call: Call<'status'>,
): Promise<RemoteOutput<'status'>> {
  await settled(deps, { seen: true });
  const first = shown(deps, names, call.client);
  if (!watch) return { servers: first };
  const ageing = new Alarm(deps.clock);
  let last = '';
  let isWriting = false;
  let isMissed = false;
  // A slow client gets the latest list when it reads again. Nothing piles up in between.
  const tell = (): void => {
    isMissed = isWriting;
    if (isWriting) return;
    const servers = shownIfThere(deps, names, call.client);
    // No figure may look younger than it is.
    if (servers.some(isAgeing)) ageing.set(ageStepMs, tell);
    else ageing.clear();
    const text = JSON.stringify(servers.map(withoutTime));
    if (text === last) return;
    last = text;
    isWriting = true;
    call.event({ servers }, () => {
      isWriting = false;
      if (isMissed) tell();
    });
  };
  const due = new Alarm(deps.clock);
  tell();
  const unlisten = deps.store.listen(() => {
    if (!due.isSet) due.set(batchMs, tell);
  });
  await call.ended;
  unlisten();
  due.clear();
  ageing.clear();
  return { servers: [] };
}

function allShown(deps: SettledDeps): RemoteServer[] {
  const all = [...deps.store.state.servers.values()].map((server) => shownServer(server, deps));
  return all.sort((a, b) => a.panel.localeCompare(b.panel) || a.name.localeCompare(b.name));
}

/** The named servers with their details, or all without. */
function shown(deps: SettledDeps, names: readonly string[], client: CallingClient): RemoteServer[] {
  if (names.length === 0) return allShown(deps);
  const named = new Set(names.map((name) => serverNamed(name, deps.store.state)));
  return [...named].map((server) => ({
    ...shownServer(server, deps),
    details: shownDetails(server, client),
  }));
}

/** The server without exact times, for comparing. Otherwise each second would be a change. */
function withoutTime(server: RemoteServer): RemoteServer {
  const { usage, players } = server;
  return {
    ...server,
    usage: usage && { ...usage, uptimeMs: Math.sign(usage.uptimeMs) },
    players: players && { ...players, ageMs: isAgeing(server) ? Math.floor(players.ageMs / ageStepMs) : 0 },
  };
}

/** Whether the number of players has an age. A console reports each change, so its number is current. */
function isAgeing({ players }: RemoteServer): boolean {
  return players !== null && players.source !== 'console';
}

/** A named server may be removed while the client watches. The list is empty then, without an error. */
function shownIfThere(deps: SettledDeps, names: readonly string[], client: CallingClient): RemoteServer[] {
  try {
    return shown(deps, names, client);
  } catch {
    return [];
  }
}
