/**
 * The tray menu in the form of `com.canonical.dbusmenu`: a tree of numbered entries with properties.
 *
 * A host keeps the menu open while Perch changes it, and reports a press by the entry's number. So an entry keeps its
 * number as long as its meaning stays the same, even with another label. The number of a removed entry keeps its
 * meaning too; its action checks whether it is still possible. Source: `libdbusmenu-glib/dbus-menu.xml`.
 */
import type { TrayAction, MenuEntry, MenuModel } from '../menu-entry.js';

/** Properties of an entry: `label`, `type`, `enabled` and `children-display`. */
export type EntryProperties = Readonly<Record<string, string | boolean>>;

export interface LayoutEntry {
  readonly id: number;
  readonly properties: EntryProperties;
  readonly children: readonly LayoutEntry[];
}

/** Changes that are reported to hosts. */
export interface LayoutChange {
  /** Entries that stayed, with changed properties. */
  readonly properties: readonly { readonly id: number; readonly properties: EntryProperties }[];
  /** Numbers of the entries whose children changed, or changed their order. */
  readonly parents: readonly number[];
}

/** Number of the menu itself. */
const rootId = 0;
/** Limit of remembered numbers. The oldest numbers outside the menu are forgotten first. */
const mostKnown = 4096;

export class MenuLayout {
  #entries = new Map<number, LayoutEntry>([[rootId, rootOf([])]]);
  /** Number and action, by the meaning of an entry. */
  readonly #known = new Map<string, { readonly id: number; readonly action: TrayAction | null }>();
  #lastId = rootId;

  /** The entry with this number and its subtree; undefined = not in the menu. */
  find(id: number): LayoutEntry | undefined {
    return this.#entries.get(id);
  }

  /** All entries, the root included. */
  get all(): Iterable<LayoutEntry> {
    return this.#entries.values();
  }

  /** Action of a number, also after the entry has left the menu; null = unknown number. */
  actionOf(id: number): TrayAction | null {
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
    // Keeps the map in order of use.
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

/** Key of an entry's meaning, independent of its label. Texts and separators have only their kind. */
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

/** Converts a label. Electron marks access keys with `&`, dbusmenu with `_`; each doubles the character for itself. */
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
