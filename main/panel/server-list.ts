import type { PerchError } from '../../bridge/errors.js';
import type { Log } from '../base/ports.js';
import { listServers, type ListType } from './calls.js';
import { isPanelFailure, type EggInclude } from './egg-include.js';
import type { PanelServer } from './wire/server.js';
import { endAt } from '../base/last-page.js';
import { readAround, toRemember } from './left-out.js';
import { PageCutter, type AskPage } from './page-cutter.js';
import { maxServers, pageSize } from './page-windows.js';
import type { Transport } from './transport.js';
import type { ServerPage } from './wire/list.js';

/** More pages than any panel has, to stop at an endless list. */
const maxPages = 100;

/** Result of reading the whole server list. */
export interface ServerListing {
  servers: PanelServer[];
  /** Servers that the panel fails to show; nothing else is known about them (PROTOCOL 8.2.3). */
  unread: number;
  /** Servers whose JSON does not parse. */
  strange: number;
  /** Indexes of the servers left out, for the next reading. */
  leftOut: readonly number[];
}

/**
 * Reads all pages of the server list, each server once.
 * Does not ask for the places of servers that the panel failed to show last time (`leftOut`), because to search for
 * them again would cost many requests.
 */
export async function readServerList(
  transport: Transport,
  log: Log,
  { type, leftOut, eggInclude }: { type: ListType; leftOut: readonly number[]; eggInclude: EggInclude },
): Promise<ServerListing> {
  const ask: AskPage = (size, number, eggs) =>
    eggInclude.ask(eggs, (withEgg) => askPage(transport, log, { size, number, type, withEgg }));
  const around = leftOut.length === 0 ? null : await readAround(ask, leftOut);
  if (around !== null) return { ...around, unread: around.leftOut.length };
  return readWhole(ask, log, (number) => transport.malformed(listServers(number, { type }), 'data'));
}

async function readWhole(
  ask: AskPage,
  log: Log,
  malformed: (number: number) => PerchError,
): Promise<ServerListing> {
  const cutter = new PageCutter(ask);
  const found = new Map<string, PanelServer>();
  let failure: PerchError | null = null;
  let strange = 0;
  const listing = (): ServerListing => {
    // If all of several servers fail, the cause is not a single server.
    if (failure !== null && found.size === 0 && cutter.unread > 1) throw failure;
    const servers = [...found.values()].slice(0, maxServers);
    return { servers, unread: cutter.unread, strange, leftOut: toRemember(cutter.places) };
  };
  for (let number = 1; number <= maxPages; number++) {
    const page = await ask(pageSize, number, 'or-without').catch((error: unknown) => {
      if (!isPanelFailure(error)) throw error;
      failure ??= error;
      return cutter.cut(number, pageSize, error);
    });
    // A list of only invalid items is an error: an empty list would clear the fleet.
    if (page.malformed.length > 0 && page.servers.length === 0) {
      throw malformed(number);
    }
    strange += page.malformed.length;
    const before = found.size;
    for (const server of page.servers) {
      if (!found.has(server.uuid)) found.set(server.uuid, server);
    }
    if (found.size > maxServers) break;
    const end = endAt({ ...page, number, brought: found.size - before });
    if (end === 'end') return listing();
    if (end === 'repeats' && cutter.unread === 0) {
      log.warn('panel.list-repeats', { page: number, servers: found.size });
      return listing();
    }
  }
  log.warn('panel.list-too-long', { maxPages, maxServers });
  return listing();
}

async function askPage(
  transport: Transport,
  log: Log,
  { number, ...wish }: { size: number; number: number; type: ListType; withEgg: boolean },
): Promise<ServerPage> {
  const page = await transport.ask(listServers(number, wish));
  for (const { index, path } of page.malformed) {
    log.warn('panel.malformed-server', { page: number, index, path });
  }
  return page;
}
