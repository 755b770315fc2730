import { lineCost } from '../../../bridge/console/console-cost.js';
import type { Link } from '../../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import type { ConsoleListener } from '../api.js';
import { ConsoleBuffer, type ArrivingLine, type BufferBounds } from './console-buffer.js';

/** Bounds of a watched console. */
const watchedBounds: BufferBounds = { lines: 10_000, characters: 4_000_000 };
/** Ms between batches of lines to listeners (PLATFORM, "Speed"). */
const batchMs = 30;
/** Limits of one batch, by `consoleCost` and by lines. A longer line makes a batch of its own. */
const chunkCost = 65_536;
const chunkLines = 1000;

interface Watcher {
  readonly listener: ConsoleListener;
  queue: ConsoleLine[];
}

/** Console of one server: remembered lines and listeners. */
export class ServerConsole {
  readonly #batch: Alarm;
  readonly #buffer: ConsoleBuffer;
  readonly #watchers = new Set<Watcher>();
  /** True if the session is new: its history repeats remembered lines. */
  #isNewSession = false;
  #link: Link;

  /** `quietBounds` limit the lines while nobody watches. They can change at any time. */
  constructor(
    clock: Clock,
    link: Link,
    private readonly quietBounds: BufferBounds,
  ) {
    this.#batch = new Alarm(clock);
    this.#buffer = new ConsoleBuffer(quietBounds);
    this.#link = link;
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  watch(listener: ConsoleListener): () => void {
    const [first = [], ...rest] = chunks(this.#buffer.lines);
    const watcher: Watcher = { listener, queue: rest.flat() };
    this.#buffer.bound(watchedBounds);
    this.#watchers.add(watcher);
    listener.snapshot(first, this.#link);
    if (watcher.queue.length > 0) this.#flushSoon();
    return () => {
      this.#watchers.delete(watcher);
      if (!this.isWatched) this.#buffer.bound(this.quietBounds);
    };
  }

  link(link: Link): void {
    this.#link = link;
    this.#flush();
    for (const { listener } of this.#watchers) listener.link(link);
  }

  /** The next lines come from a new session. */
  sessionStarted(): void {
    this.#isNewSession = true;
  }

  /**
   * Adds lines from the session. A session sends its history first, in one piece; after a reconnect, only the new part.
   */
  append(lines: readonly ArrivingLine[]): void {
    const isHistory = lines.some((line) => line.source === 'history');
    if (this.#isNewSession && isHistory && this.#buffer.size > 0) this.#reset();
    if (isHistory || lines.some((line) => line.source === 'server')) this.#isNewSession = false;
    const kept = this.#buffer.push(lines);
    for (const { queue } of this.#watchers) for (const line of kept) queue.push(line);
    if (this.isWatched && kept.length > 0) this.#flushSoon();
  }

  get isEmpty(): boolean {
    return this.#buffer.size === 0;
  }

  /** Removes the lines of an unwatched console. */
  drop(): void {
    this.#buffer.clear();
  }

  stop(): void {
    this.#batch.clear();
    this.#watchers.clear();
  }

  #reset(): void {
    this.#buffer.clear();
    for (const watcher of this.#watchers) {
      watcher.queue = [];
      watcher.listener.reset();
    }
  }

  #flushSoon(): void {
    if (!this.#batch.isSet) this.#batch.set(batchMs, () => this.#flush());
  }

  #flush(): void {
    this.#batch.clear();
    for (const watcher of [...this.#watchers]) {
      const queue = watcher.queue;
      watcher.queue = [];
      for (const chunk of chunks(queue)) watcher.listener.lines(chunk);
    }
  }
}

/** Splits lines into batches that are small enough to send between processes quickly. */
function chunks(lines: readonly ConsoleLine[]): ConsoleLine[][] {
  const result: ConsoleLine[][] = [];
  let chunk: ConsoleLine[] = [];
  let cost = Infinity;
  for (const line of lines) {
    if (cost + lineCost(line) > chunkCost || chunk.length >= chunkLines) {
      chunk = [];
      result.push(chunk);
      cost = 0;
    }
    chunk.push(line);
    cost += lineCost(line);
  }
  return result;
}
