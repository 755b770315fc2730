import { isPanelFailure } from './egg-include.js';
import type { PanelServer } from './entities.js';
import type { AskPage } from './page-cutter.js';
import { maxServers, windowAt } from './page-windows.js';
import type { ServerPage } from './wire/list.js';

/** Each is asked for at every reading; beyond this many that would cost more than it spares. */
const mostPlaces = 8;

/** What a reading around the places that were left out has brought. */
export interface ReadAround {
  servers: PanelServer[];
  strange: number;
  /** Where the panel still fails. */
  leftOut: readonly number[];
}

/** The places to remember from one reading to the next: all of them, or none where they are too many. */
export function toRemember(places: readonly number[] | null): readonly number[] {
  return places !== null && places.length <= mostPlaces ? places : [];
}

/**
 * Reads a list in which the panel failed at these places before, by pages around them, and each of them alone, so that
 * one it no longer fails at is seen at once. null where the panel fails at another place too: then nothing is known.
 */
export async function readAround(ask: AskPage, leftOut: readonly number[]): Promise<ReadAround | null> {
  const servers: PanelServer[] = [];
  const failing: number[] = [];
  let strange = 0;
  let total: number | null = null;
  for (let at = 0; at < Math.min(total ?? maxServers, maxServers);) {
    const isLeftOut = leftOut.includes(at);
    const { size, number } = isLeftOut ? { size: 1, number: at + 1 } : windowAt(at, leftOut);
    // Of what failed without its egg too, nothing else is asked.
    const asked = ask(size, number, isLeftOut ? 'without' : 'or-without');
    const page = await orNull(asked);
    if (page === null) {
      if (!isLeftOut) return null;
      failing.push(at);
    } else {
      total = page.total;
      const start = (number - 1) * size;
      // A panel that has its own size of pages can't be read so.
      if (total === null || page.count !== Math.max(0, Math.min(size, total - start))) return null;
      servers.push(...page.servers);
      // A page may begin with what the one before it had.
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
