/** Which entries of the palette a search finds, by the matcher of all lists. Pure. */
import { find, type Findable } from '../../search/find.js';
import type { ServerText } from '../../search/server-text.js';
import { nearly } from '../../search/typos.js';
import { beginsWord, fold, wordsOf } from '../../search/words.js';
import {
  commonEntries,
  likelyEntries,
  sectionEntries,
  serverEntry,
  verbEntry,
  verbLabel,
  verbs,
  type PaletteEntry,
  type PaletteWorld,
  type Verb,
} from './palette-entries.js';

/** Nobody reads more. */
const most = 60;

/** A server is before its verbs, unless the verb is what the label begins with. */
const verbHandicap = 1.5;

/** What may be found. Its entry is made only if it is shown: with a thousand servers there are thousands. */
interface Candidate extends Findable {
  /** As much worse than how well it was found. */
  readonly handicap: number;
  entry(world: PaletteWorld): PaletteEntry;
}

/** The entries that a search finds, the best first; without a search, what is likely to be wanted. */
export function findEntries(world: PaletteWorld, search: string): PaletteEntry[] {
  const words = wordsOf(search);
  if (words.length === 0) return likelyEntries(world).slice(0, most);
  const isTyped = (verb: string): boolean => words.some((word) => beginsWord(verb, word));
  const found = findAmong(candidates(world, isTyped), search);
  const isNear = (verb: string): boolean => words.some((word) => nearly([verb], word).size > 0);
  return (found.length > 0 ? found : findAmong(candidates(world, isNear), search))
    .slice(0, most)
    .map((candidate) => candidate.entry(world));
}

function findAmong(all: readonly Candidate[], search: string): Candidate[] {
  return find(all, search)
    .map(({ item, rank }) => ({ item, place: rank + item.handicap }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Servers, places, the verbs that are asked for, and all those of the server that is shown. */
function candidates({ servers, shownId }: PaletteWorld, isAsked: (verb: string) => boolean): Candidate[] {
  const named = verbs.map(namedVerb);
  const asked = named.filter(({ words }) => isAsked(words));
  return [
    ...servers.map((server) => new ServerCandidate(server)),
    ...[...commonEntries(), ...sectionEntries()].map((entry) => new PlaceCandidate(entry)),
    ...servers.flatMap((server) =>
      (server.id === shownId ? named : asked).map(
        ({ verb, words }) => new VerbCandidate(server, verb, `${words} ${server.name}`),
      ),
    ),
  ];
}

/** What a verb is found by, said once for all servers: the words without the name of one. */
function namedVerb(verb: Verb): { verb: Verb; words: string } {
  const words = wordsOf(verbLabel(verb, '')).join(' ');
  return { verb, words };
}

/** Hands on what the server is found by; copies of it for every letter typed would be most of the work. */
class ServerCandidate implements Candidate {
  readonly handicap: number = 0;

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

  entry(world: PaletteWorld): PaletteEntry {
    return serverEntry(this.server, world);
  }
}

class VerbCandidate extends ServerCandidate {
  override readonly handicap = verbHandicap;

  constructor(
    server: ServerText,
    private readonly verb: Verb,
    name: string,
  ) {
    super(server, name);
  }

  /** Its name begins with the verb in every language; typed as the language orders it, it is meant as well. */
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
  readonly handicap = 0;
  readonly name: string;
  readonly labels: string;
  readonly spoken: string;
  readonly description = '';
  readonly addresses = '';
  readonly ids = '';
  readonly exact: ReadonlySet<string> = new Set();
  readonly page = null;

  constructor(private readonly place: PaletteEntry) {
    this.name = fold(place.label);
    this.labels = fold(`${place.hint}\n${place.words ?? ''}`);
    this.spoken = this.name;
  }

  entry(): PaletteEntry {
    return this.place;
  }
}
