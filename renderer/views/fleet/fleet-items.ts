/** Rows of a server list: section titles and servers in display order. Pure. */
import type { Section } from '../../state/fleet/arrangement.js';

export interface SectionItem {
  readonly kind: 'section';
  readonly key: string;
  readonly section: Section;
  /** Number beside the title: all servers of the section (`Section.allIds`), or during a search those that match. */
  readonly count: number;
  readonly isFolded: boolean;
}

export interface ServerItem {
  readonly kind: 'server';
  /** Id of the server. */
  readonly key: string;
  /** null in a list without sections. */
  readonly section: Section | null;
}

export type FleetItem = SectionItem | ServerItem;

export interface ItemOptions {
  /** Ids that match; null = all. */
  readonly found: Pick<ReadonlySet<string>, 'has'> | null;
  /** Order within a section. */
  readonly order: (ids: readonly string[]) => readonly string[];
}

/** Titles and servers. A search unfolds all sections and omits empty sections. */
export function itemsBySection(sections: readonly Section[], { found, order }: ItemOptions): FleetItem[] {
  return sections.flatMap((section): FleetItem[] => {
    const ids = order(found === null ? section.serverIds : section.serverIds.filter((id) => found.has(id)));
    if (found !== null && ids.length === 0) return [];
    const { allIds } = section;
    const count = found === null ? allIds.length : allIds.filter((id) => found.has(id)).length;
    const isFolded = section.isCollapsed && found === null;
    const title = { kind: 'section', key: section.key, section, count, isFolded } as const;
    const servers = ids.map((id) => ({ kind: 'server', key: id, section }) as const);
    return isFolded ? [title] : [title, ...servers];
  });
}

/** Sorts sections and their servers by rank of the match; equal ranks keep their order, unmatched ones come last. */
export function bestFirst(sections: readonly Section[], finds: ReadonlyMap<string, number>): Section[] {
  const rankOf = (id: string): number => finds.get(id) ?? Infinity;
  const sorted = sections.map((section) => ({
    ...section,
    serverIds: section.serverIds.toSorted((one, other) => compare(rankOf(one), rankOf(other))),
  }));
  const bestOf = ({ serverIds: [first] }: Section): number =>
    first === undefined ? Infinity : rankOf(first);
  return sorted.sort((one, other) => compare(bestOf(one), bestOf(other)));
}

/** Avoids NaN from Infinity minus Infinity. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

export function serverItems(ids: readonly string[]): ServerItem[] {
  return ids.map((id) => ({ kind: 'server', key: id, section: null }));
}

/** Servers between two rows, in either direction. */
export function serversBetween(items: readonly FleetItem[], fromKey: string, toKey: string): string[] {
  const from = items.findIndex(({ key }) => key === fromKey);
  const to = items.findIndex(({ key }) => key === toKey);
  if (from === -1 || to === -1) return [toKey];
  return items
    .slice(Math.min(from, to), Math.max(from, to) + 1)
    .flatMap((item) => (item.kind === 'server' ? [item.key] : []));
}
