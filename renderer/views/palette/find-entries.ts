/** Search of the palette, with the same matcher as all lists. Pure. */
import { find, type Findable } from '../../search/find.js';
import type { ServerText } from '../../search/server-text.js';
import { nearly } from '../../search/typos.js';
import { beginsWord, fold, wordsOf } from '../../search/words.js';
import {
  groupMenuEntries,
  leavesOfServer,
  perchEntries,
  serverLeafEntry,
  settingEntries,
} from './menu-entries.js';
import type { MenuLeaf } from './menu-leaves.js';
import { otherWords } from './menu-words.js';
import {
  actionsOf,
  commandsNow,
  commonEntries,
  groupEntries,
  helpEntries,
  likelyEntries,
  likelyServers,
  sectionEntries,
  serverEntry,
  verbEntry,
  verbLabel,
  verbs,
  type Verb,
} from './palette-entries.js';
import type { PaletteChoice, PaletteEntry, PaletteWorld } from './palette-entry.js';
import { modeOf, type PaletteMode } from './palette-modes.js';

/** Maximum number of results. */
const most = 60;

/** Rank penalty of actions on a server: the server itself comes first, unless the label begins with the action. */
const verbHandicap = 1.5;
/** Smaller penalty for actions on the shown server, the most likely target. */
const shownVerbHandicap = 0.5;

/** Penalty of actions on several servers; one server is meant more often. */
const manyHandicap = 2;
/** Penalty of settings: the names of many settings contain the word of an action. */
const settingHandicap = 3;

/** Order of results of equal rank. */
const standings = ['possible', 'unsure', 'blocked'] as const;

/** Possible result. Its entry is created only for display, because a thousand servers have thousands of results. */
interface Candidate extends Findable {
  /** Added to the rank of the match. */
  readonly handicap: number;
  /** Creates the entry to show; null if the server's menu lacks this item at present. */
  entry(world: PaletteWorld): PaletteEntry | null;
  /** Choice that may be blocked; null if it never is. */
  readonly power: PaletteChoice | null;
}

/** Whether the typed words contain the words of an action or menu item. */
type IsAsked = (words: string, shortest?: number) => boolean;

/** Minimum length of a word that searches the menu items of all servers; shorter words match too many. */
const shortestForItem = 3;

/** Results of a search, best first; without a search the likely entries. */
export function findEntries(world: PaletteWorld, search: string): PaletteEntry[] {
  const { mode, rest } = modeOf(search);
  const words = wordsOf(rest);
  if (words.length === 0) return withoutWords(world, mode).slice(0, most);
  return entriesFor(world, rest, (isAsked) => candidates(world, mode, isAsked));
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
      return likelyServers({ ...world, shownId: null }).map((server) => serverEntry(server, world));
    case 'groups':
      return groupEntries(world);
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
    case 'help':
      return placed(helpEntries());
  }
}

/** Actions on the shown server first, then on recently opened ones. */
function verbCandidates(world: PaletteWorld, isAsked: IsAsked): Candidate[] {
  const named = verbs.map(namedVerb);
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
function namedVerb(verb: Verb): { verb: Verb; words: string } {
  const words = wordsOf(verbLabel(verb, '')).join(' ');
  return { verb, words };
}

/** Delegates to the server's search texts; copying them per typed letter would be most of the work. */
class ServerCandidate implements Candidate {
  readonly handicap: number = 0;
  readonly power: PaletteChoice | null = null;

  constructor(
    protected readonly server: ServerText,
    readonly name = server.name,
  ) {}

  get description(): string {
    return this.server.description;
  }

  get labels(): string {
    return this.server.labels;
  }

  get addresses(): string {
    return this.server.addresses;
  }

  get ids(): string {
    return this.server.ids;
  }

  get spoken(): string {
    return this.server.spoken;
  }

  get exact(): ReadonlySet<string> {
    return this.server.exact;
  }

  get page(): Findable['page'] {
    return this.server.page;
  }

  entry(world: PaletteWorld): PaletteEntry | null {
    return serverEntry(this.server, world);
  }
}

class ItemCandidate extends ServerCandidate {
  override readonly handicap: number;

  constructor(
    server: ServerText,
    private readonly itemId: string,
    name: string,
    handicap: number,
  ) {
    super(server, name);
    this.handicap = handicap;
  }

  override entry(world: PaletteWorld): PaletteEntry | null {
    const leaf = leavesOfServer(this.server.id, world).find(({ id }) => id === this.itemId);
    return leaf === undefined ? null : serverLeafEntry(leaf, this.server, world);
  }
}

class VerbCandidate extends ServerCandidate {
  override readonly handicap: number;
  override readonly power: PaletteChoice | null;

  constructor(
    server: ServerText,
    private readonly verb: Verb,
    name: string,
    handicap: number,
  ) {
    super(server, name);
    this.handicap = handicap;
    const choice = verb.choice(server.id);
    this.power = choice.kind === 'go' ? null : choice;
  }

  /**
   * Texts that count as an exact match. `name` always begins with the action; the label that the user sees may have the
   * other order in their language, so the label counts too.
   */
  override get exact(): ReadonlySet<string> {
    return new Set([...this.server.exact, fold(verbLabel(this.verb, this.server.title))]);
  }

  override get spoken(): string {
    return `${this.name}\n${this.server.spoken}`;
  }

  override entry(world: PaletteWorld): PaletteEntry {
    return verbEntry(this.verb, this.server, world);
  }
}

class PlaceCandidate implements Candidate {
  readonly power = null;
  readonly name: string;
  readonly labels: string;
  readonly spoken: string;
  readonly description = '';
  readonly addresses = '';
  readonly ids = '';
  readonly exact: ReadonlySet<string> = new Set();
  readonly page = null;

  constructor(
    private readonly place: PaletteEntry,
    readonly handicap = 0,
  ) {
    this.name = fold(place.label);
    this.labels = fold(`${place.hint}\n${place.words ?? ''}`);
    this.spoken = this.name;
  }

  entry(): PaletteEntry {
    return this.place;
  }
}
