/**
 * Values per page: small enough that copying a page is cheap, large enough that thousands of servers need few
 * pages.
 */
const pageSize = 32;

type Pages<V> = readonly (readonly V[])[];

/**
 * An immutable map with cheap updates.
 * A new value for a known key copies one page, not the whole map. With a thousand live servers, several hundred
 * values change every second.
 */
export class PagedMap<V> implements ReadonlyMap<string, V> {
  private constructor(
    /** Position of each key's value across the pages. */
    private readonly places: ReadonlyMap<string, number>,
    private readonly pages: Pages<V>,
  ) {}

  static of<V>(map: ReadonlyMap<string, V>): PagedMap<V> {
    if (map instanceof PagedMap) return map as PagedMap<V>;
    const places = new Map([...map.keys()].map((key, place) => [key, place]));
    const values = [...map.values()];
    const pages = Array.from({ length: Math.ceil(values.length / pageSize) }, (_, page) =>
      values.slice(page * pageSize, (page + 1) * pageSize),
    );
    return new PagedMap(places, pages);
  }

  get size(): number {
    return this.places.size;
  }

  get(key: string): V | undefined {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.pages[Math.floor(place / pageSize)]?.[place % pageSize];
  }

  has(key: string): boolean {
    return this.places.has(key);
  }

  keys(): MapIterator<string> {
    return this.places.keys();
  }

  values(): MapIterator<V> {
    return this.pages.flat().values();
  }

  entries(): MapIterator<[string, V]> {
    const values = this.pages.flat();
    return [...this.places].map(([key, place]): [string, V] => [key, values[place] as V]).values();
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(tell: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) tell(value, key, this);
  }

  /** A copy with these values replaced; null removes the key. */
  with(values: ReadonlyMap<string, V | null>): PagedMap<V> {
    const pages = [...this.pages];
    const mine = new Map<number, V[]>();
    for (const [key, value] of values) {
      const place = this.places.get(key);
      if (place === undefined || value === null) return this.#rebuilt(values);
      const at = Math.floor(place / pageSize);
      const page = mine.get(at) ?? [...(pages[at] ?? [])];
      page[place % pageSize] = value;
      mine.set(at, page);
      pages[at] = page;
    }
    return new PagedMap(this.places, pages);
  }

  /** Rebuilds the map when keys are added or removed, which is rare. */
  #rebuilt(values: ReadonlyMap<string, V | null>): PagedMap<V> {
    const map = new Map<string, V>(this);
    for (const [key, value] of values) {
      if (value === null) map.delete(key);
      else map.set(key, value);
    }
    return PagedMap.of(map);
  }
}
