import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import { Alarm } from '../base/alarm.js';
import type { Call } from './call.js';
import { serverNamed } from './named-servers.js';
import { settled, type SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

/** Interval between two updates to the client, in ms. Changes within it are sent together. */
const batchMs = 500;

/** All servers, sorted by panel and name. */
export async function listing(deps: SettledDeps): Promise<RemoteOutput<'list'>> {
  await settled(deps, { seen: true });
  return { servers: shown(deps.store.state, []) };
}

/** The named servers, or all. With `watch`, sends the list again after each change. */
export async function serverStatus(
  deps: SettledDeps,
  { names, watch }: RemoteInput<'status'>,
  call: Call<'status'>,
): Promise<RemoteOutput<'status'>> {
  await settled(deps, { seen: true });
  const first = shown(deps.store.state, names);
  if (!watch) return { servers: first };
  let last = '';
  let isWriting = false;
  let isMissed = false;
  // A slow client gets the latest list when it reads again. Nothing piles up in between.
  const tell = (): void => {
    isMissed = isWriting;
    if (isWriting) return;
    const servers = shownIfThere(deps.store.state, names);
    const text = JSON.stringify(servers.map(withoutUptime));
    if (text === last) return;
    last = text;
    isWriting = true;
    call.event({ servers }, () => {
      isWriting = false;
      if (isMissed) tell();
    });
  };
  tell();
  const due = new Alarm(deps.clock);
  const unlisten = deps.store.listen(() => {
    if (!due.isSet) due.set(batchMs, tell);
  });
  await call.ended;
  unlisten();
  due.clear();
  return { servers: [] };
}

function shown(state: FleetState, names: readonly string[]): RemoteServer[] {
  const wanted =
    names.length === 0 ? [...state.servers.values()] : names.map((name) => serverNamed(name, state));
  const all = [...new Set(wanted)].map((server) => shownServer(server, state));
  if (names.length > 0) return all;
  return all.sort((a, b) => a.panel.localeCompare(b.panel) || a.name.localeCompare(b.name));
}

/** The server without its exact uptime, for comparing. Otherwise each second would be a change. */
function withoutUptime(server: RemoteServer): RemoteServer {
  return {
    ...server,
    usage: server.usage && { ...server.usage, uptimeMs: Math.sign(server.usage.uptimeMs) },
  };
}

/** A named server may be removed while the client watches. The list is empty then, without an error. */
function shownIfThere(state: FleetState, names: readonly string[]): RemoteServer[] {
  try {
    return shown(state, names);
  } catch {
    return [];
  }
}
