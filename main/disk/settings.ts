import type { Settings } from '../../bridge/schema/settings.js';
import type { Log } from '../base/ports.js';
import type { UnusableFile } from './notices.js';
import { StoredFields, type RawFields, type Update } from './stored-fields.js';
import { oldMemory } from './stored-memory.js';
import { settingsFormat } from './stored-settings.js';

export type SettingsUpdate = Update<Settings>;

/** The user's settings, stored in `settings.json`. */
export class SettingsFile extends StoredFields<Settings> {
  constructor(path: string, log: Log, setAside?: (what: UnusableFile) => void) {
    super({ path, format: settingsFormat, log, setAside });
  }

  async start(): Promise<void> {
    const fields = await this.read();
    if (fields !== null) this.others = oldMemory(fields);
  }

  /** Application memory of an older version, which kept it in this file. Stays in the file until `dropMemory`. */
  get memory(): RawFields {
    return this.others;
  }

  /** Removes the application memory from the file. Rejects with `PerchError` if the write fails. */
  async dropMemory(): Promise<void> {
    this.others = {};
    await this.update({});
  }
}
