/**
 * Backups by plan: the plan of each server acts as a rule, which the engine of rules runs (RULES "Derived rules").
 *
 * The state of the rule gives the outcome of the last backup. Missed backups of all servers are one report, and are
 * made only if the user asks for them (BACKUP-RULES "Plan").
 */
import { calendarIn, type Calendar } from '../../bridge/backups/calendar.js';
import { isMissed } from '../../bridge/backups/missed-plans.js';
import { newProblem, PerchError, toProblem } from '../../bridge/errors.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { BackupPlan, LastPlanned } from '../../bridge/schema/backup-plans.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { Log } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { RuleDriver } from '../rules/rule-driver.js';
import { laneOf } from '../rules/rule-lanes.js';
import type { RuleSource } from '../rules/rule-sources.js';
import type { TraceNews } from '../rules/rule-state.js';
import { nextPlanned } from '../rules/rule-times.js';
import type { SentOrder } from '../rules/run-state.js';
import { isNamed, lastPlanned, ofRun, unnamedBackup } from './last-planned.js';
import { planRuleId, planTrigger, serverOfPlan } from './plan-rules.js';
import { PlanSource, type PlanSourceDeps } from './plan-source.js';
import { PlanTroubles, type PlanTroublesDeps } from './plan-troubles.js';
import { isReachable, type PlannedServer } from './planned-servers.js';

export interface PlannedBackupsDeps extends PlanSourceDeps, PlanTroublesDeps {
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly log: Log;
  /** Runs the rules of the plans. Nobody asks before `start`. */
  readonly driver: () => Pick<RuleDriver, 'state' | 'take' | 'forgetMissed' | 'listen'>;
  /** Makes room by the rule, and begins the backup. Rejects with `PerchError`. */
  begin(serverId: string, quietly: boolean): Promise<{ readonly made: Promise<Backup> }>;
  readonly newId: () => string;
}

/** Changes are shown together after this time in ms. */
const showAfterMs = 200;
const unread = newProblem('panel-unreachable', sentence('backup-plans.unread'));

export class PlannedBackups extends Watchable<readonly BackupPlan[]> {
  readonly troubles: PlanTroubles;
  /** The plans as rules, for the engine. */
  readonly rules: RuleSource;
  readonly #plans: PlanSource;
  readonly #shown: Alarm;
  /** Backups that this run of Perch began, and that the panel has not named. */
  readonly #unnamed = new Map<string, Promise<Backup>>();
  readonly #followed = new Set<string>();
  /** Ids of removed servers and accounts. */
  readonly #gone = new Set<string>();
  readonly #disposables = new Disposables();
  #startedAt = 0;
  #isStopped = false;

  constructor(private readonly deps: PlannedBackupsDeps) {
    super([]);
    this.#shown = new Alarm(deps.clock);
    this.troubles = new PlanTroubles(deps);
    const plans = new PlanSource(deps);
    this.#plans = plans;
    this.rules = {
      origin: 'backup-plan',
      get current() {
        return plans.current;
      },
      listen: (listener) => plans.listen(listener),
      // No step of a plan switches the plan off.
      switchedOff: () => Promise.resolve(),
      carryOut: (order) => this.#carryOut(order),
      moved: (ruleId) => this.#moved(ruleId),
      missed: (ruleId, times) => this.#missed(ruleId, times),
      outlives: (ruleId) => !this.#isGone(ruleId),
      ended: (record, news) => this.#ended(record, news),
    };
  }

  /** Call when the settings were read, before the rules start. */
  start(): void {
    const { clock, store } = this.deps;
    this.#startedAt = clock.wall();
    this.#disposables.add(
      () => this.#shown.clear(),
      () => this.#plans.stop(),
      () => this.troubles.stop(),
      store.listen(({ changes }) => {
        for (const change of changes) this.#noteGone(change);
      }),
      this.#plans.listen(() => this.#showSoon()),
      this.deps.driver().listen(() => this.#showSoon()),
    );
    this.#plans.start();
  }

  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
  }

  /** The plan of a server; null = none. */
  of(serverId: string): BackupPlan | null {
    const planned = [...this.#plans.planned].find(([, { twins }]) => twins.includes(serverId));
    return planned === undefined ? null : (this.#shownOf(...planned, calendarIn())[0] ?? null);
  }

  /** Makes the missed backups of these servers now, as their plans say. Servers without a missed one are left out. */
  catchUp(serverIds: readonly string[]): void {
    const { driver, newId } = this.deps;
    const wanted = new Set(serverIds);
    for (const [id, { twins }] of this.#plans.planned) {
      const last = this.#last(id);
      if (last === null || !isMissed(last) || !twins.some((twin) => wanted.has(twin))) continue;
      const cause = { key: `time:${last.at}:${newId()}`, kind: 'time', at: last.at, value: null } as const;
      driver().forgetMissed(planRuleId(id));
      driver().take(planRuleId(id), { kind: 'cause', cause, servers: [id] });
    }
  }

  async #carryOut({ serverId, act }: SentOrder): Promise<{ readonly backup?: string }> {
    const { begin, newId } = this.deps;
    if (act.kind !== 'backup') return {};
    if (!isReachable(this.deps, serverId)) throw new PerchError(unread);
    const { made } = await begin(serverId, act.quietly);
    const backup = unnamedBackup(newId());
    this.#unnamed.set(backup, made);
    // The run hears of the end once it knows the backup.
    made.catch(() => undefined);
    return { backup };
  }

  /** Tells the run the panel's id of the backup, or why the panel made none. */
  async #follow(ruleId: string, backup: string, made: Promise<Backup>): Promise<void> {
    const { driver } = this.deps;
    try {
      const { id, state } = await made;
      this.troubles.begun(serverOfPlan(ruleId) ?? '');
      driver().take(ruleId, { kind: 'named', backup, id });
      if (state !== 'running')
        driver().take(ruleId, { kind: 'backup', backup: id, isGood: state === 'good' });
    } catch (error) {
      driver().take(ruleId, { kind: 'backup', backup, isGood: false, problem: toProblem(error) });
    } finally {
      this.#unnamed.delete(backup);
      this.#followed.delete(backup);
    }
  }

  #moved(ruleId: string): void {
    const { driver } = this.deps;
    const id = serverOfPlan(ruleId);
    const state = id === null ? undefined : driver().state(ruleId);
    if (id === null || state === undefined) return;
    const { run } = laneOf(state, id);
    const backup = run?.phase === 'paused' ? run.backup : null;
    if (backup !== null && !isNamed(backup)) this.#waits(ruleId, backup);
    this.#showSoon();
  }

  /** A run waits for a backup that the panel has not named. */
  #waits(ruleId: string, backup: string): void {
    if (this.#followed.has(backup)) return;
    const made = this.#unnamed.get(backup);
    if (made === undefined) {
      // The panel never named this backup of an earlier run of Perch, so nobody can tell its end.
      this.deps.driver().take(ruleId, { kind: 'backup', backup, isGood: false });
      return;
    }
    this.#followed.add(backup);
    void this.#follow(ruleId, backup, made);
  }

  #missed(ruleId: string, times: readonly number[]): void {
    const id = serverOfPlan(ruleId);
    const at = times.at(-1);
    if (id !== null && at !== undefined)
      this.#tell(id, { at, outcome: 'closed', backup: null, problem: null });
  }

  #ended({ ruleId, steps, end, endedAt, cause }: RunRecord, { isRestored }: TraceNews): void {
    const { driver } = this.deps;
    const id = serverOfPlan(ruleId);
    const lastRun = driver().state(ruleId)?.lastRun ?? null;
    // An earlier run reported its own records. A clock that somebody sets back does not affect the records of this run.
    if (isRestored && endedAt < this.#startedAt) return;
    // A cause without a run changes no state.
    if (id === null || steps.length === 0 || lastRun?.at !== cause.at || lastRun.end !== end) return;
    const last = ofRun(lastRun, cause.at);
    if (last !== null) this.#tell(id, last);
  }

  #tell(id: string, { outcome, problem }: LastPlanned): void {
    if (outcome !== 'refused' && outcome !== 'closed' && outcome !== 'unreachable') return;
    this.deps.log.warn('plans.missed', { server: id, outcome, why: problem?.id });
    this.troubles.add(id, outcome, problem);
  }

  #noteGone(change: Change): void {
    if (change.kind === 'server-removed') this.#gone.add(change.serverId);
    else if (change.kind === 'server-upserted') this.#gone.delete(change.server.id);
    else if (change.kind === 'account-removed') this.#gone.add(change.accountId);
    else if (change.kind === 'account-upserted') this.#gone.delete(change.account.id);
  }

  /** Whether the server of a rule, or its account, was removed. */
  #isGone(ruleId: string): boolean {
    const id = serverOfPlan(ruleId) ?? '';
    return this.#gone.has(id) || this.#gone.has(id.slice(0, id.indexOf('/')));
  }

  #last(id: string): LastPlanned | null {
    const state = this.deps.driver().state(planRuleId(id));
    return state === undefined ? null : lastPlanned(state, id);
  }

  /** In all accounts of the panel. Empty before the rule runs. */
  #shownOf(id: string, { plan, twins }: PlannedServer, calendar: Calendar): readonly BackupPlan[] {
    const { clock, driver } = this.deps;
    const state = driver().state(planRuleId(id));
    if (state === undefined) return [];
    const trigger = planTrigger(plan.minute);
    const nextAt = nextPlanned(trigger, clock.wall(), calendar, state.times.ranFor);
    if (nextAt === null) return [];
    const last = lastPlanned(state, id);
    return twins.map((serverId) => ({ serverId, quietly: plan.quietly, nextAt, last }));
  }

  #showSoon(): void {
    if (!this.#shown.isSet && !this.#isStopped) this.#shown.set(showAfterMs, () => this.#show());
  }

  #show(): void {
    const calendar = calendarIn();
    const plans = [...this.#plans.planned].flatMap((planned) => this.#shownOf(...planned, calendar));
    if (JSON.stringify(plans) !== JSON.stringify(this.current)) this.set(plans);
  }
}
