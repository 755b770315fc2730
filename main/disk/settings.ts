import { settingsSchema, type Settings } from '../../bridge/schema/settings.js';
import { Emitter } from '../base/emitter.js';
import { isNewer } from '../base/json.js';
import type { Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { SetAside } from './notices.js';
import { StoredFile } from './stored-file.js';
import { readSettings, settingsVersion } from './stored-settings.js';

type Fields = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** New fields, or a function of the settings at the time of the write; null = no change. */
export type SettingsUpdate = Fields | ((now: Settings) => Fields | null);

/** The user's settings, stored in `settings.json`. */
export class SettingsFile {
  readonly #file: StoredFile;
  #current: Settings = settingsSchema.parse({});
  readonly #writes = new SerialQueue();
  readonly #changes = new Emitter<Settings>();

  constructor(path: string, log: Log, setAside?: (what: SetAside) => void) {
    const told = setAside === undefined ? {} : { setAside };
    this.#file = new StoredFile({ path, logName: 'settings', content: 'settings', log, ...told });
  }

  get current(): Settings {
    return this.#current;
  }

  /** Reads the file. A missing file means defaults; a damaged file is kept aside, also if parts of it are used. */
  async start(): Promise<void> {
    const text = await this.#file.read();
    if (text === null) return;
    const stored = readSettings(text);
    if (stored !== null) this.#current = stored.settings;
    if (stored === null) {
      await this.#file.keepAside(text, isNewer(text, settingsVersion) ? 'newer' : 'damaged');
    } else if (!stored.isWhole) await this.#file.keepAside(text, 'parts');
  }

  /** Returns the new settings. Rejects with `PerchError` if the write fails; nothing has changed then. */
  async update(change: SettingsUpdate): Promise<Settings> {
    return this.#writes.run(() => this.#write(change));
  }

  /** Returns the function that ends listening. */
  listen(listener: (settings: Settings) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** Waits for pending writes. */
  async stop(): Promise<void> {
    await this.#writes.idle();
  }

  async #write(change: SettingsUpdate): Promise<Settings> {
    const fields = typeof change === 'function' ? change(this.#current) : change;
    if (fields === null) return this.#current;
    const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const next = settingsSchema.parse({ ...this.#current, ...known });
    await this.#file.write(`${JSON.stringify({ version: settingsVersion, settings: next }, null, 2)}\n`);
    this.#current = next;
    this.#changes.emit(next);
    return next;
  }
}
