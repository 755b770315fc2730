/** Finds servers by a search text. Pure. */
import type { ServerGroup } from '../../bridge/schema/setting-parts.js';
import { find, type MatchRank } from './find.js';
import type { ServerText } from './server-text.js';

/** Server id -> rank, best first. */
export type Finds = ReadonlyMap<string, MatchRank>;

export function findServers(texts: readonly ServerText[], search: string): Finds {
  return new Map(find(texts, search).map(({ item, rank }) => [item.id, rank]));
}

/** All of these servers, as equal matches. */
export function findsOf(texts: readonly ServerText[]): Finds {
  return new Map(texts.map(({ id }) => [id, 0]));
}

/** Server id -> name of its group. */
export function groupNames(groups: readonly ServerGroup[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ name, serverIds }) => serverIds.map((id) => [id, name] as const)));
}
