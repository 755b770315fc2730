import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { viewSchema } from '../../bridge/schema/view.js';
import { parseJson } from '../base/json.js';
import type { KeptWindow, Log, WindowStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';

const version = 1;
/** Larger than any screen. A file with larger numbers is invalid. */
const pixels = z.number().int().min(-100_000).max(100_000);

const fileSchema = z.object({
  version: z.literal(version),
  bounds: z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) }).nullable(),
  isMaximized: z.boolean(),
  /** Views and sections of the settings change their names between versions; the bounds stay then. */
  view: viewSchema.nullable().catch(null),
});

/**
 * `window.json` in the data folder. An unusable file counts as missing, because it holds nothing that the user made.
 */
export class WindowFile implements WindowStore {
  readonly #path: string;
  readonly #writes = new SerialQueue();

  constructor(
    folder: string,
    private readonly log: Log,
  ) {
    this.#path = join(folder, 'window.json');
  }

  async load(): Promise<KeptWindow | null> {
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    const file = fileSchema.safeParse(text === null ? null : parseJson(text));
    if (!file.success) return null;
    const { bounds, isMaximized, view } = file.data;
    return { bounds, isMaximized, view };
  }

  save(kept: KeptWindow): Promise<void> {
    const text = `${JSON.stringify({ version, ...kept })}\n`;
    return this.#writes.run(async () => {
      try {
        await writeFileAtomic(this.#path, text, { mode: 0o600 });
      } catch (error) {
        this.log.warn('window.not-kept', { message: String(error) });
      }
    });
  }
}
