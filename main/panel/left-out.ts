import { isPanelFailure } from './egg-include.js';
import type { PanelServer } from './wire/server.js';
import type { AskPage } from './page-cutter.js';
import { maxServers, windowAt } from './page-windows.js';
import type { ServerPage } from './wire/list.js';

/** Most failing places to remember. Each costs one call per reading; beyond this number a full search is cheaper. */
const mostPlaces = 8;

/** Result of reading the list around failing places. */
export interface ReadAround {
  servers: PanelServer[];
  strange: number;
  /** Indexes in the list at which the panel still fails. */
  leftOut: readonly number[];
}

/** The failing places to remember for the next reading: all of them, or none if they are too many. */
export function toRemember(places: readonly number[] | null): readonly number[] {
  return places !== null && places.length <= mostPlaces ? places : [];
}

/**
 * Reads the list around places (indexes) at which the panel failed before.
 * Pages cover the places between; each failing place is read alone, so that a recovered server appears at once. Returns
 * null if the panel fails at another place too; then the whole list must be read.
 */
export async function readAround(ask: AskPage, leftOut: readonly number[]): Promise<ReadAround | null> {
  const servers: PanelServer[] = [];
  const failing: number[] = [];
  let strange = 0;
  let total: number | null = null;
  for (let at = 0; at < Math.min(total ?? maxServers, maxServers);) {
    const isLeftOut = leftOut.includes(at);
    const { size, number } = isLeftOut ? { size: 1, number: at + 1 } : windowAt(at, leftOut);
    // A failing place was already read without its egg, so one attempt is enough.
    const asked = ask(size, number, isLeftOut ? 'without' : 'or-without');
    const page = await orNull(asked);
    if (page === null) {
      if (!isLeftOut) return null;
      failing.push(at);
    } else {
      total = page.total;
      const start = (number - 1) * size;
      // A panel that changes the page size can't be read in this way.
      if (total === null || page.count !== Math.max(0, Math.min(size, total - start))) return null;
      servers.push(...page.servers);
      // A page may begin with items of the previous page.
      strange += page.malformed.filter(({ index }) => start + index >= at).length;
    }
    at = number * size;
  }
  if (servers.length === 0) return null;
  const once = new Map(servers.map((server) => [server.uuid, server]));
  return { servers: [...once.values()].slice(0, maxServers), strange, leftOut: failing };
}

async function orNull(asked: Promise<ServerPage>): Promise<ServerPage | null> {
  try {
    return await asked;
  } catch (error) {
    if (isPanelFailure(error)) return null;
    throw error;
  }
}
