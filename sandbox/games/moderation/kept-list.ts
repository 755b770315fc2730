import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** List of a game in a JSON file of the server's folder. Read at the start, written as a whole at each change. */
export class KeptList<T extends object> {
  #entries: readonly T[];
  readonly #file: string;

  constructor(
    folder: string,
    name: string,
    private readonly keyOf: (entry: T) => unknown,
  ) {
    this.#file = join(folder, name);
    this.#entries = this.#read();
  }

  get entries(): readonly T[] {
    return this.#entries;
  }

  has(key: string): boolean {
    return this.#entries.some((entry) => this.#isAt(entry, key));
  }

  add(entry: T): void {
    this.#write([...this.#entries, entry]);
  }

  remove(key: string): void {
    this.#write(this.#entries.filter((entry) => !this.#isAt(entry, key)));
  }

  /** Reads the file again, because a user may have edited it. */
  reload(): void {
    this.#entries = this.#read();
  }

  /** Names are compared in any case. */
  #isAt(entry: T, key: string): boolean {
    return String(this.keyOf(entry)).toLowerCase() === key.toLowerCase();
  }

  #write(entries: readonly T[]): void {
    this.#entries = entries;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(entries, null, 2));
  }

  /** As the game does, a list that cannot be read counts as empty. */
  #read(): readonly T[] {
    try {
      const parsed: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
      return Array.isArray(parsed)
        ? parsed.filter((one): one is T => typeof one === 'object' && one !== null)
        : [];
    } catch {
      return [];
    }
  }
}
