/** Which entries of the week load one node at the same time. Pure. */
import { isHeavy } from './week-acts.js';
import type { WeekEntry } from './week-entries.js';

/** Entries of one node whose heavy acts are closer than this overlap. */
export const overlapMs = 10 * 60_000;

/**
 * Number of servers that restart, start or back up together with the entry, itself included, by the key of the entry.
 * Entries without an overlap are missing. `nodeOf` = key of the node of a server; null = unknown.
 */
export function overlapsOf(
  entries: readonly WeekEntry[],
  nodeOf: (serverId: string) => string | null,
): ReadonlyMap<string, number> {
  const byNode = new Map<string, WeekEntry[]>();
  for (const entry of entries) {
    const node = isHeavy(entry.acts[0]) ? nodeOf(entry.serverId) : null;
    if (node === null) continue;
    const others = byNode.get(node);
    if (others === undefined) byNode.set(node, [entry]);
    else others.push(entry);
  }
  const found = new Map<string, number>();
  for (const ofNode of byNode.values()) {
    for (const [key, count] of crowded(ofNode.sort((one, other) => one.at - other.at))) found.set(key, count);
  }
  return found;
}

/** A window of time moves over the entries of a node, sorted by time. */
function crowded(entries: readonly WeekEntry[]): [string, number][] {
  const servers = new Map<string, number>();
  const found: [string, number][] = [];
  let first = 0;
  let end = 0;
  for (const { at, key } of entries) {
    for (let next = entries[end]; next !== undefined && next.at - at < overlapMs; next = entries[++end])
      servers.set(next.serverId, (servers.get(next.serverId) ?? 0) + 1);
    for (let old = entries[first]; old !== undefined && at - old.at >= overlapMs; old = entries[++first]) {
      const left = (servers.get(old.serverId) ?? 0) - 1;
      if (left > 0) servers.set(old.serverId, left);
      else servers.delete(old.serverId);
    }
    if (servers.size > 1) found.push([key, servers.size]);
  }
  return found;
}
