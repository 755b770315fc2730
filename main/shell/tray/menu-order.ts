/** Sort order of the tray menu. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';

export function compareNames(a: Pick<Server, 'id' | 'name'>, b: Pick<Server, 'id' | 'name'>): number {
  return compare(a.name, b.name) || compare(a.id, b.id);
}

export function byLabel(a: Pick<Account, 'id' | 'label'>, b: Pick<Account, 'id' | 'label'>): number {
  return compare(a.label, b.label) || compare(a.id, b.id);
}

/**
 * The first `count` servers by name, without sorting all: the menu is computed again after every change of a server.
 */
export function firstByName(servers: readonly Server[], count: number): Server[] {
  const first: Server[] = [];
  for (const server of servers) {
    const last = first[count - 1];
    if (count === 0 || (last !== undefined && compareNames(server, last) > 0)) continue;
    const at = first.findIndex((other) => compareNames(server, other) < 0);
    first.splice(at === -1 ? first.length : at, 0, server);
    first.length = Math.min(first.length, count);
  }
  return first;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}
