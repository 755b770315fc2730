/**
 * The tray's menu as `com.canonical.dbusmenu` has it: a tree of numbered entries with properties.
 *
 * A host keeps a menu open while Perch changes it, and tells a press by the entry's number. So an entry keeps its number
 * for as long as it means the same, whatever its label says, and the number of one that is gone still tells what it meant:
 * whether that can be done now, whoever carries it out knows. Source: `libdbusmenu-glib/dbus-menu.xml`.
 */
import type { MenuAction, MenuEntry, MenuModel } from '../menu-entry.js';

/** Of an entry: `label`, `type`, `enabled` and `children-display`. */
export type EntryProperties = Readonly<Record<string, string | boolean>>;

export interface LayoutEntry {
  readonly id: number;
  readonly properties: EntryProperties;
  readonly children: readonly LayoutEntry[];
}

/** What a host has to hear of. */
export interface LayoutChange {
  /** Entries that were there before and have other properties now. */
  readonly properties: readonly { readonly id: number; readonly properties: EntryProperties }[];
  /** The numbers of those whose children are others, or in another order. */
  readonly parents: readonly number[];
}

/** The menu itself has the number 0. */
const rootId = 0;
/** So many meanings keep their numbers; of those that are not in the menu, the oldest are forgotten first. */
const mostKnown = 4096;

export class MenuLayout {
  #entries = new Map<number, LayoutEntry>([[rootId, rootOf([])]]);
  /** By what an entry means. */
  readonly #known = new Map<string, { readonly id: number; readonly action: MenuAction | null }>();
  #lastId = rootId;

  /** The entry with this number, with all below it; undefined where the menu has none. */
  find(id: number): LayoutEntry | undefined {
    return this.#entries.get(id);
  }

  /** All entries of the menu, itself included. */
  get all(): Iterable<LayoutEntry> {
    return this.#entries.values();
  }

  /** What a press on this number asks for, also where the entry has left the menu; null where nothing is known of it. */
  actionOf(id: number): MenuAction | null {
    for (const known of this.#known.values()) if (known.id === id) return known.action;
    return null;
  }

  set(model: MenuModel): LayoutChange {
    const before = this.#entries;
    const used = new Set<string>();
    const root = rootOf(this.#children(model, '', used));
    this.#entries = new Map();
    this.#list(root);
    this.#forget(used);
    return changeOf(before, this.#entries);
  }

  #children(model: MenuModel, parent: string, used: Set<string>): LayoutEntry[] {
    return model.map((entry) => {
      const key = freeKey(`${parent}/${meaningOf(entry)}`, used);
      used.add(key);
      const children = entry.kind === 'submenu' ? this.#children(entry.entries, key, used) : [];
      return { id: this.#idOf(key, entry), properties: propertiesOf(entry), children };
    });
  }

  #idOf(key: string, entry: MenuEntry): number {
    const known = this.#known.get(key) ?? {
      id: ++this.#lastId,
      action: entry.kind === 'action' ? entry.action : null,
    };
    // The map is in the order of use.
    this.#known.delete(key);
    this.#known.set(key, known);
    return known.id;
  }

  #list(entry: LayoutEntry): void {
    this.#entries.set(entry.id, entry);
    for (const child of entry.children) this.#list(child);
  }

  #forget(used: ReadonlySet<string>): void {
    for (const key of this.#known.keys()) {
      if (this.#known.size <= mostKnown) return;
      if (!used.has(key)) this.#known.delete(key);
    }
  }
}

function rootOf(children: readonly LayoutEntry[]): LayoutEntry {
  return { id: rootId, properties: { 'children-display': 'submenu' }, children };
}

/** The same for the same meaning, whatever the label says; texts and separators mean nothing but their place. */
function meaningOf(entry: MenuEntry): string {
  switch (entry.kind) {
    case 'action':
      return JSON.stringify(entry.action);
    case 'submenu':
      return JSON.stringify(entry.of);
    case 'text':
    case 'separator':
      return entry.kind;
  }
}

function freeKey(key: string, used: ReadonlySet<string>): string {
  let free = key;
  for (let count = 2; used.has(free); count++) free = `${key} ${count}`;
  return free;
}

function propertiesOf(entry: MenuEntry): EntryProperties {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: labelOf(entry), enabled: false };
    case 'action':
      return { label: labelOf(entry) };
    case 'submenu':
      return { label: labelOf(entry), 'children-display': 'submenu' };
  }
}

/** Electron marks an access key by `&`, a dbusmenu by `_`; each doubles the letter where it stands for itself. */
function labelOf({ label }: { readonly label: string }): string {
  return label.replaceAll('&&', '&').replaceAll('_', '__');
}

function changeOf(
  before: ReadonlyMap<number, LayoutEntry>,
  after: ReadonlyMap<number, LayoutEntry>,
): LayoutChange {
  const kept = [...after.values()].flatMap((entry) => {
    const earlier = before.get(entry.id);
    return earlier === undefined ? [] : [{ entry, earlier }];
  });
  return {
    properties: kept
      .filter(({ entry, earlier }) => textOf(entry.properties) !== textOf(earlier.properties))
      .map(({ entry: { id, properties } }) => ({ id, properties })),
    parents: kept
      .filter(({ entry, earlier }) => idsOf(entry.children) !== idsOf(earlier.children))
      .map(({ entry }) => entry.id),
  };
}

function textOf(properties: EntryProperties): string {
  return JSON.stringify(properties);
}

function idsOf(entries: readonly LayoutEntry[]): string {
  return entries.map(({ id }) => id).join();
}
