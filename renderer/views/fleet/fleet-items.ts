/** The rows of a list of servers: titles of sections and servers, in the order in which they are shown. Pure. */
import type { Section } from '../../state/fleet/arrangement.js';

export interface SectionItem {
  readonly kind: 'section';
  readonly key: string;
  readonly section: Section;
  /** How many servers it has, or of those how many were found (`Section.allIds`). */
  readonly count: number;
  readonly isFolded: boolean;
}

export interface ServerItem {
  readonly kind: 'server';
  /** The id of the server. */
  readonly key: string;
  /** null in a list without sections. */
  readonly section: Section | null;
}

export type FleetItem = SectionItem | ServerItem;

export interface ItemOptions {
  /** Ids that were found; null = all of them. */
  readonly found: Pick<ReadonlySet<string>, 'has'> | null;
  /** The order within a section. */
  readonly order: (ids: readonly string[]) => readonly string[];
}

/** Titles and servers. While something is searched for, nothing is folded and empty sections are left out. */
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

/** Sections and their servers as well as they were found, equals as they stood; what was not found comes last. */
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

/** Infinity minus itself would be no number. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

export function serverItems(ids: readonly string[]): ServerItem[] {
  return ids.map((id) => ({ kind: 'server', key: id, section: null }));
}

/** Those from one row to another, whichever is first; only servers. */
export function serversBetween(items: readonly FleetItem[], fromKey: string, toKey: string): string[] {
  const from = items.findIndex(({ key }) => key === fromKey);
  const to = items.findIndex(({ key }) => key === toKey);
  if (from === -1 || to === -1) return [toKey];
  return items
    .slice(Math.min(from, to), Math.max(from, to) + 1)
    .flatMap((item) => (item.kind === 'server' ? [item.key] : []));
}
