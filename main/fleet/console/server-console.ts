import { lineCost } from '../../../bridge/console/console-cost.js';
import type { ConsoleLine, Link } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import type { ConsoleListener } from '../api.js';
import { ConsoleBuffer, type ArrivingLine, type BufferBounds } from './console-buffer.js';

/** How much is kept of a console that is being watched. */
const watchedBounds: BufferBounds = { lines: 10_000, characters: 4_000_000 };
/** Lines go to listeners in batches of this long (PLATFORM, "Speed"). */
const batchMs = 30;
/** One batch costs at most this much and holds at most this many lines; a longer line goes alone. */
const chunkCost = 65_536;
const chunkLines = 1000;

interface Watcher {
  readonly listener: ConsoleListener;
  queue: ConsoleLine[];
}

/** The console of one server: what is remembered, and who listens. */
export class ServerConsole {
  readonly #batch: Alarm;
  readonly #buffer: ConsoleBuffer;
  readonly #quietBounds: BufferBounds;
  readonly #watchers = new Set<Watcher>();
  /** A new session does not know what an earlier one has shown: its history repeats it. */
  #isNewSession = false;
  #link: Link;

  /** `quietBounds` = how much is kept while nobody watches; they may grow and shrink. */
  constructor(clock: Clock, link: Link, quietBounds: BufferBounds) {
    this.#batch = new Alarm(clock);
    this.#quietBounds = quietBounds;
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
      if (!this.isWatched) this.#buffer.bound(this.#quietBounds);
    };
  }

  link(link: Link): void {
    this.#link = link;
    this.#flush();
    for (const { listener } of this.#watchers) listener.link(link);
  }

  /** What follows comes from another session than what is there. */
  sessionStarted(): void {
    this.#isNewSession = true;
  }

  /** A session tells its history first, in one piece, and after a reconnect only what is new of it. */
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

  /** Forgets what is not being watched. */
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

/** Lines in order, cut into batches of a size that crosses the process wall quickly. */
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
