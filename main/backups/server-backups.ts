import { toProblem } from '../../bridge/errors.js';
import type { Backup, BackupList, ServerBackups } from '../../bridge/schema/backups.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock } from '../base/ports.js';
import { BackupFollower, type BackupFollowerDeps } from './backup-follower.js';
import { ended, withBackup, withoutBackup, type BackupEnd } from './folded.js';

export interface ServerBackupsDeps extends Omit<BackupFollowerDeps, 'ended'> {
  readonly clock: Clock;
  /** Reads the whole list from the panel. Rejects with `PerchError`. */
  readAll(): Promise<BackupList>;
  /** The panel shows that a followed backup ended; null = the panel no longer has the backup. */
  ended(id: string, backup: Backup | null): void;
  /** Nobody uses the list any more. */
  unused(): void;
}

/** Most reads in a row if the list changes during each read. */
const mostReads = 3;

type ListState = Pick<ServerBackups, 'list' | 'problem'>;

/** The backups of one server, while windows show them or the panel makes one. */
export class ServerBackupList {
  readonly #watchers = new Set<(value: ListState) => void>();
  readonly #follower: BackupFollower;
  /** Backups that Perch began; followed also if no window shows them. */
  readonly #own = new Set<string>();
  readonly #again: Alarm;
  readonly #pauses = new BackOff({ firstMs: 5000, longestMs: 100_000 });
  #value: ListState = { list: null, problem: null };
  #reading: Promise<BackupList> | null = null;
  /** Number of changes by answers and reports, to recognise a list that was read before a change. */
  #changes = 0;

  constructor(private readonly deps: ServerBackupsDeps) {
    this.#follower = new BackupFollower({ ...deps, ended: (id, backup) => deps.ended(id, backup) });
    this.#again = new Alarm(deps.clock);
  }

  get value(): ListState {
    return this.#value;
  }

  find(id: string): Backup | undefined {
    return this.#value.list?.backups.find((backup) => backup.id === id);
  }

  /** Returns the function that ends watching. */
  watch(watcher: (value: ListState) => void): () => void {
    this.#watchers.add(watcher);
    this.reread();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#unwatched();
    };
  }

  /** Reads the list. Callers at the same time share one read. Rejects with `PerchError`. */
  read(): Promise<BackupList> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      this.#tidy();
    });
    return this.#reading;
  }

  /** Reads the list again if a window shows it. A failure is in the value. */
  reread(): void {
    if (this.#watchers.size > 0) void this.read().catch(() => undefined);
  }

  /** A backup that Perch began is followed to its end. */
  began(backup: Backup): void {
    if (backup.state === 'running') {
      this.#own.add(backup.id);
      this.#follower.follow(backup.id);
    }
    this.took(backup);
  }

  /** The panel answered with this state of a backup. */
  took(backup: Backup): void {
    this.#changes += 1;
    if (backup.state !== 'running') this.#left(backup.id);
    const { list } = this.#value;
    if (list !== null) this.#set({ ...this.#value, list: withBackup(list, backup) });
    this.#tidy();
  }

  /** The backup is no longer on the panel. */
  lost(id: string): void {
    this.#changes += 1;
    this.#left(id);
    const { list } = this.#value;
    if (list !== null) this.#set({ ...this.#value, list: withoutBackup(list, id) });
    this.#tidy();
  }

  /** The node reported the end of a backup; `at` = time by the panel's clock. */
  reported(id: string, end: BackupEnd, at: number): void {
    const known = this.find(id);
    if (known?.state === 'running') return this.took(ended(known, end, at));
    this.#changes += 1;
    this.#left(id);
    if (known === undefined) this.reread();
    this.#tidy();
  }

  stop(): void {
    this.#watchers.clear();
    this.#follower.stop();
    this.#again.clear();
  }

  #left(id: string): void {
    this.#own.delete(id);
    this.#follower.leave(id);
  }

  /** Without a window, only backups that Perch began are followed. */
  #unwatched(): void {
    this.#again.clear();
    for (const { id } of this.#value.list?.backups ?? []) if (!this.#own.has(id)) this.#follower.leave(id);
    this.#tidy();
  }

  #tidy(): void {
    const isInUse = this.#watchers.size > 0 || this.#follower.isFollowing || this.#reading !== null;
    if (!isInUse) this.deps.unused();
  }

  async #read(): Promise<BackupList> {
    try {
      const list = await this.#readSettled();
      this.#pauses.reset();
      this.#set({ list, problem: null });
      const isShown = this.#watchers.size > 0;
      for (const { id, state } of list.backups) if (isShown && state === 'running') this.#follower.follow(id);
      return list;
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  /** Reads again if the list changed during the read. */
  async #readSettled(): Promise<BackupList> {
    for (let count = 1; ; count++) {
      const before = this.#changes;
      const list = await this.deps.readAll();
      if (before === this.#changes || count === mostReads) return list;
    }
  }

  #failed(error: unknown): void {
    const problem = toProblem(error);
    this.#set({ ...this.#value, problem });
    if (this.#watchers.size === 0) return;
    const wait = (problem.retryAt ?? -Infinity) - this.deps.clock.now();
    this.#again.set(Math.max(this.#pauses.next(), wait), () => this.reread());
  }

  #set(value: ListState): void {
    this.#value = value;
    for (const watcher of this.#watchers) watcher(value);
  }
}
