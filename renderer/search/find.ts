/**
 * The one matcher: of palette, filter of the table, sidebar and popover. Every word that was typed must be found
 * somewhere, in any order. Pure.
 */
import { nearly } from './typos.js';
import { beginsWord, linkIn, mentionsIn, wordsOf } from './words.js';

/** What can be found; all texts are folded (`fold`). */
export interface Findable {
  readonly name: string;
  /** Found by any part, as the name is. */
  readonly description: string;
  /** Found by the beginning of a word: a part of one would find half the fleet. */
  readonly labels: string;
  /** Found by the beginnings of their parts, and by any part that is not too short. */
  readonly addresses: string;
  /** Found by the beginnings of their parts, unless that is too short: of a thousand servers many begin with `4`. */
  readonly ids: string;
  /** Where a word may be looked for that is nearly right. */
  readonly spoken: string;
  /** What is as good as the name where it is typed in full. */
  readonly exact: ReadonlySet<string>;
  /** Where a pasted link leads to it; null for what has no page. */
  readonly page: { readonly panel: string; readonly serverIds: readonly string[] } | null;
}

/** Shorter numbers are a part of too many addresses and ids. */
const shortestPart = 4;

/** How well something was found; the smaller, the better. */
const ranks = { exact: 0, beginning: 1, words: 2, inName: 3, elsewhere: 4, typo: 5 } as const;
export type Rank = (typeof ranks)[keyof typeof ranks];

export interface Found<T> {
  readonly item: T;
  readonly rank: Rank;
}

/**
 * Those that the search finds, the best first, equals in the order in which they were given. Words that are nearly
 * right count only where nothing is found without them, and what a pasted sentence mentions before those. An empty
 * search finds nothing: its user knows what to show.
 */
export function find<T extends Findable>(items: readonly T[], search: string): Found<T>[] {
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
  // A panel may have more addresses than the one that Perch was given.
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

function rankOf({ name, exact }: Findable, typed: string, words: readonly string[]): Rank {
  if (name === typed || exact.has(typed) || linkIn(typed) !== null) return ranks.exact;
  if (name.startsWith(typed)) return ranks.beginning;
  if (words.every((word) => beginsWord(name, word))) return ranks.words;
  return words.every((word) => name.includes(word)) ? ranks.inName : ranks.elsewhere;
}
