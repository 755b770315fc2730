/**
 * Backups by plan, at a time of day that the rules of the settings name.
 *
 * A planned backup is written down before it begins, so that a restart of Perch never makes it twice. A missed one is
 * told once for all servers together and made only if the user asks for it (BACKUP-RULES "Plan").
 */
import { calendarIn, type Calendar } from '../../bridge/backups/calendar.js';
import { isMissed } from '../../bridge/backups/missed-plans.js';
import { toProblem, type Problem } from '../../bridge/errors.js';
import type { BackupPlan, LastPlanned, PlanMissed, PlanRecord } from '../../bridge/schema/backup-plans.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { Alarm } from '../base/alarm.js';
import type { Emitter } from '../base/emitter.js';
import { Ends } from '../base/ends.js';
import { Watchable } from '../base/observable.js';
import { sentence } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import type { ToldFact } from '../base/server-fact.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { BackupEndings } from './backup-endings.js';
import { delayAfter, missedBy, mostDelayMs } from './plan-delay.js';
import { PlanQueue, type Delay } from './plan-queue.js';
import { PlanRecords, type PlanRecordsDeps } from './plan-records.js';
import { graceMs, isBeginning, lookAtPlan, ran, settled } from './plan-times.js';
import { PlanTroubles } from './plan-troubles.js';
import { decides, isReachable, plannedServers, shownPlans, type PlannedServer } from './planned-servers.js';

export interface PlannedBackupsDeps extends PlanRecordsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly facts: Pick<Emitter<ToldFact>, 'listen' | 'emit'>;
  readonly settings: {
    readonly current: Pick<Settings, 'backupRules' | 'groups' | 'bulkPauseMs'>;
    listen(listener: () => void): () => void;
  };
  readonly clock: Clock;
  /** Monotonic time until which the panel of the server rests; null = no rest. */
  restUntil(serverId: string): number | null;
  /** Makes room by the rule, and begins the backup. Rejects with `PerchError`. */
  begin(serverId: string, quietly: boolean): Promise<{ readonly made: Promise<Backup> }>;
}

/** Changes of the fleet and of the settings are collected for this many ms. */
const settleMs = 1000;
/** Somebody may set the clock, or the computer may sleep, so the time is looked at again. */
const lookEveryMs = 60_000;

export class PlannedBackups extends Watchable<readonly BackupPlan[]> {
  readonly #records: PlanRecords;
  #plans: ReadonlyMap<string, PlannedServer> | null = null;
  /** Servers whose time has come while the panel did not answer. */
  readonly #unready = new Set<string>();
  readonly #alarm: Alarm;
  readonly #queue: PlanQueue;
  readonly #troubles: PlanTroubles;
  readonly #ends = new Ends();
  readonly #endings = new BackupEndings();

  constructor(private readonly deps: PlannedBackupsDeps) {
    super([]);
    const { clock, settings } = deps;
    this.#alarm = new Alarm(clock);
    this.#records = new PlanRecords(deps);
    this.#queue = new PlanQueue({
      clock,
      pauseMs: () => settings.current.bulkPauseMs,
      run: (serverId, addedAt) => this.#run(serverId, addedAt),
    });
    this.#troubles = new PlanTroubles(deps);
  }

  /** Call when settings and memory were read. */
  start(): void {
    const { facts, settings, store } = this.deps;
    this.#records.load();
    this.#ends.add(
      () => this.#alarm.clear(),
      () => this.#queue.stop(),
      () => this.#troubles.stop(),
      settings.listen(() => this.#changed()),
      store.listen(({ changes }) => {
        for (const change of changes) this.#records.forget(change);
        if (changes.some(decides)) this.#changed();
      }),
      facts.listen(({ fact }) => {
        if (fact.kind === 'backup' && fact.backupId !== null) this.#ended(fact.backupId, fact.isSuccessful);
      }),
    );
    this.#closed();
    this.#changed();
  }

  stop(): void {
    this.#ends.end();
  }

  /** The plan of a server; null = none. */
  of(serverId: string): BackupPlan | null {
    return this.current.find((plan) => plan.serverId === serverId) ?? null;
  }

  /** Makes the missed backups of these servers now, as their plans say. Servers without a missed one are left out. */
  catchUp(serverIds: readonly string[]): void {
    const wanted = new Set(serverIds);
    for (const [id, { twins }] of this.#planned()) {
      const last = this.#records.last(id);
      if (last !== null && isMissed(last) && twins.some((twin) => wanted.has(twin)))
        this.#begin(id, { ...last, outcome: 'waiting', backup: null, problem: null });
    }
  }

  /** Backups that the last run of Perch did not come to. */
  #closed(): void {
    for (const [id, { last }] of this.#records) {
      if (last?.outcome === 'waiting' || isBeginning(last)) this.#missed(id, { ...last, outcome: 'closed' });
    }
  }

  #changed(): void {
    this.#plans = null;
    if (!this.#alarm.isSet || this.current.length > 0) this.#alarm.set(settleMs, () => this.#look());
  }

  #look(): void {
    const now = this.deps.clock.wall();
    const calendar = calendarIn();
    this.#endUnplanned();
    for (const [id, { plan }] of this.#planned()) this.#lookAt(id, plan.minute, now, calendar);
    this.#show(now, calendar);
    const nextAt = Math.min(...this.current.map((plan) => plan.nextAt));
    if (this.current.length === 0) this.#alarm.clear();
    else
      this.#alarm.set(Math.min(lookEveryMs, nextAt > now ? nextAt - now : lookEveryMs), () => this.#look());
  }

  /** Nobody waits any more for the backup of a server whose plan was removed. */
  #endUnplanned(): void {
    const planned = this.#planned();
    for (const [id, { last }] of this.#records)
      if (last?.outcome === 'waiting' && !planned.has(id)) this.#records.note(id, null);
  }

  #lookAt(id: string, minute: number, now: number, calendar: Calendar): void {
    const known = this.#records.get(id) ?? null;
    const { times, due } = lookAtPlan(known, { minute, now, calendar });
    const record: PlanRecord = { serverId: id, last: known?.last ?? null, ...times };
    this.#records.set(id, record);
    if (due === null) {
      if (known?.settledAt !== times.settledAt || known.minute !== minute) void this.#records.save();
      return;
    }
    const last = { at: due.at, backup: null, problem: null };
    if (due.isLate) {
      this.#records.set(id, { ...record, ...settled(times, due.at) });
      this.#missed(id, { ...last, outcome: this.#unready.delete(id) ? 'unreachable' : 'closed' });
    } else if (isReachable(this.deps, id)) {
      this.#unready.delete(id);
      this.#records.set(id, { ...record, ...ran(times, due.at) });
      // A missed backup that Perch makes right now is the one of this time as well.
      if (isBeginning(record.last)) void this.#records.save();
      else this.#begin(id, { ...last, outcome: 'waiting' });
    } else this.#unready.add(id);
  }

  #begin(id: string, last: LastPlanned): void {
    this.#note(id, last);
    const panel = this.#planned().get(id)?.panel ?? '';
    this.#queue.add(panel, id);
  }

  /** `addedAt` = wall-clock time since which the server waits. Never rejects. */
  async #run(id: string, addedAt: number): Promise<Delay | null> {
    const { begin, clock, restUntil } = this.deps;
    const last = this.#records.last(id);
    const planned = this.#planned().get(id);
    if (last?.outcome !== 'waiting' || planned === undefined) return null;
    if (clock.wall() - addedAt > mostDelayMs) {
      this.#missed(id, { ...last, outcome: 'refused', problem: sentence('backup-plans.turn-late') });
      return null;
    }
    const rest = (restUntil(id) ?? -Infinity) - clock.now();
    if (rest > 0) return { ms: rest, ofPanel: true };
    this.#note(id, { ...last, outcome: 'begun' });
    await this.#records.save();
    try {
      const { made } = await begin(id, planned.plan.quietly);
      void this.#follow(id, last, made);
      return null;
    } catch (error) {
      // The user asked long after the planned time for a missed backup, so that one is late only since then.
      const since = addedAt - last.at > graceMs ? addedAt : last.at;
      return this.#refused(id, last, toProblem(error), clock.wall() - since);
    }
  }

  async #follow(id: string, last: LastPlanned, made: Promise<Backup>): Promise<void> {
    try {
      const { id: backup, state } = await made;
      this.#troubles.begun(id);
      const isGood = this.#endings.isGood(backup);
      const ended = isGood === undefined ? state : isGood ? 'good' : 'failed';
      this.#note(id, { ...last, outcome: ended === 'running' ? 'begun' : ended, backup });
    } catch (error) {
      this.#missed(id, { ...last, outcome: 'refused', problem: toProblem(error).message });
    }
  }

  #refused(id: string, last: LastPlanned, problem: Problem, late: number): Delay | null {
    const delay = delayAfter(problem, { late, now: this.deps.clock.now() });
    if (delay !== null) {
      this.#note(id, { ...last, outcome: 'waiting' });
      return delay;
    }
    this.#missed(id, { ...last, ...missedBy(problem) });
    return null;
  }

  #ended(backup: string, isGood: boolean): void {
    this.#endings.note(backup, isGood);
    for (const [id, { last }] of this.#records)
      if (last?.backup === backup) this.#note(id, { ...last, outcome: isGood ? 'good' : 'failed' });
  }

  #missed(id: string, last: LastPlanned & { readonly outcome: PlanMissed }): void {
    this.deps.log.warn('plans.missed', { server: id, outcome: last.outcome, why: last.problem?.id });
    this.#note(id, last);
    this.#troubles.add(id, last.outcome, last.problem);
  }

  #note(id: string, last: LastPlanned): void {
    this.#records.note(id, last);
    this.#show(this.deps.clock.wall(), calendarIn());
  }

  #show(now: number, calendar: Calendar): void {
    const plans = shownPlans(this.#planned(), (id) => this.#records.get(id), { now, calendar });
    if (JSON.stringify(plans) !== JSON.stringify(this.current)) this.set(plans);
  }

  /** Servers with a plan, by their id in the first account of the panel. */
  #planned(): ReadonlyMap<string, PlannedServer> {
    this.#plans ??= plannedServers(this.deps.store.state, this.deps.settings.current);
    return this.#plans;
  }
}
