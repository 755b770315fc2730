import { mostHistoryBytes } from '../../bridge/fleet/history-bound.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { HistoryRange, PastState, StateRun, UsageSample } from '../../bridge/schema/history.js';
import { Alarm } from '../base/alarm.js';
import { Emitter } from '../base/emitter.js';
import type { Clock, Log } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import type {
  EventMemory,
  EventsPage,
  EventsQuery,
  HistoryCheck,
  Past,
  StateMemory,
  UsageMemory,
} from '../base/past.js';
import { reportLostEvents } from './check-events.js';
import { StoredEvents, listEvents } from './events.js';
import { SerialQueue } from '../base/serial-queue.js';
import { HistoryDisk, type HistoryDiskDeps } from './history-disk.js';
import { hourOf, Keeping } from './keeping.js';
import type { Level } from './level-folder.js';
import { Notes } from './notes.js';
import { statesOf, pastUsage, type ReadSources } from './past-reads.js';
import { RecentStates } from './recent-states.js';
import { RecentUsage } from './recent-usage.js';
import { missedMs } from './restore.js';
import { ServerNumbers } from './server-numbers.js';
import { accountOf, StoredAccounts } from './stored-accounts.js';
import { StoreReads } from './store-reads.js';
import { StoredTraces } from './run-traces.js';
import { rowOf } from './sample-rows.js';
import { SeenNames } from './seen-names.js';

export interface HistoryDeps extends Pick<HistoryDiskDeps, 'setAside' | 'troubled' | 'damaged'> {
  /** A folder of its own in the data folder. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** True for servers whose history is stored: all but those of the demo. */
  readonly keeps: (serverId: string) => boolean;
}

/** Ms between two writes; a killed run loses at most the data of this time. */
const writeEveryMs = 5000;

/** History of usage, states and events: the last hour in memory, the rest on disk (HISTORY "Store"). */
export class History implements UsageMemory, StateMemory, EventMemory, Past {
  readonly seen: SeenNames;
  readonly traces: StoredTraces;
  readonly #usage: RecentUsage;
  readonly #states = new RecentStates();
  readonly #notes = new Notes(this.#states);
  readonly #numbers = new ServerNumbers();
  readonly #events = new StoredEvents();
  readonly #keeping: Keeping;
  readonly #disk: HistoryDisk;
  readonly #queue = new SerialQueue();
  readonly #reads: StoreReads;
  readonly #nextWrite: Alarm;
  readonly #recalled = new Emitter<undefined>();
  readonly #accounts = new StoredAccounts();
  #lookedAt: number;

  constructor(private readonly deps: HistoryDeps) {
    const { clock } = deps;
    this.#usage = new RecentUsage(clock);
    this.#disk = new HistoryDisk({
      ...deps,
      inTurn: (work) => this.#queue.run(work),
      opened: (level) => this.#opened(level),
    });
    this.#reads = new StoreReads({ log: deps.log, queue: this.#queue, disk: this.#disk });
    this.traces = new StoredTraces({
      ...deps,
      read: (work) => this.#reads.alone(work),
    });
    this.#keeping = new Keeping({
      clock,
      usage: this.#usage,
      states: this.#states,
      notes: this.#notes,
      numbers: this.#numbers,
      events: this.#events,
      traces: this.traces,
      mostBytes: mostHistoryBytes,
    });
    this.seen = new SeenNames({
      ...deps,
      numbers: this.#numbers,
      read: (work) => this.#reads.alone(work),
    });
    this.#nextWrite = new Alarm(clock);
    this.#lookedAt = clock.now();
  }

  /**
   * Opens the store in the background and restores the data of the last run.
   * Data of other accounts is deleted, unless the list is empty, which may mean that the list of accounts was lost.
   */
  start(accountIds: readonly string[]): void {
    this.#accounts.known(accountIds);
    this.#nextWrite.every(writeEveryMs, () => void this.#write());
    void this.#queue.run(() => this.#disk.open());
  }

  /** Writes unsaved data. */
  async stop(): Promise<void> {
    this.#nextWrite.clear();
    await this.#write();
    await this.#disk.stop();
  }

  /** Tests a write and reports the state of the store. Never rejects. */
  check(): Promise<HistoryCheck> {
    return this.#queue.run(() => this.#disk.check());
  }

  add(serverId: string, sample: UsageSample): void {
    const row = rowOf(sample, 1);
    this.#usage.addRow(serverId, row);
    if (this.deps.keeps(serverId)) this.#notes.usage(serverId, row);
  }

  saw(serverId: string, state: PastState): void {
    if (!this.deps.keeps(serverId)) return;
    const at = this.deps.clock.now();
    if (this.#states.set(serverId, state, at)) this.#notes.state(serverId, state, at);
  }

  hour(serverId: string): readonly UsageSample[] {
    return this.#usage.hour(serverId);
  }

  trim(): void {
    // After a long sleep the last hour may be old and still unsaved.
    this.#usage.trim(this.#disk.level === null ? Infinity : this.#keeping.rolledTo);
  }

  forget(serverId: string): void {
    this.#usage.forget(serverId);
  }

  forgetAccount(accountId: string): void {
    this.#usage.forgetAccount(accountId);
    this.#states.forgetAccount(accountId);
    this.#notes.forget((serverId) => accountOf(serverId) === accountId);
    this.#events.forgetWaiting((id) => id === accountId);
    this.seen.forgetAccount(accountId);
    this.traces.forgetWaiting((id) => id === accountId);
    this.#accounts.remove(accountId);
    void this.#queue.run(() =>
      this.#withLevel((level) =>
        this.#accounts.clear(async (isGone) => {
          await this.#keeping.forget(level, (serverId) => isGone(accountOf(serverId)));
          await this.#events.forget(level, isGone);
          await this.traces.forget(level, isGone);
        }),
      ),
    );
  }

  onRecalled(listener: () => void): () => void {
    return this.#recalled.listen(listener);
  }

  async usage(serverId: string, range: HistoryRange): Promise<readonly UsageSample[]> {
    // Waits for pending writes, so that an hour is read whole. At the start, also waits for the data of the last run.
    await this.#queue.idle();
    return pastUsage(this.#sources, serverId, range);
  }

  async states(serverId: string, from: number, to: number): Promise<readonly StateRun[]> {
    await this.#queue.idle();
    return statesOf(this.#sources, serverId, [from, to]);
  }

  put(event: HistoryEvent): void {
    this.#events.put(event);
  }

  events(query: EventsQuery): Promise<EventsPage> {
    return this.#reads.alone((level) => this.#events.page(level, query));
  }

  lasting(): Promise<readonly HistoryEvent[]> {
    return this.#reads.alone((level) => this.#events.lasting(level));
  }

  async #opened(level: Level): Promise<void> {
    await this.#accounts.clear(async (isGone) => {
      await this.#keeping.begin(level, (serverId) => isGone(accountOf(serverId)));
      await listEvents(level);
      await this.#events.forget(level, isGone);
      await this.traces.forget(level, isGone);
    });
    this.#recalled.emit(undefined);
    // Runs last, because nobody waits. After a failure the store is closed, or its next opening repairs it.
    void reportLostEvents(level, this.deps).catch((error: unknown) => this.#reads.failed(error));
  }

  #write(): Promise<void> {
    const now = this.deps.clock.now();
    if (now - this.#lookedAt > missedMs) this.#states.missed(this.#lookedAt, now);
    const ahead = wallAhead(this.deps.clock);
    const hour = hourOf(now + ahead) - ahead;
    this.#notes.close(now, hour > this.#lookedAt ? hour : null);
    this.#lookedAt = now;
    return this.#queue.run(async () => {
      if (this.#disk.level === null) return;
      await this.#keeping.writeJournal(this.#disk);
      await this.#withLevel((level) => this.#keeping.rollUp(level));
      await this.#withLevel((level) => this.seen.write(level, this.#disk));
    });
  }

  async #withLevel(work: (level: Level) => Promise<void>): Promise<void> {
    const { level } = this.#disk;
    if (level !== null) await work(level).catch((error: unknown) => this.#disk.failed(error));
  }

  get #sources(): ReadSources {
    return {
      clock: this.deps.clock,
      usage: this.#usage,
      states: this.#states,
      rolledTo: this.#keeping.rolledTo,
      numberOf: (serverId) => this.#numbers.find(serverId),
      read: (work) => this.#reads.now(work),
    };
  }
}
