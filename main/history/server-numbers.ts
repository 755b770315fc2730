import { bytesOf, readBytes } from './bytes.js';
import type { DiskChange } from './history-disk.js';
import { rangeOf } from './key-range.js';
import type { Level } from './level-folder.js';

const prefix = 'n/';
const nextKey = 'next';

/** Numbers that stand for servers on disk. A number is never reused. */
export class ServerNumbers {
  readonly #numbers = new Map<string, number>();
  #next = 1;
  #unwritten: DiskChange[] = [];

  /** Reads the stored numbers. Numbers in memory win when a store is opened again, and are written again. */
  async load(level: Level): Promise<void> {
    this.#next = Math.max(this.#next, numberOf(await level.get(nextKey)) ?? 1);
    for await (const [key, value] of level.iterator(rangeOf(prefix))) {
      const [id, number] = [key.slice(prefix.length), numberOf(value)];
      if (number === null || this.#numbers.has(id)) continue;
      this.#numbers.set(id, number);
      this.#next = Math.max(this.#next, number + 1);
    }
    this.#unwritten = [...this.#numbers].map(([id, number]) => put(prefix + id, number));
  }

  get byNumber(): ReadonlyMap<number, string> {
    return new Map([...this.#numbers].map(([id, number]) => [number, id]));
  }

  find(serverId: string): number | undefined {
    return this.#numbers.get(serverId);
  }

  /** Number of a server. A new number is in `unwritten` until it is saved. */
  of(serverId: string): number {
    const known = this.#numbers.get(serverId);
    if (known !== undefined) return known;
    const number = this.#next++;
    this.#numbers.set(serverId, number);
    this.#unwritten.push(put(prefix + serverId, number), put(nextKey, this.#next));
    return number;
  }

  /** Changes to write together with the data that uses the numbers. */
  get unwritten(): readonly DiskChange[] {
    return this.#unwritten;
  }

  written(changes: readonly DiskChange[]): void {
    this.#unwritten = this.#unwritten.filter((change) => !changes.includes(change));
  }

  /** Removes servers. Returns their numbers and the changes that delete these from the disk. */
  forget(isGone: (serverId: string) => boolean): { numbers: Set<number>; changes: DiskChange[] } {
    const gone = [...this.#numbers].filter(([id]) => isGone(id));
    for (const [id] of gone) this.#numbers.delete(id);
    this.#unwritten = this.#unwritten.filter(({ key }) => !isGone(key.slice(prefix.length)));
    return {
      numbers: new Set(gone.map(([, number]) => number)),
      changes: gone.map(([id]) => ({ type: 'del', key: prefix + id })),
    };
  }
}

function put(key: string, number: number): DiskChange {
  return { type: 'put', key, value: bytesOf(number) };
}

function numberOf(bytes: Uint8Array | undefined): number | null {
  return readBytes(bytes, (source) => source.unsigned());
}
