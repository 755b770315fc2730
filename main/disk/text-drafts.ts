import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { textDraftSchema, type TextDraft } from '../../bridge/schema/texts.js';
import { sentence } from '../../messages/messages.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

/** Limit of the whole folder. More than this is refused: an older draft is never removed for a newer one. */
const mostBytes = 64 * 1024 * 1024;

const fileSchema = z.object({
  version: z.literal(version),
  serverId: z.string(),
  path: z.string(),
  draft: textDraftSchema,
});

interface FileRef {
  readonly serverId: string;
  readonly path: string;
}

const draftName = /^[\da-f]{64}\.json$/;

/** The folder `drafts` in the data folder: one file for each unsaved text. An unusable file is kept aside. */
export class TextDraftsFolder {
  readonly #folder: string;
  readonly #writes = new SerialQueue();

  constructor(
    dataFolder: string,
    private readonly log: Log,
    private readonly setAside: (what: UnusableFile) => void,
  ) {
    this.#folder = join(dataFolder, 'drafts');
  }

  /** Waits for earlier writes. */
  async of(file: FileRef): Promise<TextDraft | null> {
    await this.#writes.idle();
    return this.#read(file);
  }

  async #read({ serverId, path }: FileRef): Promise<TextDraft | null> {
    const stored = this.#fileOf({ serverId, path });
    const text = await stored.read();
    if (text === null) return null;
    const file = fileSchema.safeParse(parseJson(text));
    if (file.success && file.data.serverId === serverId && file.data.path === path) return file.data.draft;
    await stored.keepAside(text, isNewer(text, version) ? 'newer' : 'damaged');
    return null;
  }

  /** Rejects with `PerchError` if the draft can't be written or the folder is full; the earlier draft stays then. */
  keep({ serverId, path }: FileRef, draft: TextDraft): Promise<void> {
    const text = `${JSON.stringify({ version, serverId, path, draft })}\n`;
    const name = nameOf({ serverId, path });
    return this.#writes.run(async () => {
      const others = await this.#bytesOfAllBut(name);
      if (others + Buffer.byteLength(text) > mostBytes) throw new PerchError(full);
      await this.#fileOf({ serverId, path }).write(text);
    });
  }

  /** Rejects with an error of the system. */
  drop(file: FileRef): Promise<void> {
    return this.#writes.run(() => this.#remove(file));
  }

  /** Drops the draft only if the draft has this text. Rejects with an error of the system. */
  dropSaved(file: FileRef, text: string): Promise<void> {
    return this.#writes.run(async () => {
      if ((await this.#read(file))?.text === text) await this.#remove(file);
    });
  }

  #remove(file: FileRef): Promise<void> {
    return rm(join(this.#folder, nameOf(file)), { force: true });
  }

  /** Files with unsaved text. Never rejects; an unreadable draft is left out. */
  async files(): Promise<FileRef[]> {
    await this.#writes.idle();
    const found: FileRef[] = [];
    for (const name of await this.#names()) {
      const file = await this.#named(name);
      if (file !== null) found.push(file);
    }
    return found;
  }

  /** Removes the drafts of a removed account. Never rejects. */
  forgetAccount(accountId: string): Promise<void> {
    return this.#forget((account) => account === accountId);
  }

  /** Removes the drafts of all other accounts. Never rejects. */
  keepAccounts(accountIds: readonly string[]): Promise<void> {
    return this.#forget((account) => !accountIds.includes(account));
  }

  #forget(isGone: (accountId: string) => boolean): Promise<void> {
    return this.#writes.run(async () => {
      for (const name of await this.#names()) {
        const file = await this.#named(name);
        if (file === null || !isGone(file.serverId.slice(0, file.serverId.indexOf('/')))) continue;
        await rm(join(this.#folder, name), { force: true }).catch((error: unknown) => {
          this.log.warn('drafts.not-removed', { message: String(error) });
        });
      }
    });
  }

  /** The file of a draft; null for a draft that Perch can't use. */
  async #named(name: string): Promise<FileRef | null> {
    const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '');
    const file = fileSchema.safeParse(parseJson(text));
    return file.success ? { serverId: file.data.serverId, path: file.data.path } : null;
  }

  async #bytesOfAllBut(name: string): Promise<number> {
    const others = (await this.#names()).filter((other) => other !== name);
    const sizes = others.map((other) =>
      stat(join(this.#folder, other)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => draftName.test(name));
  }

  #fileOf(file: FileRef): StoredFile {
    return new StoredFile({
      path: join(this.#folder, nameOf(file)),
      logName: 'drafts',
      content: 'drafts',
      log: this.log,
      setAside: this.setAside,
    });
  }
}

/** Paths of servers are hostile and may be longer than a file name, so the name is a hash. */
function nameOf({ serverId, path }: FileRef): string {
  return `${createHash('sha256')
    .update(JSON.stringify([serverId, path]))
    .digest('hex')}.json`;
}

const full = newProblem('conflict', sentence('texts.drafts-full'));
