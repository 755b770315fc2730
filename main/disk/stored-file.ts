import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type * as z from 'zod';
import { PerchError } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log } from '../base/ports.js';
import type { UnusableFile } from './notices.js';

export interface StoredFileDeps {
  readonly path: string;
  /** Prefix of log events. */
  readonly logName: string;
  /** Content of the file, named in problems. */
  readonly content: Exclude<UnusableFile['content'], 'history' | 'revisions'>;
  /** Treatment of an unreadable file: it is moved away before the next write, or all writes are refused. */
  readonly unreadable?: 'move' | 'refuse';
  readonly log: Log;
  /** Called for each file that was set aside. */
  readonly setAside?: (what: UnusableFile) => void;
}

/**
 * A text file with the user's data.
 * Perch renames an unreadable or unusable file before it writes a new file. If that fails, it writes nothing.
 */
export class StoredFile {
  /** Keeps aside the file that a write would replace; null = done or not needed. */
  #owed: (() => Promise<string>) | null = null;

  constructor(private readonly deps: StoredFileDeps) {}

  /** null if the file does not exist or can't be read; rejects with `PerchError` if `unreadable` is `refuse`. */
  async read(): Promise<string | null> {
    const { path, log, logName, content, unreadable = 'move' } = this.deps;
    try {
      // Removes the byte order mark that some Windows editors write.
      return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
    } catch (error) {
      if (isMissing(error)) return null;
      log.warn(`${logName}.unreadable`, { message: String(error) });
      if (unreadable === 'refuse')
        throw refused(sentence(`disk.${content}-unread`, { file: path }), error, sentence('disk.read-next'));
      this.#owed = () => moveUnread(path);
      return null;
    }
  }

  /**
   * The content of a JSON file whose field `version` is this one. null if no file can be used; an unusable file is kept
   * aside.
   */
  async readAs<T>(schema: z.ZodType<T>, version: number): Promise<T | null> {
    const text = await this.read();
    if (text === null) return null;
    const file = schema.safeParse(parseJson(text));
    if (file.success) return file.data;
    await this.keepAside(text, isNewer(text, version) ? 'newer' : 'damaged');
    return null;
  }

  /**
   * Keeps an unusable file aside: moved, or copied if parts of it are used.
   * The new name contains a hash of the text, so a file that stays damaged is kept only once. Never rejects; the next
   * write tries again.
   */
  async keepAside(text: string, why: UnusableFile['why']): Promise<void> {
    const { path, log, logName, content, setAside } = this.deps;
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const aside = `${path}.damaged-${hash}`;
    log.warn(`${logName}.damaged`, { why });
    this.#owed = async () => {
      const isKnown = await exists(aside);
      await (why === 'parts' ? copyFile : rename)(path, aside);
      if (!isKnown) setAside?.({ content, why, file: aside });
      return aside;
    };
    await this.#payUp().catch(() => undefined);
  }

  /** Rejects with `PerchError`; the file is unchanged then. */
  async write(text: string): Promise<void> {
    const { path, content } = this.deps;
    try {
      await this.#payUp();
    } catch (error) {
      throw refused(sentence(`disk.${content}-not-aside`), error);
    }
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, text, { mode: 0o600 });
    } catch (error) {
      throw refused(sentence(`disk.${content}-unwritten`), error);
    }
  }

  async #payUp(): Promise<void> {
    if (this.#owed === null) return;
    const { log, logName } = this.deps;
    try {
      log.warn(`${logName}.kept-aside`, { file: await this.#owed() });
    } catch (error) {
      // The file is gone already.
      if (!isMissing(error)) {
        log.warn(`${logName}.not-kept`, { message: String(error) });
        throw error;
      }
    }
    this.#owed = null;
  }
}

/** The content is unknown, so the new name gets the first free number. */
async function moveUnread(path: string, number = 1): Promise<string> {
  const aside = `${path}.unreadable-${number}`;
  if (await exists(aside)) return moveUnread(path, number + 1);
  await rename(path, aside);
  return aside;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function refused(
  message: Sentence,
  cause: unknown,
  next: Sentence = sentence('disk.write-next'),
): PerchError {
  return new PerchError({ code: 'internal', message, next }, { cause });
}
