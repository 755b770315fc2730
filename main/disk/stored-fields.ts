import * as z from 'zod';
import { Emitter } from '../base/emitter.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';
import { whatFits } from './what-fits.js';

export type RawFields = Readonly<Record<string, unknown>>;
export const recordSchema = z.record(z.string(), z.unknown());

const fileSchema = z.looseObject({ version: z.number().int().positive() });

/** Migrations from version N to N + 1, by N. */
export type Migrations = Readonly<Record<number, (old: RawFields) => RawFields>>;

/** Form of a file: `{ version, [name]: fields }`. */
export interface FieldsFormat<T> {
  readonly name: 'settings' | 'memory';
  readonly version: number;
  /** Has a default for each field. */
  readonly schema: z.ZodType<T>;
  readonly migrations: Migrations;
  /** Gives fields that an older Perch of the same version named differently their names of today. */
  readonly renamed?: (fields: RawFields) => RawFields;
}

export interface Stored<T> {
  readonly fields: T;
  /** False if parts were invalid and left out. */
  readonly isWhole: boolean;
  /** The valid fields of the text, before defaults filled the rest. */
  readonly kept: RawFields;
  /** The fields of the text in the form of the current version, valid or not. */
  readonly raw: RawFields;
}

/**
 * Reads the text of a file of any version. Invalid fields get their default; lists keep their valid elements, because
 * the user made each of them. null for a damaged text or one of a newer Perch.
 */
export function readFields<T>(
  text: string,
  { name, version: current, schema, migrations, renamed = (fields) => fields }: FieldsFormat<T>,
): Stored<T> | null {
  const file = fileSchema.safeParse(parseJson(text)).data;
  const found = recordSchema.safeParse(file?.[name]).data;
  if (file === undefined || found === undefined || file.version > current) return null;
  let raw: RawFields = found;
  for (let { version } = file; version < current; version++) {
    const step = migrations[version];
    if (step === undefined) return null;
    raw = step(raw);
  }
  raw = renamed(raw);
  const whole = schema.safeParse(raw);
  if (whole.success) return { fields: whole.data, isWhole: true, kept: raw, raw };
  const kept = recordSchema.parse(whatFits(raw, schema));
  return { fields: schema.parse(kept), isWhole: false, kept, raw };
}

/** New fields, or a function of the fields at the time of the write; null = no change. */
export type Update<T> =
  | { [Name in keyof T]?: T[Name] | undefined }
  | ((now: T) => { [Name in keyof T]?: T[Name] | undefined } | null);

export interface StoredFieldsDeps<T> {
  readonly path: string;
  readonly format: FieldsFormat<T>;
  readonly log: Log;
  readonly setAside?: ((what: UnusableFile) => void) | undefined;
}

/** One JSON file of fields with defaults. A change applies once the file is written. */
export class StoredFields<T extends object> {
  readonly #file: StoredFile;
  readonly #format: FieldsFormat<T>;
  readonly #writes = new SerialQueue();
  readonly #changes = new Emitter<T>();
  #current: T;
  /** Fields that are written beside those of the schema. */
  protected others: RawFields = {};

  constructor({ path, format, log, setAside }: StoredFieldsDeps<T>) {
    const { name } = format;
    const told = setAside === undefined ? {} : { setAside };
    this.#file = new StoredFile({ path, logName: name, content: name, log, ...told });
    this.#format = format;
    this.#current = format.schema.parse({});
  }

  get current(): T {
    return this.#current;
  }

  /**
   * Reads the file. A missing file means defaults; a damaged file is kept aside, also if parts of it are used. Resolves
   * with the fields of the file; null = no usable file.
   */
  async read(): Promise<RawFields | null> {
    const text = await this.#file.read();
    if (text === null) return null;
    const stored = readFields(text, this.#format);
    if (stored === null) {
      await this.#file.keepAside(text, isNewer(text, this.#format.version) ? 'newer' : 'damaged');
      return null;
    }
    this.#current = stored.fields;
    if (!stored.isWhole) await this.#file.keepAside(text, 'parts');
    return stored.raw;
  }

  /** Returns the new fields. Rejects with `PerchError` if the write fails; nothing has changed then. */
  async update(change: Update<T>): Promise<T> {
    return this.#writes.run(() => this.#write(change));
  }

  /** Returns the function that ends listening. */
  listen(listener: (fields: T) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** Waits for pending writes. */
  async stop(): Promise<void> {
    await this.#writes.idle();
  }

  async #write(change: Update<T>): Promise<T> {
    const { name, version, schema } = this.#format;
    const fields = typeof change === 'function' ? change(this.#current) : change;
    if (fields === null) return this.#current;
    const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const next = schema.parse({ ...this.#current, ...known });
    await this.#file.write(`${JSON.stringify({ version, [name]: { ...this.others, ...next } }, null, 2)}\n`);
    this.#current = next;
    this.#changes.emit(next);
    return next;
  }
}
