import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { HistoryCheck } from '../base/past.js';
import type { Clock, Log } from '../base/ports.js';
import {
  causeOf,
  hasDropped,
  isCorruption,
  mend,
  moveAside,
  openFolder,
  type Level,
  type Mended,
  type Opened,
} from './level-folder.js';

export type DiskChange =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

export interface HistoryDiskDeps {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when the store was damaged, or was written by a newer Perch. */
  readonly setAside: (what: { why: Mended['why'] | 'newer'; file: string }) => void;
  /** Called when parts were lost to a damaged disk, with the number of lost events; null = unknown. */
  readonly damaged: (events: number | null) => void;
  /** Called when the history can't be written, and when it can again. */
  readonly troubled: (isSo: boolean) => void;
  /** Runs work between two writes. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Called when the store can be read and written, also after each recovery. */
  readonly opened: (level: Level) => Promise<void>;
}

/** Version of the stored format. Version 1 had no players; its chunks stay readable. */
const form = 2;
const olderForms: readonly number[] = [1];
const formKey = 'form';
/** Size of the test write in bytes: more than one regular write. */
const trialBytes = 128 * 1024;
const pauses = { firstMs: 10_000, longestMs: 5 * 60_000 };

/** Connection to the store on disk. A failure closes the store, and it is opened again later. */
export class HistoryDisk {
  readonly #retry: Alarm;
  readonly #backOff = new BackOff(pauses);
  #level: Level | null = null;
  #isDamaged = false;
  #isTroubled = false;
  #isStopped = false;
  /** Wall-clock time of the last write; null = none so far. */
  #writtenAt: number | null = null;

  constructor(private readonly deps: HistoryDiskDeps) {
    this.#retry = new Alarm(deps.clock);
  }

  /** null while the store is closed. */
  get level(): Level | null {
    return this.#level;
  }

  /** Opens the store, or schedules another try. Never rejects. */
  async open(): Promise<void> {
    try {
      const level = await this.#opened();
      if (this.#isStopped) return await level.close();
      this.#level = level;
      if (this.#isTroubled) await tryToWrite(level);
      await this.deps.opened(level);
    } catch (error) {
      return this.failed(error);
    }
    this.#trouble(false);
  }

  /** Writes all changes or none. Returns whether they were written. */
  async write(changes: DiskChange[]): Promise<boolean> {
    try {
      if (this.#level === null) return false;
      await this.#level.batch(changes);
      this.#writtenAt = this.deps.clock.wall();
      return true;
    } catch (error) {
      await this.failed(error);
      return false;
    }
  }

  /** Closes the store after a failure and schedules its reopening, because LevelDB accepts no more writes. */
  async failed(error: unknown): Promise<void> {
    const { inTurn, log } = this.deps;
    log.warn('history.failed', { message: causeOf(error) });
    this.#isDamaged ||= isCorruption(error);
    await this.#close();
    if (this.#isStopped) return;
    this.#retry.set(this.#backOff.next(), () => void inTurn(() => this.open()));
    this.#trouble(true);
  }

  /** Tests a write and reports the state of the store. Never rejects. */
  async check(): Promise<HistoryCheck> {
    const writtenAt = this.#writtenAt;
    const level = this.#level;
    if (level === null) return { isOpen: false, canWrite: false, bytes: null, writtenAt };
    try {
      await tryToWrite(level);
      return { isOpen: true, canWrite: true, bytes: await level.approximateSize('', '~'), writtenAt };
    } catch (error) {
      this.deps.log.warn('history.not-writable', { message: causeOf(error) });
      return { isOpen: true, canWrite: false, bytes: null, writtenAt };
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#retry.clear();
    await this.#close();
  }

  async #opened(): Promise<Level> {
    const { folder, log } = this.deps;
    const found = this.#isDamaged ? await mend(folder, log) : await openFolder(folder, log);
    this.#isDamaged = false;
    if (found.mended === null && (await hasDropped(folder))) this.deps.damaged(null);
    return this.#fitting(this.#told(found));
  }

  async #fitting(level: Level): Promise<Level> {
    const found = (await level.get(formKey))?.[0];
    if (found === form) return level;
    if (found === undefined || olderForms.includes(found)) {
      await level.put(formKey, Uint8Array.of(form));
      return level;
    }
    await level.close();
    const { level: fresh, mended } = await moveAside(this.deps.folder);
    if (mended !== null) this.deps.setAside({ why: found > form ? 'newer' : 'damaged', file: mended.file });
    await fresh.put(formKey, Uint8Array.of(form));
    return fresh;
  }

  #told({ level, mended }: Opened): Level {
    if (mended !== null) this.deps.setAside(mended);
    return level;
  }

  #trouble(isSo: boolean): void {
    if (!isSo) this.#backOff.reset();
    if (isSo === this.#isTroubled) return;
    this.#isTroubled = isSo;
    this.deps.troubled(isSo);
  }

  async #close(): Promise<void> {
    const level = this.#level;
    this.#level = null;
    await level?.close().catch((error: unknown) => {
      this.deps.log.warn('history.not-closed', { message: causeOf(error) });
    });
  }
}

/** Tests a write. On a nearly full disk a store opens, but refuses the next write. */
async function tryToWrite(level: Level): Promise<void> {
  const key = 'trial';
  await level.batch([
    { type: 'put', key, value: new Uint8Array(trialBytes) },
    { type: 'del', key },
  ]);
}
