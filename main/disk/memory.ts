import type { Memory, MemoryNote } from '../../bridge/schema/memory.js';
import type { Log } from '../base/ports.js';
import type { UnusableFile } from './notices.js';
import type { SettingsFile } from './settings.js';
import { StoredFields } from './stored-fields.js';
import { memoryFormat, memoryOf } from './stored-memory.js';

/** Application memory, stored in `memory.json`. */
export class MemoryFile extends StoredFields<Memory> {
  constructor(path: string, log: Log, setAside?: (what: UnusableFile) => void) {
    super({ path, format: memoryFormat, log, setAside });
  }

  /**
   * Reads the file. If there is none, takes the memory that an older version kept in the settings. Call after the
   * settings were read. Never rejects.
   */
  async start(settings: Pick<SettingsFile, 'memory' | 'dropMemory'>): Promise<void> {
    const found = await this.read();
    const old = settings.memory;
    if (Object.keys(old).length === 0) return;
    try {
      if (found === null) await this.update(memoryOf(old));
      await settings.dropMemory();
    } catch {
      // The settings keep the old memory, so the next start tries again.
    }
  }

  /** Records a report of a window. Rejects with `PerchError` if the write fails. */
  async note({ eventsSeenAt, othersShown, shown }: MemoryNote): Promise<void> {
    await this.update(({ shownOnce }) => ({
      eventsSeenAt,
      othersShown,
      ...(shown === undefined || shownOnce.includes(shown) ? {} : { shownOnce: [...shownOnce, shown] }),
    }));
  }
}
