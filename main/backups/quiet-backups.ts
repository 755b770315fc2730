/**
 * Quiet backups: the sequence of `quiet-sequence.ts` on real servers.
 *
 * Perch records each debt to a server before Perch sends the command that causes the debt. So after a crash of Perch
 * the next run brings the server back, or offers to if too much time has passed (QUIET-BACKUPS "Way back").
 */
import { quietMeansOf } from '../../bridge/backups/quiet-means.js';
import { PerchError } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { QuietBackup, QuietEnd, QuietMeans } from '../../bridge/schema/quiet-backups.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { warningSteps } from '../../bridge/settings/warning.js';
import type { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { Clock, Log, QuietStore } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { Consoles } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { watchQuiet } from './quiet-console.js';
import { carryOutAll, type QuietOrdersDeps } from './quiet-orders.js';
import { QuietRecords } from './quiet-records.js';
import { busy, isGone, notBack, QuietRun, unmade, unsettled, type WantedBackup } from './quiet-run.js';
import { begin, next, resume } from './quiet-sequence.js';
import { keptQuiet, newQuiet, quietLimits, type Move, type QuietFact } from './quiet-state.js';

export interface QuietBackupsDeps extends QuietOrdersDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly consoles: Pick<Consoles, 'watch'>;
  readonly facts: Pick<Emitter<ReportedFact>, 'emit'>;
  readonly kept: QuietStore;
  readonly settings: { readonly current: Pick<Settings, 'restartWarning' | 'quietBackups'> };
  /** Resolves if the state is current and nothing known but the limit prevents a step. Rejects with `PerchError`. */
  prepare(serverId: string, meansOf: (server: Server) => QuietMeans): Promise<Server>;
  /** Rejects with `PerchError` if the host allows no further backup. */
  findRoom(server: Server): Promise<void>;
}

/** Longest time in ms that quitting waits for the servers to be brought back. */
const farewellMs = 2000;
/** Delay in ms after which a step of the countdown counts as slept through. */
const asleepMs = 30_000;

export class QuietBackups extends Watchable<readonly QuietBackup[]> {
  readonly #runs = new Map<string, QuietRun>();
  readonly #beginning = new Set<string>();
  readonly #disposables = new Disposables();
  readonly #records: QuietRecords;

  constructor(private readonly deps: QuietBackupsDeps) {
    super([]);
    this.#records = new QuietRecords(deps);
  }

  /** Continues the unfinished work of an earlier run of Perch. */
  async start(): Promise<void> {
    const { clock, store } = this.deps;
    const records = await this.#records.load();
    for (const record of records) {
      const isOld = clock.wall() - record.at > quietLimits.offeredAfterMs;
      const wanted = { serverId: record.serverId, name: '', ignored: [], locked: false };
      this.#add(new QuietRun(clock, wanted, keptQuiet(record, isOld), record));
    }
    this.#disposables.add(store.listen(() => this.#look()));
    this.#look();
  }

  /** Brings all servers back as far as two seconds allow; the next run does the rest. */
  async stop(): Promise<void> {
    const runs = [...this.#runs.values()].filter(({ isAsleep }) => !isAsleep);
    const back = Promise.all(runs.map((run) => new Promise<void>((resolve) => run.untilOver(resolve))));
    for (const { wanted } of runs) this.bringBack(wanted.serverId);
    const late = new Promise<void>((resolve) => void this.deps.clock.after(farewellMs, resolve));
    if (runs.length > 0) await Promise.race([back, late]);
    this.#disposables.dispose();
    for (const run of this.#runs.values()) run.end();
    this.#runs.clear();
    await this.#records.settled();
  }

  /** Resolves if `begin` would be refused for nothing known but the host's limit. Rejects with `PerchError`. */
  async ready(serverId: string): Promise<void> {
    this.#demandFree(serverId);
    await this.#settled(serverId);
  }

  /** Resolves when the first step begins. Rejects with `PerchError` if something known prevents a step. */
  async begin(wanted: WantedBackup): Promise<void> {
    const { clock, findRoom, settings } = this.deps;
    const { serverId } = wanted;
    this.#demandFree(serverId);
    this.#beginning.add(serverId);
    try {
      const server = await this.#settled(serverId);
      await findRoom(server);
      const wholeMs = settings.current.restartWarning.minutes * 60_000;
      const state = newQuiet(this.#meansOf(server), server.power, [wholeMs, ...warningSteps(wholeMs)]);
      const run = this.#add(new QuietRun(clock, wanted, state, null));
      this.#move(run, begin(run.state));
    } finally {
      this.#beginning.delete(serverId);
    }
  }

  /** Ends a quiet backup and brings the server back now. The backup itself continues. No-op without a quiet backup. */
  bringBack(serverId: string): void {
    const run = this.#runs.get(serverId);
    if (run !== undefined) this.#take(run, { kind: 'cancelled' });
  }

  /** Ends a quiet backup that has only warned players. No-op once it may have changed the server, or without one. */
  callOff(serverId: string): void {
    const run = this.#runs.get(serverId);
    if (run?.state.step === 'warn' && run.state.owed === null) this.#take(run, { kind: 'cancelled' });
  }

  /** Servers that a quiet backup has changed and that are not back. */
  get changed(): readonly Server[] {
    const { servers } = this.deps.store.state;
    return this.current.flatMap(({ owed, serverId }) => (owed === null ? [] : (servers.get(serverId) ?? [])));
  }

  /**
   * Resolves with the backup once the panel has begun it and that is on disk. Rejects with `PerchError` if that does
   * not happen.
   */
  async made(serverId: string): Promise<Backup> {
    const run = this.#runs.get(serverId);
    if (run === undefined) throw new PerchError(unmade);
    await this.until(() => run.backup !== null || this.#isSettled(run));
    await this.#records.settled();
    if (run.backup !== null) return run.backup;
    const { owed, problem } = run.state;
    throw new PerchError(owed === null ? (problem ?? unmade) : notBack(owed));
  }

  /**
   * Resolves when the server is back, or when Perch notified a person that the server is not. Resolves with null, at
   * once, without a quiet backup.
   */
  async over(serverId: string): Promise<QuietEnd | null> {
    const run = this.#runs.get(serverId);
    if (run === undefined) return null;
    await this.until(() => this.#isSettled(run));
    const { owed, trouble } = run.state;
    return { owed, trouble };
  }

  /** True if the server is back, or Perch notified a person that the server is not. */
  #isSettled(run: QuietRun): boolean {
    return run.isTold || this.#runs.get(run.wanted.serverId) !== run;
  }

  #demandFree(serverId: string): void {
    if (this.#runs.has(serverId) || this.#beginning.has(serverId)) throw new PerchError(busy);
  }

  /** The server, if it runs or is stopped. */
  async #settled(serverId: string): Promise<Server & { readonly power: 'running' | 'offline' }> {
    const server = await this.deps.prepare(serverId, (of) => this.#meansOf(of));
    const { power } = server;
    if (power === 'running' || power === 'offline') return { ...server, power };
    throw new PerchError(unsettled);
  }

  #meansOf(server: Server): QuietMeans {
    return quietMeansOf(this.deps.settings.current.quietBackups, server);
  }

  #add(run: QuietRun): QuietRun {
    const { serverId } = run.wanted;
    this.#runs.set(serverId, run);
    if (run.state.means === 'saving') {
      run.untilOver(watchQuiet(this.deps, run, (fact) => this.#take(run, fact)));
    }
    return run;
  }

  #look(): void {
    const { servers } = this.deps.store.state;
    for (const run of [...this.#runs.values()]) {
      const { serverId } = run.wanted;
      const server = servers.get(serverId);
      if (isGone(this.deps.store.state, serverId)) this.#take(run, { kind: 'gone' });
      const power = server?.power ?? null;
      if (power === null) continue;
      if (run.isAsleep) this.#wake(run, power);
      else if (power !== run.state.power) this.#take(run, { kind: 'power', power });
    }
  }

  #wake(run: QuietRun, power: NonNullable<Server['power']>): void {
    run.isAsleep = false;
    this.#move(run, resume(run.state, power));
    if (run.state.step === 'stuck') this.#tell(run);
  }

  #take(run: QuietRun, fact: QuietFact): void {
    if (!run.isOver) this.#move(run, next(run.state, fact));
  }

  #move(run: QuietRun, move: Move): void {
    const before = run.state;
    run.take(move);
    const { owed, backup, step } = run.state;
    const isNews = owed !== before.owed || backup !== before.backup;
    // Nothing is sent whose way back is not on disk.
    const saved = isNews ? this.#records.save(this.#runs.values()) : Promise.resolve();
    for (const order of move.orders) if (order.kind === 'wait') this.#wait(run, order.ms);
    const orders = move.orders.filter(({ kind }) => kind !== 'wait');
    if (orders.length > 0) {
      const take = (fact: QuietFact): void => this.#take(run, fact);
      void carryOutAll(this.deps, run, { orders, saved: owed === before.owed ? null : saved, take });
    }
    if (step !== before.step) this.#stepped(run);
    else if (run.state.tries > quietLimits.toldTries) this.#tell(run);
    this.set([...this.#runs.values()].map(({ shown }) => shown));
  }

  #stepped(run: QuietRun): void {
    const { step, trouble, means } = run.state;
    const { serverId } = run.wanted;
    this.deps.log.info('quiet-backups.step', { server: serverId, step, means, trouble });
    if (step === 'stuck') this.#tell(run);
    if (step !== 'over') return;
    this.#runs.delete(serverId);
    // The event log already has the failed backup, and the user knows about the own cancellation.
    if (trouble !== null && trouble !== 'cancelled' && trouble !== 'failed') this.#emit(run);
    run.end();
  }

  /** Once, that the server is not back. */
  #tell(run: QuietRun): void {
    if (run.isTold) return;
    run.isTold = true;
    this.#emit(run);
  }

  #emit(run: QuietRun): void {
    const { trouble, owed } = run.state;
    const fact = { kind: 'quiet-backup', trouble: trouble ?? 'unseen', owed } as const;
    this.deps.facts.emit({ serverId: run.wanted.serverId, fact });
  }

  #wait(run: QuietRun, ms: number): void {
    const { clock } = this.deps;
    const due = clock.now() + ms;
    run.alarm.set(ms, () => this.#take(run, { kind: 'late', isAsleep: clock.now() > due + asleepMs }));
  }
}
