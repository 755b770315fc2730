/** Possible results of the palette's search. */
import type { Findable } from '../../search/find.js';
import type { ServerText } from '../../search/server-text.js';
import { foldText } from '../../search/words.js';
import { leavesOfServer, serverLeafEntry } from './menu-entries.js';
import { paletteServerEntry, verbEntry } from './palette-entries.js';
import type { PaletteChoice, PaletteEntry, PaletteWorld } from './palette-entry.js';
import { verbLabel, type PaletteVerb } from './palette-verbs.js';

/** Possible result. Its entry is created only for display, because a thousand servers have thousands of results. */
export interface Candidate extends Findable {
  /** Added to the rank of the match. */
  readonly handicap: number;
  /** Creates the entry to show; null if the server's menu lacks this item now. */
  entry(world: PaletteWorld): PaletteEntry | null;
  /** Choice that may be blocked; null if it never is. */
  readonly power: PaletteChoice | null;
}

/** Delegates to the server's search texts; copying them per typed letter would be most of the work. */
export class ServerCandidate implements Candidate {
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
    return paletteServerEntry(this.server, world);
  }
}

export class ItemCandidate extends ServerCandidate {
  constructor(
    server: ServerText,
    private readonly itemId: string,
    name: string,
    override readonly handicap: number,
  ) {
    super(server, name);
  }

  override entry(world: PaletteWorld): PaletteEntry | null {
    const leaf = leavesOfServer(this.server.id, world).find(({ id }) => id === this.itemId);
    return leaf === undefined ? null : serverLeafEntry(leaf, this.server, world);
  }
}

export class VerbCandidate extends ServerCandidate {
  override readonly power: PaletteChoice | null;

  constructor(
    server: ServerText,
    private readonly verb: PaletteVerb,
    name: string,
    override readonly handicap: number,
  ) {
    super(server, name);
    const choice = verb.choice(server.id);
    this.power = choice.kind === 'go' ? null : choice;
  }

  /**
   * Texts that count as an exact match. `name` always begins with the action; the label that the user sees may have the
   * other order in their language, so the label counts too.
   */
  override get exact(): ReadonlySet<string> {
    return new Set([...this.server.exact, foldText(verbLabel(this.verb, this.server.title))]);
  }

  override get spoken(): string {
    return `${this.name}\n${this.server.spoken}`;
  }

  override entry(world: PaletteWorld): PaletteEntry {
    return verbEntry(this.verb, this.server, world);
  }
}

export class PlaceCandidate implements Candidate {
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
    this.name = foldText(place.label);
    this.labels = foldText(`${place.hint}\n${place.words ?? ''}`);
    this.spoken = this.name;
  }

  entry(): PaletteEntry {
    return this.place;
  }
}
