import type { ImportPreview } from '../../bridge/schema/import-preview.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { AccountRecord } from '../base/ports.js';
import { exportText, readExport, type ExportContent } from './export-file.js';
import { planImport, type ImportPlan } from './plan-import.js';

export interface ExportsDeps {
  readonly settings: {
    readonly current: Settings;
    update(change: (now: Settings) => Partial<Settings>): Promise<Settings>;
  };
  readonly book: {
    readonly all: readonly AccountRecord[];
    put(record: AccountRecord): Promise<void>;
    remove(accountId: string): Promise<void>;
  };
  readonly fleet: { addAccount(record: AccountRecord, user: null): void };
  readonly newId: () => string;
}

/** Export of the user's own data, and import after a preview. */
export class Exports {
  /** The file of the last preview. */
  #content: ExportContent | null = null;

  constructor(private readonly deps: ExportsDeps) {}

  text(): string {
    return exportText(this.deps.settings.current, this.deps.book.all);
  }

  /** Previews an import without a change. Throws `PerchError` for an unusable file. */
  look(text: string): ImportPreview {
    this.#content = null;
    const content = readExport(text);
    const { preview } = this.#plan(content, this.deps.settings.current);
    this.#content = content;
    return preview;
  }

  /** Imports the file of the last preview: all of it or nothing. Rejects with `PerchError`. */
  async apply(): Promise<void> {
    const content = this.#content;
    if (content === null) {
      const next = sentence('exports.not-chosen-next');
      throw new PerchError(newProblem('invalid', sentence('exports.not-chosen'), next));
    }
    this.#content = null;
    const { settings, book, fleet } = this.deps;
    const { newRecords } = this.#plan(content, settings.current);
    const put: AccountRecord[] = [];
    try {
      for (const record of newRecords) {
        await book.put(record);
        put.push(record);
      }
      // Every panel of the file has its account by now, so this plan creates none.
      await settings.update((now) => this.#plan(content, now).fields);
    } catch (error) {
      for (const { id } of put) await book.remove(id).catch(() => undefined);
      throw error;
    }
    for (const record of put) fleet.addAccount(record, null);
  }

  #plan(content: ExportContent, settings: Settings): ImportPlan {
    const { book, newId } = this.deps;
    return planImport(content, { settings, records: book.all }, newId);
  }
}
