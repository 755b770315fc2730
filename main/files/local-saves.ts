import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { CopyContent, CopyFacts, EditedDisk, LocalCopy } from './edited-disk.js';

/** Time without a change after which a program counts as done with writing, in ms. */
const quietMs = 300;
/** The same for an empty file: many programs empty a file first and then write to it. */
const emptyQuietMs = 2000;
/** Pause between two looks at the file, for systems that do not report changes. */
const lookEveryMs = 2000;

export interface LocalSavesDeps {
  readonly clock: Clock;
  readonly disk: Pick<EditedDisk, 'look' | 'read' | 'watch'>;
  readonly copy: LocalCopy;
  /** The file differs from the last content. The content follows when nobody writes any more. */
  readonly onChange: () => void;
  /** The whole content after a change. */
  readonly onSaved: (content: CopyContent) => Promise<void>;
}

/**
 * Tells when a program has saved a local copy, whatever way it saves: it may write over the file, empty it first,
 * replace it by another file, or write several times. A file that is missing for a moment is no save.
 */
export class LocalSaves {
  /** Facts of the content that was reported last; null before the first look. */
  #known: CopyFacts | null = null;
  #isOver = false;
  #unwatch = (): void => undefined;
  readonly #next: Alarm;
  readonly #turns = new SerialQueue();

  constructor(private readonly deps: LocalSavesDeps) {
    this.#next = new Alarm(deps.clock);
  }

  /** `isKnown` = the present content is no save. */
  async start({ isKnown }: { readonly isKnown: boolean }): Promise<void> {
    const { disk, copy } = this.deps;
    this.#unwatch = disk.watch(copy, () => this.look());
    if (isKnown) this.#known = await disk.look(copy).catch(() => null);
    this.look();
  }

  stop(): void {
    this.#isOver = true;
    this.#unwatch();
    this.#next.clear();
  }

  /** The present content is no save: Perch wrote it. */
  async accept(): Promise<void> {
    this.#known = await this.deps.disk.look(this.deps.copy).catch(() => null);
  }

  /**
   * The content that no program writes to any more; null = there is no file, or `stop` was called. Rejects with errors
   * of the system.
   */
  async settled(): Promise<CopyContent | null> {
    for (;;) {
      const facts = await this.#settled(await this.deps.disk.look(this.deps.copy));
      if (facts === null) return null;
      const content = await this.#read(facts);
      if (content !== null) return content;
    }
  }

  /** Looks now. */
  look(): void {
    void this.#turns.run(() => this.#look());
  }

  async #look(): Promise<void> {
    if (this.#isOver) return;
    this.#next.set(lookEveryMs, () => this.look());
    // A disk that fails now is asked again with the next look.
    await this.#take().catch(() => undefined);
  }

  async #take(): Promise<void> {
    const { disk, copy, onChange, onSaved } = this.deps;
    const first = await disk.look(copy);
    if (first === null || isSame(first, this.#known) || this.#isOver) return;
    onChange();
    const settled = await this.#settled(first);
    if (settled === null) return;
    const content = await this.#read(settled);
    if (content === null) return void this.#next.set(0, () => this.look());
    this.#known = settled;
    if (!this.#isOver) await onSaved(content);
  }

  /** null if the file was replaced. */
  async #read(facts: CopyFacts): Promise<CopyContent | null> {
    const { disk, copy } = this.deps;
    const content = await disk.read(copy);
    return isSame(await disk.look(copy), facts) ? content : null;
  }

  /** The facts once they have stayed the same for a while; null if the file is missing then. */
  async #settled(first: CopyFacts | null): Promise<CopyFacts | null> {
    if (first === null || isSame(first, this.#known)) return first;
    let before = first;
    let quiet = 0;
    while (!this.#isOver) {
      await this.#pause(quietMs);
      const now = await this.deps.disk.look(this.deps.copy);
      if (now === null) return null;
      quiet = isSame(now, before) ? quiet + quietMs : 0;
      if (quiet >= (now.bytes === 0 ? emptyQuietMs : quietMs)) return now;
      before = now;
    }
    return null;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.deps.clock.after(ms, resolve));
  }
}

function isSame(one: CopyFacts | null, other: CopyFacts | null): boolean {
  return one !== null && other !== null && one.bytes === other.bytes && one.stamp === other.stamp;
}
