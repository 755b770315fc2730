import type { Log } from '../base/ports.js';
import { listServers } from './calls.js';
import type { PanelServer } from './entities.js';
import type { Transport } from './transport.js';
import type { ServerPage } from './wire/list.js';

/** More than any panel has; a list that never ends stops here. */
const maxPages = 100;
const maxServers = 10_000;

/** All pages of the list of servers, each server once. */
export async function readServerList(
  transport: Transport,
  log: Log,
  type: 'admin-all' | null,
): Promise<PanelServer[]> {
  const found = new Map<string, PanelServer>();
  for (let number = 1; number <= maxPages; number++) {
    const page = await readPage(transport, log, number, type);
    const before = found.size;
    for (const server of page.servers) {
      if (!found.has(server.uuid)) found.set(server.uuid, server);
    }
    if (found.size > maxServers) break;
    if (page.count === 0 || number >= page.totalPages) return [...found.values()];
    if (found.size === before) {
      log.warn('panel.list-repeats', { page: number, servers: found.size });
      return [...found.values()];
    }
  }
  log.warn('panel.list-too-long', { maxPages, maxServers });
  return [...found.values()].slice(0, maxServers);
}

async function readPage(
  transport: Transport,
  log: Log,
  number: number,
  type: 'admin-all' | null,
): Promise<ServerPage> {
  const call = listServers(number, type);
  const page = await transport.ask(call);
  for (const { index, path } of page.malformed) {
    log.warn('panel.malformed-server', { page: number, index, path });
  }
  // Nothing but garbage is no list; taken for one, it would empty the fleet.
  if (page.count > 0 && page.servers.length === 0) throw transport.malformed(call, 'data');
  return page;
}
