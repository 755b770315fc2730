/** Search of the palette, with the same matcher as all lists. Pure. */
import { find } from '../../search/find.js';
import { playerFilter } from '../../search/player-filter.js';
import type { ServerText } from '../../search/server-text.js';
import { nearly } from '../../search/typos.js';
import { beginsWord, wordsOf } from '../../search/words.js';
import {
  ItemCandidate,
  PlaceCandidate,
  ServerCandidate,
  VerbCandidate,
  type Candidate,
} from './candidates.js';
import { groupMenuEntries, leavesOfServer, perchEntries, settingEntries } from './menu-entries.js';
import type { MenuLeaf } from './menu-leaves.js';
import { otherWords } from './menu-words.js';
import {
  accountEntries,
  actionsOf,
  commandsNow,
  commonEntries,
  groupEntries,
  helpEntries,
  likelyEntries,
  likelyServers,
  sectionEntries,
  paletteServerEntry,
} from './palette-entries.js';
import type { PaletteEntry, PaletteWorld } from './palette-entry.js';
import { modeOf, type PaletteMode } from './palette-modes.js';
import { paletteVerbs, verbLabel, type PaletteVerb } from './palette-verbs.js';

/** Maximum number of results. */
const most = 60;

/** Rank penalty of actions on a server: the server itself comes first, unless the label begins with the action. */
const verbHandicap = 1.5;
/** Smaller penalty for actions on the shown server, the most likely target. */
const shownVerbHandicap = 0.5;

/** Penalty of actions on several servers; one server is meant more often. */
const manyHandicap = 2;
/** Penalty of settings, whose names often contain the word of an action, and of accounts, which have the name of a panel. */
const settingHandicap = 3;

/** Order of results of equal rank. */
const standings = ['possible', 'unsure', 'blocked'] as const;

/** Whether the typed words contain the words of an action or menu item. */
type IsAsked = (words: string, shortest?: number) => boolean;

/** Minimum length of a word that searches the menu items of all servers; shorter words match too many. */
const shortestForItem = 3;

/** Results of a search, best first; without a search the likely entries. */
export function findEntries(world: PaletteWorld, search: string): PaletteEntry[] {
  const { mode, rest } = modeOf(search);
  if (mode !== 'files') {
    const { tests, rest: other } = playerFilter(rest);
    if (tests.length > 0) return findByPlayers({ ...world, servers: world.withPlayers(tests) }, mode, other);
  }
  const words = wordsOf(rest);
  if (words.length === 0) return withoutWords(world, mode).slice(0, most);
  return entriesFor(world, rest, (isAsked) => candidates(world, mode, isAsked));
}

/** Servers that a word about players has found; with further words also actions on these servers. */
function findByPlayers(world: PaletteWorld, mode: PaletteMode, words: string): PaletteEntry[] {
  const servers = likelyServers({ ...world, shownId: null });
  if (wordsOf(words).length === 0)
    return servers.slice(0, most).map((server) => paletteServerEntry(server, world));
  return entriesFor(world, words, (isAsked) => [
    ...(mode === 'commands' ? [] : servers.map((server) => new ServerCandidate(server))),
    ...(mode === 'servers' ? [] : [...verbCandidates(world, isAsked), ...itemCandidates(world, isAsked)]),
  ]);
}

/** Like `findEntries`, for the actions on one server. */
export function findActions(world: PaletteWorld, server: ServerText, search: string): PaletteEntry[] {
  const actions = actionsOf(server, world);
  if (wordsOf(search).length === 0) return actions;
  return entriesFor(world, search, () => actions.map((entry) => new PlaceCandidate(entry)));
}

function entriesFor(
  world: PaletteWorld,
  search: string,
  candidatesFor: (isAsked: IsAsked) => Candidate[],
): PaletteEntry[] {
  const words = wordsOf(search);
  const isTyped: IsAsked = (text, shortest = 0) =>
    words.some((word) => word.length >= shortest && beginsWord(text, word));
  const isNear: IsAsked = (text, shortest = 0) =>
    words.some((word) => word.length >= shortest && nearly([text], word).size > 0);
  const found = findAmong(world, candidatesFor(isTyped), search);
  return (found.length > 0 ? found : findAmong(world, candidatesFor(isNear), search))
    .slice(0, most)
    .flatMap((candidate) => candidate.entry(world) ?? []);
}

function withoutWords(world: PaletteWorld, mode: PaletteMode): readonly PaletteEntry[] {
  switch (mode) {
    case 'all':
      return likelyEntries(world);
    case 'commands':
      return commandsNow(world);
    case 'servers':
      return likelyServers({ ...world, shownId: null }).map((server) => paletteServerEntry(server, world));
    case 'groups':
      return groupEntries(world);
    // Main looks for files (`palette-files.svelte.ts`).
    case 'files':
      return [];
    case 'help':
      return helpEntries();
  }
}

function findAmong(world: PaletteWorld, all: readonly Candidate[], search: string): Candidate[] {
  return find(all, search)
    .map(({ item, rank }) => ({ item, ...placeOf(world, item, rank) }))
    .sort((one, other) => one.place - other.place || one.standing - other.standing)
    .map(({ item }) => item);
}

function placeOf(world: PaletteWorld, { handicap, power }: Candidate, rank: number) {
  const standing = power === null ? 0 : standings.indexOf(world.standingOf(power));
  // Blocked actions on the shown server lose their smaller penalty.
  const isLast = standing === standings.indexOf('blocked') && handicap === shownVerbHandicap;
  return { place: rank + (isLast ? verbHandicap : handicap), standing };
}

/** Servers, places, matching actions, and all actions on the shown server. */
function candidates(world: PaletteWorld, mode: PaletteMode, isAsked: IsAsked): Candidate[] {
  const placed = (entries: readonly PaletteEntry[]): Candidate[] =>
    entries.map((entry) => new PlaceCandidate(entry));
  const commands = (): Candidate[] => [
    ...placed([...commonEntries(), ...sectionEntries()]),
    ...accountEntries(world).map((entry) => new PlaceCandidate(entry, settingHandicap)),
    ...perchEntries(world).map((entry) => new PlaceCandidate(entry, manyHandicap)),
    ...settingEntries().map((entry) => new PlaceCandidate(entry, settingHandicap)),
    ...verbCandidates(world, isAsked),
    ...itemCandidates(world, isAsked),
    ...groupMenuEntries(world).map((entry) => new PlaceCandidate(entry, manyHandicap)),
  ];
  const servers = (): Candidate[] =>
    likelyServers({ ...world, shownId: null }).map((server) => new ServerCandidate(server));
  switch (mode) {
    case 'all':
      return [...servers(), ...commands(), ...placed(groupEntries(world))];
    case 'commands':
      return commands();
    case 'servers':
      return servers();
    case 'groups':
      return placed(groupEntries(world));
    case 'files':
      return [];
    case 'help':
      return placed(helpEntries());
  }
}

/** Actions on the shown server first, then on recently opened servers. */
function verbCandidates(world: PaletteWorld, isAsked: IsAsked): Candidate[] {
  const named = paletteVerbs.map(namedVerb);
  const asked = named.filter(({ words }) => isAsked(words));
  const shown = world.servers.filter(({ id }) => id === world.shownId);
  const make = (server: ServerText, which: typeof named, handicap: number): Candidate[] =>
    which.map(({ verb, words }) => new VerbCandidate(server, verb, `${words} ${server.name}`, handicap));
  return [
    ...shown.flatMap((server) => make(server, named, shownVerbHandicap)),
    ...likelyServers(world).flatMap((server) => make(server, asked, verbHandicap)),
  ];
}

/** Servers whose menus are read to collect all items; menus differ, because a server in a group has more items. */
const menusRead = 5;

/** Items that occur only in menus of servers. */
function itemCandidates(world: PaletteWorld, isAsked: IsAsked): Candidate[] {
  const servers = [...world.servers.filter(({ id }) => id === world.shownId), ...likelyServers(world)];
  const items = new Map<string, string>();
  for (const { id } of servers.slice(0, menusRead)) {
    for (const leaf of leavesOfServer(id, world)) items.set(leaf.id, itemWords(leaf));
  }
  const asked = [...items].filter(([, words]) => isAsked(words, shortestForItem));
  return servers.flatMap((server) =>
    asked.map(([itemId, words]) => {
      const handicap = server.id === world.shownId ? shownVerbHandicap : verbHandicap;
      return new ItemCandidate(server, itemId, `${words} ${server.name}`, handicap);
    }),
  );
}

function itemWords({ id, label }: MenuLeaf): string {
  return wordsOf(`${label} ${otherWords(id)}`).join(' ');
}

/** Search words of an action without a server's name, computed once for all servers. */
function namedVerb(verb: PaletteVerb): { verb: PaletteVerb; words: string } {
  const words = wordsOf(verbLabel(verb, '')).join(' ');
  return { verb, words };
}
