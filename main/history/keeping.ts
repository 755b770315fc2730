import type { UsageSample } from '../../bridge/schema/history.js';
import type { Clock } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import { dayMs, hourMs } from './chunks.js';
import { dropOldEvents, type StoredEvents } from './events.js';
import type { HistoryDisk } from './history-disk.js';
import type { Noted } from './journal.js';
import {
  dropBefore,
  entriesOf,
  journalChange,
  nextNumber,
  progressChange,
  progressOf,
  type JournalProgress,
} from './journal-store.js';
import type { Level } from './level-folder.js';
import { within } from './marks.js';
import type { Notes } from './notes.js';
import type { RecentStates } from './recent-states.js';
import type { RecentUsage } from './recent-usage.js';
import { Restored } from './restore.js';
import { dropOldTraces, type StoredTraces } from './run-traces.js';
import { dropOld, dropServers, keepBelow } from './retention.js';
import { rollUp, type HourOf } from './roll-up.js';
import type { ServerNumbers } from './server-numbers.js';

export interface KeepingDeps {
  readonly clock: Clock;
  readonly usage: RecentUsage;
  readonly states: RecentStates;
  readonly notes: Notes;
  readonly numbers: ServerNumbers;
  readonly events: StoredEvents;
  readonly traces: StoredTraces;
  readonly mostBytes: number;
}

/** Time by which a sample may be late. */
const lateMs = 30_000;

/** Writes the journal, turns each finished hour into chunks, and restores the data of the last run. */
export class Keeping {
  /** Number of the next journal entry. */
  #next = 1;
  #progress: JournalProgress | null = null;
  /** First journal entry of each hour. */
  readonly #firstOf = new Map<number, number>();
  #rolledTo = -Infinity;

  constructor(private readonly deps: KeepingDeps) {}

  /** Monotonic time: older data is on disk, newer data in memory. */
  get rolledTo(): number {
    return this.#rolledTo;
  }

  /** Starts with an opened store. The first one also restores the last run. Data that `isGone` names is deleted. */
  async begin(level: Level, isGone: (serverId: string) => boolean): Promise<void> {
    await this.deps.numbers.load(level);
    await this.forget(level, isGone);
    this.#next = Math.max(this.#next, await nextNumber(level));
    if (this.#progress === null) this.#progress = await this.#restore(level);
  }

  async writeJournal(disk: HistoryDisk): Promise<void> {
    const { events, notes, numbers, traces } = this.deps;
    // Copies, because more may be added during the write.
    const entries = [...notes.closed];
    const happened = events.unwritten;
    const traced = traces.unwritten;
    if (entries.length + happened.length + traced.length === 0) return;
    const numbered = entries.map((entry) => this.#onDisk(entry));
    const names = [...numbers.unwritten];
    const changes = numbered.map((entry, place) => journalChange(this.#next + place, entry));
    if (!(await disk.write([...names, ...changes, ...happened, ...traced]))) return;
    notes.written(entries);
    numbers.written(names);
    events.written(happened);
    traces.written(traced);
    numbered.forEach(({ at }, place) => this.#note(at, this.#next + place));
    this.#next += entries.length;
  }

  /** Turns finished hours into chunks. */
  async rollUp(level: Level): Promise<void> {
    const over = this.#over;
    const { from, until } = this.#progress ?? { from: this.#next, until: over };
    if (until === over) return;
    for (const hour of hoursBetween(until, over)) {
      await rollUp(level, hour, this.#recent(hour), (changes) => level.batch(changes));
    }
    await this.#advance(level, { from: this.#firstOf.get(over) ?? this.#next, kept: from, until: over });
    await dropOld(level, this.deps.clock.wall());
    await dropOldEvents(level, this.deps.clock.wall());
    await dropOldTraces(level, this.deps.clock.wall());
    await keepBelow(level, this.deps.mostBytes);
  }

  async forget(level: Level, isGone: (serverId: string) => boolean): Promise<void> {
    const { numbers, changes } = this.deps.numbers.forget(isGone);
    if (numbers.size > 0) await dropServers(level, numbers, changes);
  }

  async #restore(level: Level): Promise<JournalProgress> {
    const before = await progressOf(level);
    const over = this.#over;
    const restored = new Restored();
    const unfinished = new Set<number>();
    for await (const { number, entry } of entriesOf(level)) {
      restored.add(entry);
      this.#note(entry.at, number);
      const hour = hourOf(entry.at);
      if (hour !== over && number >= (before?.from ?? 0) && hour >= (before?.until ?? 0))
        unfinished.add(hour);
    }
    restored.end();
    // The journal may still hold servers that were just deleted.
    const known = [...this.deps.numbers.byNumber.keys()];
    for (const hour of unfinished) {
      await rollUp(level, hour, left(restored, known, hour), (changes) => level.batch(changes));
    }
    this.#recall(restored, over);
    const kept = this.#firstOf.get(over - hourMs) ?? this.#firstOf.get(over) ?? this.#next;
    return this.#advance(level, { from: this.#firstOf.get(over) ?? this.#next, kept, until: over });
  }

  /** Restores the last hour to memory. */
  #recall(restored: Restored, over: number): void {
    const { clock, numbers, states, usage } = this.deps;
    const now = clock.wall();
    for (const [number, id] of numbers.byNumber) {
      const marks = within(restored.marks(number), over, now);
      if (marks.length > 0)
        states.restore(
          id,
          marks.map(({ at, state }) => ({ at: at - this.#ahead, state })),
        );
      const rows = restored.rows(number, Math.min(now - hourMs, over), now + 1);
      if (rows.length > 0) {
        usage.restore(
          id,
          rows.map((row) => ({ ...row, at: row.at - this.#ahead })),
        );
      }
    }
  }

  async #advance(level: Level, progress: JournalProgress): Promise<JournalProgress> {
    await level.batch([progressChange(progress)]);
    await dropBefore(level, progress.kept);
    this.#progress = progress;
    this.#rolledTo = progress.until - this.#ahead;
    this.deps.states.trim(this.#rolledTo);
    for (const hour of this.#firstOf.keys()) if (hour < progress.until) this.#firstOf.delete(hour);
    return progress;
  }

  *#recent(hour: number): Generator<HourOf> {
    const { numbers, states, usage } = this.deps;
    const ahead = this.#ahead;
    const from = Math.max(hour - ahead, this.#rolledTo);
    const to = hour + hourMs - ahead;
    for (const [number, id] of numbers.byNumber) {
      const marks = states.between(id, from, to).map(({ at, state }) => ({ at: at + ahead, state }));
      yield { number, usage: usage.between(id, from, to).map((one) => shiftStretch(one, ahead)), marks };
    }
  }

  #onDisk(entry: Noted<string>): Noted<number> {
    const { numbers } = this.deps;
    const ahead = this.#ahead;
    return {
      ...entry,
      at: entry.at + ahead,
      states: entry.states.map(({ server, at, state }) => ({
        server: numbers.of(server),
        at: at + ahead,
        state,
      })),
      usage: entry.usage.map(({ server, row }) => ({
        server: numbers.of(server),
        row: { ...row, at: row.at + ahead },
      })),
    };
  }

  #note(at: number, number: number): void {
    const hour = hourOf(at);
    if (!this.#firstOf.has(hour)) this.#firstOf.set(hour, number);
  }

  /** Start of the current hour; the hours before it are finished. */
  get #over(): number {
    return hourOf(this.deps.clock.wall() - lateMs);
  }

  get #ahead(): number {
    return wallAhead(this.deps.clock);
  }
}

export function shiftStretch(sample: UsageSample, by: number): UsageSample {
  return { ...sample, at: sample.at + by };
}

export function hourOf(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}

/** The hours to finish. Several after a sleep; none after somebody set the clock back. */
function* hoursBetween(from: number, to: number): Generator<number> {
  if (from < to) yield from;
  for (let hour = Math.max(from + hourMs, to - dayMs); hour < to; hour += hourMs) yield hour;
}

function* left(restored: Restored, numbers: readonly number[], hour: number): Generator<HourOf> {
  for (const number of numbers) {
    yield {
      number,
      usage: restored.usage(number, hour, hour + hourMs),
      marks: within(restored.marks(number), hour, hour + hourMs),
    };
  }
}
