/** Serves the tray menu on the bus, through `com.canonical.dbusmenu`. */
import { busList, busNumber } from '../../../bus/bus-encode.js';
import { variantOf, type BusRequest, type BusValues, type ExportedSignal } from '../../../bus/bus-wire.js';
import type { TrayAction, MenuModel } from '../menu-entry.js';
import { MenuLayout, type EntryProperties, type LayoutEntry } from './menu-layout.js';
import { answeredProperties } from './served-properties.js';

export const menuPath = '/MenuBar';
const menuInterface = 'com.canonical.dbusmenu';

export interface ServedMenuDeps {
  readonly emit: (signal: ExportedSignal, values: BusValues) => void;
  readonly pressed: (action: TrayAction) => void;
}

const properties = {
  Version: variantOf('u', 3),
  TextDirection: variantOf('s', 'ltr'),
  Status: variantOf('s', 'normal'),
  IconThemePath: variantOf('as', []),
};

export class ServedMenu {
  readonly #layout = new MenuLayout();
  #revision = 1;

  constructor(private readonly deps: ServedMenuDeps) {}

  /** Sends only the differences to hosts. A changed label does not close an open menu. */
  set(model: MenuModel): void {
    const change = this.#layout.set(model);
    if (change.properties.length > 0) {
      const changed = change.properties.map((one) => [one.id, asVariants(one.properties)]);
      this.#emit('ItemsPropertiesUpdated', 'a(ia{sv})a(ias)', [changed, []]);
    }
    if (change.parents.length === 0) return;
    this.#revision += 1;
    for (const parent of change.parents) this.#emit('LayoutUpdated', 'ui', [this.#revision, parent]);
  }

  /** Answers a method call. null = dbusmenu has no such method. Throws for wrong arguments. */
  answer(request: BusRequest): BusValues | null {
    const { member, args } = request;
    const known = answeredProperties(request, menuInterface, properties);
    if (known !== null) return known;
    if (request.interface !== menuInterface && request.interface !== null) return null;
    switch (member) {
      case 'GetLayout':
        return this.#layoutOf(busNumber(args[0]), busNumber(args[1]));
      case 'GetGroupProperties':
        return this.#propertiesOf(busList(args[0]).map(busNumber));
      case 'GetProperty':
        return this.#property(busNumber(args[0]), String(args[1]));
      case 'Event':
        this.#event(args);
        return {};
      case 'EventGroup':
        return {
          signature: 'ai',
          args: [
            busList(args[0])
              .filter((event) => !this.#isEvent(event))
              .map(idOf),
          ],
        };
      case 'AboutToShow':
        return { signature: 'b', args: [false] };
      case 'AboutToShowGroup':
        return { signature: 'aiai', args: [[], []] };
      default:
        return null;
    }
  }

  #layoutOf(id: number, depth: number): BusValues {
    const layout = asLayout(this.#entry(id), depth);
    return { signature: 'u(ia{sv}av)', args: [this.#revision, layout] };
  }

  /** Properties of the named entries; of all entries if none is named. */
  #propertiesOf(ids: readonly number[]): BusValues {
    const entries =
      ids.length === 0 ? [...this.#layout.all] : ids.flatMap((id) => this.#layout.find(id) ?? []);
    const found = entries.map((entry) => [entry.id, asVariants(entry.properties)]);
    return { signature: 'a(ia{sv})', args: [found] };
  }

  #property(id: number, name: string): BusValues {
    const value = this.#entry(id).properties[name];
    if (value === undefined) throw new Error('the entry has no such property');
    return { signature: 'v', args: [asVariant(value)] };
  }

  #entry(id: number): LayoutEntry {
    const entry = this.#layout.find(id);
    if (entry === undefined) throw new Error('the menu has no such entry');
    return entry;
  }

  /** Handles an event of a host: `[id, name, data, time]`. Opening and closing are ignored. */
  #event([id, name]: readonly unknown[]): void {
    if (name !== 'clicked') return;
    const action = this.#layout.actionOf(busNumber(id));
    if (action === null) throw new Error('the menu has never had such an entry');
    this.deps.pressed(action);
  }

  #isEvent(event: unknown): boolean {
    try {
      this.#event(busList(event));
      return true;
    } catch {
      return false;
    }
  }

  #emit(member: string, signature: string, args: readonly unknown[]): void {
    this.deps.emit({ path: menuPath, interface: menuInterface, member }, { signature, args });
  }
}

/** The entry with `depth` levels below it; negative = all levels. */
function asLayout({ id, properties: own, children }: LayoutEntry, depth: number): unknown {
  const below =
    depth === 0 ? [] : children.map((child) => variantOf('(ia{sv}av)', asLayout(child, depth - 1)));
  return [id, asVariants(own), below];
}

function asVariants(own: EntryProperties): unknown {
  return Object.entries(own).map(([name, value]) => [name, asVariant(value)]);
}

function asVariant(value: string | boolean): readonly unknown[] {
  return variantOf(typeof value === 'boolean' ? 'b' : 's', value);
}

function idOf(event: unknown): number {
  return busNumber(busList(event)[0]);
}
