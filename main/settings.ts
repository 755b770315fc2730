import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { settingsSchema, type Settings } from '../bridge/domain.js';
import { PerchError } from '../bridge/errors.js';
import type { Log } from './ports.js';

/** Raised by one with each change of `settings.json` that defaults can't absorb; then `migrations` gets an entry. */
const settingsVersion = 1;

/** From version N to N + 1, by N. */
type Migrations = Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>>;
const migrations: Migrations = {};

const fileSchema = z.object({
  version: z.number().int().positive(),
  settings: z.record(z.string(), z.unknown()),
});

/**
 * What a file's text says as settings of today. Fields that do not fit get their default; null when the text as a
 * whole is damaged or comes from a newer Perch.
 */
export function readSettings(text: string, steps = migrations, current = settingsVersion): Settings | null {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success || file.data.version > current) return null;
  let { settings } = file.data;
  for (let version = file.data.version; version < current; version++) {
    const step = steps[version];
    if (step === undefined) return null;
    settings = step(settings);
  }
  const whole = settingsSchema.safeParse(settings);
  if (whole.success) return whole.data;
  const wrong = new Set(whole.error.issues.map(({ path }) => path[0]));
  return settingsSchema.parse(
    Object.fromEntries(Object.entries(settings).filter(([name]) => !wrong.has(name))),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Preferences of the person, on disk in `settings.json`. */
export class SettingsFile {
  readonly #path: string;
  readonly #log: Log;
  #current: Settings = settingsSchema.parse({});
  #writing: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<(settings: Settings) => void>();

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  get current(): Settings {
    return this.#current;
  }

  /** A missing file means defaults; a damaged one is kept aside as `settings.json.damaged`, so nothing is lost. */
  async start(): Promise<void> {
    let text;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#log.warn('settings.unreadable', { message: String(error) });
      }
      return;
    }
    const settings = readSettings(text);
    if (settings !== null) {
      this.#current = settings;
      return;
    }
    this.#log.warn('settings.damaged', { keptAs: `${this.#path}.damaged` });
    await rename(this.#path, `${this.#path}.damaged`).catch((error: unknown) => {
      this.#log.warn('settings.not-kept', { message: String(error) });
    });
  }

  /** Returns the settings as they are now. Rejects with `PerchError` when they can't be written; then nothing changed. */
  async update(patch: { [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<Settings> {
    const turn = this.#writing.then(() => this.#write(patch));
    this.#writing = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Returns the function that ends listening. */
  listen(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    await this.#writing;
  }

  async #write(patch: object): Promise<Settings> {
    const known = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const next = settingsSchema.parse({ ...this.#current, ...known });
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      const text = JSON.stringify({ version: settingsVersion, settings: next }, null, 2);
      await writeFileAtomic(this.#path, `${text}\n`, { mode: 0o600 });
    } catch (error) {
      throw new PerchError(notWritten, { cause: error });
    }
    this.#current = next;
    for (const listener of this.#listeners) listener(next);
    return next;
  }
}

const notWritten = {
  code: 'internal',
  message: 'Perch could not write its settings to disk.',
  next: 'Check that there is space left and that the data folder may be written to, then try again.',
} as const;
