import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { PerchError } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { Log } from '../base/ports.js';
import type { SetAside } from './notices.js';

export interface StoredFileDeps {
  readonly path: string;
  /** Begins the names of what is logged. */
  readonly logName: string;
  /** What the file holds: problems name it. */
  readonly content: Exclude<SetAside['content'], 'history'>;
  /** What becomes of a file that can't be read: it makes room for the next write, or nothing is ever written over it. */
  readonly unreadable?: 'move' | 'refuse';
  readonly log: Log;
  /** Hears of each file that was set aside. */
  readonly setAside?: (what: SetAside) => void;
}

/**
 * A text file of a person's own things. What can't be read or used stays on disk under another name before anything
 * is written in its place; where even that is not possible, nothing is written.
 */
export class StoredFile {
  readonly #deps: StoredFileDeps;
  /** Keeps aside what a write would replace; null where that is done, or not needed. */
  #owed: (() => Promise<string>) | null = null;

  constructor(deps: StoredFileDeps) {
    this.#deps = deps;
  }

  /** null where there is no file, or it can't be read; rejects with `PerchError` where that is refused. */
  async read(): Promise<string | null> {
    const { path, log, logName, content, unreadable = 'move' } = this.#deps;
    try {
      // Some editors of Windows put a mark in front, which says nothing.
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
   * For a text that can't be used: moved, or copied where parts of it are used. Its new name comes from the text, so
   * that what stays damaged has one copy and nothing else has its name. Never rejects: a write tries it again.
   */
  async keepAside(text: string, why: SetAside['why']): Promise<void> {
    const { path, log, logName, content, setAside } = this.#deps;
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

  /** Rejects with `PerchError`; then the file is what it was. */
  async write(text: string): Promise<void> {
    const { path, content } = this.#deps;
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
    const { log, logName } = this.#deps;
    try {
      log.warn(`${logName}.kept-aside`, { file: await this.#owed() });
    } catch (error) {
      // It is gone already: then there is nothing to lose.
      if (!isMissing(error)) {
        log.warn(`${logName}.not-kept`, { message: String(error) });
        throw error;
      }
    }
    this.#owed = null;
  }
}

/** What is in it is not known, so its new name is a number that is still free. */
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

function refused(message: Sentence, cause: unknown, next = sentence('disk.write-next')): PerchError {
  return new PerchError({ code: 'internal', message, next }, { cause });
}
