/**
 * The matcher of the palette, the table's filter, the sidebar and the popover.
 * Every typed word must match somewhere, in any order. Pure.
 */
import { nearly } from './typos.js';
import { beginsWord, linkIn, mentionsIn, wordsOf } from './words.js';

/** Searchable texts of an item, all folded (`fold`). */
export interface Findable {
  readonly name: string;
  /** Matches any part of the description, as for the name. */
  readonly description: string;
  /** Matches only the beginnings of words: other parts would match half of the fleet. */
  readonly labels: string;
  /** Matches beginnings of its parts, and from four characters on any part. */
  readonly addresses: string;
  /** Matches beginnings of its parts from four characters on: of a thousand servers many ids begin with `4`. */
  readonly ids: string;
  /** Text in which the search tolerates typos. */
  readonly spoken: string;
  /** Texts that rank like the name if typed in full. */
  readonly exact: ReadonlySet<string>;
  /** The item's page on its panel, for pasted links; null if it has none. */
  readonly page: { readonly panel: string; readonly serverIds: readonly string[] } | null;
}

/** Shorter words match too many addresses and ids. */
const shortestPart = 4;

/** Quality of a match; smaller is better. */
const ranks = { exact: 0, beginning: 1, words: 2, inName: 3, elsewhere: 4, typo: 5 } as const;
export type MatchRank = (typeof ranks)[keyof typeof ranks];

export interface SearchResult<T> {
  readonly item: T;
  readonly rank: MatchRank;
}

/**
 * Matching items, best first; equal ranks keep the given order.
 * If no item matches all words exactly, items that a pasted sentence mentions count, and otherwise words with
 * typos. An empty search finds no item; the caller chooses the shown items.
 */
export function find<T extends Findable>(items: readonly T[], search: string): SearchResult<T>[] {
  const all = wordsOf(search);
  if (all.length === 0) return [];
  const typed = all.join(' ');
  const words = [...new Set(all)];
  const exactly = withEvery(items, words, holders);
  if (exactly.length > 0) {
    return bestFirst(exactly.map((item) => ({ item, rank: rankOf(item, typed, words) })));
  }
  const mentioned = mentionsIn(words).flatMap((word) => mentionedBy(items, word));
  if (mentioned.length > 0) return [...new Set(mentioned)].map((item) => ({ item, rank: ranks.elsewhere }));
  return withEvery(items, words, nearHolders).map((item) => ({ item, rank: ranks.typo }));
}

function bestFirst<T extends { readonly rank: number }>(found: readonly T[]): T[] {
  return found.toSorted((one, other) => one.rank - other.rank);
}

type Holders = <T extends Findable>(items: readonly T[], word: string) => readonly T[];

function withEvery<T extends Findable>(
  items: readonly T[],
  words: readonly string[],
  holdersOf: Holders,
): readonly T[] {
  let left = items;
  for (const word of words) {
    if (left.length === 0) break;
    left = holdersOf(left, word);
  }
  return left;
}

const holders: Holders = (items, word) => {
  const link = linkIn(word);
  if (link === null) return items.filter((item) => holds(item, word));
  const named = items.filter(({ page }) => page?.serverIds.includes(link.serverId));
  // A panel may have further addresses besides the entered address.
  const own = named.filter(({ page }) => page?.panel === link.panel);
  return own.length > 0 ? own : named;
};

const mentionedBy: Holders = (items, word) =>
  linkIn(word) === null ? items.filter(({ exact }) => exact.has(word)) : holders(items, word);

const nearHolders: Holders = (items, word) => {
  const exactly = new Set(holders(items, word));
  const near = nearly(
    items.map(({ spoken }) => spoken),
    word,
  );
  return items.filter((item, at) => exactly.has(item) || near.has(at));
};

function holds({ name, description, labels, addresses, ids }: Findable, word: string): boolean {
  if (name.includes(word) || description.includes(word)) return true;
  if (beginsWord(labels, word) || beginsWord(addresses, word)) return true;
  return word.length >= shortestPart && (addresses.includes(word) || beginsWord(ids, word));
}

function rankOf({ name, exact }: Findable, typed: string, words: readonly string[]): MatchRank {
  if (name === typed || exact.has(typed) || linkIn(typed) !== null) return ranks.exact;
  if (name.startsWith(typed)) return ranks.beginning;
  if (words.every((word) => beginsWord(name, word))) return ranks.words;
  return words.every((word) => name.includes(word)) ? ranks.inName : ranks.elsewhere;
}
