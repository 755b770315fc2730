/**
 * Backups by plan, at a time of day that the rules of the settings name.
 *
 * A planned backup is written down before it begins, so that a restart of Perch never makes it twice. A missed one is
 * told once for all servers together and made only if the user asks for it (BACKUP-RULES "Plan").
 */
import { calendarIn, type Calendar } from '../../bridge/backups/calendar.js';
import { isMissed } from '../../bridge/backups/missed-plans.js';
import { toProblem, type Problem } from '../../bridge/errors.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { BackupPlan, LastPlanned, PlanMissed, PlanRecord } from '../../bridge/schema/backup-plans.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { Alarm } from '../base/alarm.js';
import type { Emitter } from '../base/emitter.js';
import { Ends } from '../base/ends.js';
import { Watchable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { ToldFact } from '../base/server-fact.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { PlanQueue, type Delay } from './plan-queue.js';
import { graceMs, lookAtPlan, nextPlanned, ran, settled } from './plan-times.js';
import { PlanTroubles } from './plan-troubles.js';
import { plannedServers, type PlannedServer } from './planned-servers.js';

export interface PlannedBackupsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly facts: Pick<Emitter<ToldFact>, 'listen' | 'emit'>;
  readonly settings: {
    readonly current: Pick<Settings, 'backupRules' | 'groups' | 'bulkPauseMs'>;
    listen(listener: () => void): () => void;
  };
  readonly memory: {
    readonly current: Pick<Memory, 'plannedBackups'>;
    update(change: () => Pick<Memory, 'plannedBackups'>): Promise<unknown>;
  };
  readonly clock: Clock;
  readonly log: Log;
  /** Monotonic time until which the panel of the server rests; null = no rest. */
  restUntil(serverId: string): number | null;
  /** Makes room by the rule, and begins the backup. Rejects with `PerchError`. */
  begin(serverId: string, quietly: boolean): Promise<{ readonly made: Promise<Backup> }>;
}

/** Changes of the fleet and of the settings are collected for this many ms. */
const settleMs = 1000;
/** Somebody may set the clock, or the computer may sleep, so the time is looked at again. */
const lookEveryMs = 60_000;
/** Ms after a failure of the panel until the next attempt, as long as the backup still counts as in time. */
const againMs = 60_000;
const mostEndings = 100;
/** A throttle delays a backup by this many ms at most. */
const mostDelayMs = 3_600_000;

export class PlannedBackups extends Watchable<readonly BackupPlan[]> {
  /** By the first account's id of the server, as `#plans`. */
  readonly #records = new Map<string, PlanRecord>();
  #plans: ReadonlyMap<string, PlannedServer> | null = null;
  /** Servers whose time has come while the panel did not answer. */
  readonly #unready = new Set<string>();
  readonly #alarm: Alarm;
  readonly #queue: PlanQueue;
  readonly #troubles: PlanTroubles;
  readonly #ends = new Ends();
  #saving: Promise<void> | null = null;
  /** Whether the latest finished backups are good, by id: a small one ends before the panel answers its creation. */
  readonly #endings = new Map<string, boolean>();

  constructor(private readonly deps: PlannedBackupsDeps) {
    super([]);
    const { clock, settings } = deps;
    this.#alarm = new Alarm(clock);
    this.#queue = new PlanQueue({
      clock,
      pauseMs: () => settings.current.bulkPauseMs,
      run: (serverId) => this.#run(serverId),
    });
    this.#troubles = new PlanTroubles(deps);
  }

  /** Call when settings and memory were read. */
  start(): void {
    const { facts, memory, settings, store } = this.deps;
    for (const record of memory.current.plannedBackups) this.#records.set(record.serverId, record);
    this.#ends.add(
      () => this.#alarm.clear(),
      () => this.#queue.stop(),
      () => this.#troubles.stop(),
      settings.listen(() => this.#changed()),
      store.listen(({ changes }) => {
        for (const change of changes) this.#forget(change);
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
      const last = this.#records.get(id)?.last ?? null;
      if (last !== null && isMissed(last) && twins.some((twin) => wanted.has(twin)))
        this.#begin(id, { ...last, outcome: 'waiting', backup: null, problem: null });
    }
  }

  /** Backups that the last run of Perch did not come to. */
  #closed(): void {
    for (const [id, { last }] of this.#records) {
      const isOpen = last?.outcome === 'waiting' || (last?.outcome === 'begun' && last.backup === null);
      if (isOpen) this.#missed(id, { ...last, outcome: 'closed' });
    }
  }

  #changed(): void {
    this.#plans = null;
    if (!this.#alarm.isSet || this.current.length > 0) this.#alarm.set(settleMs, () => this.#look());
  }

  #forget(change: Change): void {
    if (change.kind === 'server-removed') this.#records.delete(change.serverId);
    if (change.kind === 'account-removed') {
      for (const id of this.#records.keys())
        if (id.startsWith(`${change.accountId}/`)) this.#records.delete(id);
    }
  }

  #look(): void {
    const now = this.deps.clock.wall();
    const calendar = calendarIn();
    for (const [id, { plan }] of this.#planned()) this.#lookAt(id, plan.minute, now, calendar);
    this.#show(now, calendar);
    const nextAt = Math.min(...this.current.map((plan) => plan.nextAt));
    if (this.current.length === 0) this.#alarm.clear();
    else
      this.#alarm.set(Math.min(lookEveryMs, nextAt > now ? nextAt - now : lookEveryMs), () => this.#look());
  }

  #lookAt(id: string, minute: number, now: number, calendar: Calendar): void {
    const known = this.#records.get(id) ?? null;
    const { times, due } = lookAtPlan(known, { minute, now, calendar });
    const record: PlanRecord = { serverId: id, last: known?.last ?? null, ...times };
    this.#records.set(id, record);
    if (due === null) {
      if (known?.settledAt !== times.settledAt || known.minute !== minute) this.#save();
      return;
    }
    const last = { at: due.at, backup: null, problem: null };
    if (due.isLate) {
      this.#records.set(id, { ...record, ...settled(times, due.at) });
      this.#missed(id, { ...last, outcome: this.#unready.delete(id) ? 'unreachable' : 'closed' });
    } else if (this.#isReady(id)) {
      this.#unready.delete(id);
      this.#records.set(id, { ...record, ...ran(times, due.at) });
      this.#begin(id, { ...last, outcome: 'waiting' });
    } else this.#unready.add(id);
  }

  #isReady(id: string): boolean {
    const { fleet, store } = this.deps;
    const account = store.state.accounts.get(store.state.servers.get(id)?.accountId ?? '');
    return account?.state.kind === 'ready' && fleet.server(id) !== null;
  }

  #begin(id: string, last: LastPlanned): void {
    this.#note(id, last);
    const panel = this.#planned().get(id)?.panel ?? '';
    this.#queue.add(panel, id);
  }

  /** Never rejects. */
  async #run(id: string): Promise<Delay | null> {
    const { begin, clock, restUntil } = this.deps;
    const last = this.#records.get(id)?.last ?? null;
    const planned = this.#planned().get(id);
    if (last === null || planned === undefined) return null;
    const rest = (restUntil(id) ?? -Infinity) - clock.now();
    if (rest > 0) return { ms: rest, ofPanel: true };
    this.#note(id, { ...last, outcome: 'begun' });
    await this.#saving;
    try {
      const { made } = await begin(id, planned.plan.quietly);
      void this.#follow(id, last, made);
      return null;
    } catch (error) {
      return this.#refused(id, last, toProblem(error));
    }
  }

  async #follow(id: string, last: LastPlanned, made: Promise<Backup>): Promise<void> {
    try {
      const { id: backup, state } = await made;
      this.#troubles.begun(id);
      const isGood = this.#endings.get(backup);
      const ended = isGood === undefined ? state : isGood ? 'good' : 'failed';
      this.#note(id, { ...last, outcome: ended === 'running' ? 'begun' : ended, backup });
    } catch (error) {
      this.#missed(id, { ...last, outcome: 'refused', problem: toProblem(error).message });
    }
  }

  #refused(id: string, last: LastPlanned, problem: Problem): Delay | null {
    const { clock } = this.deps;
    const isAway = isPanelAway(problem);
    const late = clock.wall() - last.at;
    const delay = isAway
      ? { ms: againMs, ofPanel: true, most: graceMs }
      : problem.code === 'rate-limited'
        ? { ms: waitOf(problem, clock.now()), ofPanel: problem.ofServer !== true, most: mostDelayMs }
        : null;
    if (delay !== null && late + delay.ms <= delay.most) {
      this.#note(id, { ...last, outcome: 'waiting' });
      return delay;
    }
    this.#missed(id, {
      ...last,
      outcome: isAway ? 'unreachable' : 'refused',
      problem: isAway ? null : problem.message,
    });
    return null;
  }

  #ended(backup: string, isGood: boolean): void {
    this.#endings.set(backup, isGood);
    const [oldest] = this.#endings.keys();
    if (this.#endings.size > mostEndings && oldest !== undefined) this.#endings.delete(oldest);
    for (const [id, { last }] of this.#records)
      if (last?.backup === backup) this.#note(id, { ...last, outcome: isGood ? 'good' : 'failed' });
  }

  #missed(id: string, last: LastPlanned & { readonly outcome: PlanMissed }): void {
    this.deps.log.warn('plans.missed', { server: id, outcome: last.outcome, why: last.problem?.id });
    this.#note(id, last);
    this.#troubles.add(id, last.outcome, last.problem);
  }

  #note(id: string, last: LastPlanned): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    this.#records.set(id, { ...record, last });
    this.#save();
    this.#show(this.deps.clock.wall(), calendarIn());
  }

  #show(now: number, calendar: Calendar): void {
    const plans = [...this.#planned()].flatMap(([id, { plan, twins }]) => {
      const record = this.#records.get(id);
      if (record === undefined) return [];
      const nextAt = nextPlanned(record, now, calendar);
      return twins.map((serverId) => ({ serverId, quietly: plan.quietly, nextAt, last: record.last }));
    });
    if (JSON.stringify(plans) !== JSON.stringify(this.current)) this.set(plans);
  }

  /** Several changes at once are one write. */
  #save(): void {
    this.#saving ??= Promise.resolve()
      .then(() =>
        this.deps.memory.update(() => {
          this.#saving = null;
          return { plannedBackups: [...this.#records.values()].slice(-mostKept.plannedBackups) };
        }),
      )
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#saving = null;
        this.deps.log.warn('plans.not-remembered', { code: toProblem(error).code });
      });
  }

  /** Servers with a plan, by their id in the first account of the panel. */
  #planned(): ReadonlyMap<string, PlannedServer> {
    this.#plans ??= plannedServers(this.deps.store.state, this.deps.settings.current);
    return this.#plans;
  }
}

function isPanelAway({ code, maybeDone }: Problem): boolean {
  return maybeDone !== true && ['panel-unreachable', 'offline', 'timeout'].includes(code);
}

function waitOf({ retryAt }: Problem, now: number): number {
  return Math.max(1000, (retryAt ?? now + againMs) - now);
}

/** Whether the change can decide about which servers have a plan, or whether their panel answers. */
function decides(change: Change): boolean {
  if (change.kind === 'server-patched') return change.patch.permissions !== undefined;
  return change.kind !== 'usage';
}
