import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Size of a server's folder, measured at intervals (PROTOCOL 4.5). */
export class DiskGauge {
  #bytes = 0;
  #measuredAt = -Infinity;
  #running: Promise<number> | null = null;

  constructor(
    private readonly folder: string,
    private readonly everyMs: number,
    private readonly now: () => number,
  ) {}

  /** The last measurement; 0 before the first. */
  get bytes(): number {
    return this.#bytes;
  }

  get isStale(): boolean {
    return this.#running === null && this.now() - this.#measuredAt >= this.everyMs;
  }

  /** Measures now, or joins a running measurement. */
  measure(): Promise<number> {
    this.#running ??= folderBytes(this.folder)
      .then((bytes) => {
        this.#bytes = bytes;
        this.#measuredAt = this.now();
        return bytes;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }
}

/** Bytes of all files below a folder. A missing folder or file counts as empty. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = await stat(join(entry.parentPath, entry.name)).catch(() => null);
    bytes += file?.size ?? 0;
  }
  return bytes;
}
