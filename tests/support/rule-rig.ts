/**
 * Rules on servers that exist only here: a driver as Perch has one, a disk, nodes with faults, sleeps, a wall clock that
 * jumps, and kills at any point between the disk and a node.
 */
import { calendarIn } from '../../bridge/backups/calendar.js';
import type { Problem } from '../../bridge/errors.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Rule } from '../../bridge/schema/rules.js';
import {
  keptRuleSchema,
  runRecordSchema,
  type RuleCause,
  type RunRecord,
} from '../../bridge/schema/rule-runs.js';
import type { RuleServer } from '../../bridge/rules/rule-facts.js';
import { nothingBefore, powerBefore, withPower, type PowerBefore } from '../../main/rules/power-before.js';
import { isKeptAlike, keep, restore } from '../../main/rules/kept-rule.js';
import { step } from '../../main/rules/rule-sequence.js';
import {
  mayLeave,
  newRuleState,
  nextWake,
  type RuleFact,
  type RuleMove,
  type RuleState,
} from '../../main/rules/rule-state.js';
import type { PlayerAnswer, RuleOrder, RunMoment, SentOrder } from '../../main/rules/run-state.js';
import { orderObstacle } from '../../main/rules/throughout.js';
import { aProblem } from './a-problem.js';
import { aRuleServer } from './rule-examples.js';

/** Shared by all rigs: the calendar caches its results. */
const berlin = calendarIn('Europe/Berlin');

/** Time in ms that the disk takes. */
const diskMs = 40;

/** Points at which Perch may be killed: before the state is on the disk, before the order leaves, after it has left. */
export type KillPoint = 'before-save' | 'before-order' | 'after-order';
/**
 * `busy` = the panel throttles, `away` = it does not answer and has not begun the work, `deaf` = the panel takes the order
 * and the process ignores it.
 */
export type NodeFault = 'refuse' | 'unsure' | 'lose' | 'busy' | 'away' | 'deaf';

export interface SentNote extends SentOrder {
  readonly now: number;
  /** Age of the state of the server when the order left; null = nothing known. */
  readonly stateAgeMs: number | null;
  readonly isOn: boolean;
  /** Who was really on then. */
  readonly players: number;
  /** Begin of the process that really ran then. */
  readonly startedAt: number;
  /** When somebody was on for the last time, and the game could tell; -Infinity = never. */
  readonly playedAt: number;
  /** Outcome of the order; undefined = it was carried out. */
  readonly fault: NodeFault | undefined;
}

interface GameServer {
  power: PowerState;
  startedAt: number;
  playedAt: number;
  /** The state that the process takes next, and when. */
  change: { readonly to: PowerState; readonly at: number; readonly then?: PowerState } | null;
  players: number;
  isBlind: boolean;
  /** Percent of the limit. */
  memory: number;
  disk: number;
  seen: RuleServer;
  past: PowerBefore;
}

export class RuleRig {
  now = 1_800_000_000_000;
  /** Wall clock minus monotonic clock. */
  ahead: number;
  readonly servers = new Map<string, GameServer>();
  readonly sent: SentNote[] = [];
  /** When each run began, by its id. */
  readonly begun = new Map<string, number>();
  /** Ids of the orders that a node carried out. */
  readonly done: string[] = [];
  readonly records = new Map<string, RunRecord>();
  /** Records that came a second time with other contents. */
  readonly changedRecords: string[] = [];
  readonly reportedRuns = new Set<string>();
  /** Keys of causes that reached the disk while the rule could act. */
  readonly causes: { readonly key: string; readonly servers: readonly string[] }[] = [];
  readonly faults = new Map<string, NodeFault>();
  readonly calendar = berlin;
  state: RuleState;
  killAt: KillPoint | null = null;
  /** Interval at which games report their number of players. */
  playersEveryMs = 0;
  /** Whether only a process that runs has a number of players, as Perch sees them. */
  isExact = false;
  /** Whether games answer no question. */
  isSilent = false;
  isBusy = false;
  /** Called once, right before the next order of this kind would leave. */
  atLeave: { readonly act: string; readonly happens: () => void } | null = null;
  /** Kind of the causes that `cause` makes. */
  causeKind: RuleCause['kind'] = 'event';
  kills = 0;
  /** When Perch was opened again. */
  readonly openedAt: number[] = [];
  /** When Perch died before it had written that somebody set the wall clock. */
  readonly unwrittenJumps: number[] = [];
  /** Time until a run has its turn at the panel. */
  turnMs = 100;
  /** Whether Perch finds the orders of its earlier run. */
  findsOrders = true;
  #disk: unknown;
  #answers: { readonly at: number; readonly run: () => void }[] = [];
  #nextCause = 0;
  #backups = 0;
  #savedAhead: number;
  #isRemoved = false;

  constructor(
    public settings: Rule,
    { wall, servers = ['home/1'] }: { wall: number; servers?: readonly string[] },
  ) {
    this.ahead = wall - this.now;
    this.#savedAhead = this.ahead;
    for (const id of servers) {
      const seen = aRuleServer({ power: null, slots: 20 });
      const usage = { players: 0, memory: 50, disk: 50 };
      this.servers.set(id, {
        power: 'running',
        startedAt: this.now,
        playedAt: -Infinity,
        change: null,
        ...usage,
        isBlind: false,
        seen,
        past: nothingBefore,
      });
    }
    this.#poll();
    this.state = newRuleState(settings, this.moment());
    this.#save();
  }

  get wall(): number {
    return this.now + this.ahead;
  }

  moment(): RunMoment {
    const { now, wall, calendar } = this;
    // The calendar remembers each instant, so whole minutes keep that small.
    const at = wall - (wall % 60_000);
    const clock = { weekday: calendar.weekdayOf(at), minute: calendar.minuteOf(at) };
    const [isWatched, random] = [false, () => 0.5];
    return { now, wall, calendar, clock, isWatched, random, server: (id) => this.servers.get(id)?.seen };
  }

  /** Time passes while Perch is awake, in ticks of at most 15 s. */
  advance(ms: number, tickMs = 15_000): void {
    for (const end = this.now + ms; this.now < end;) {
      const wake = nextWake(this.state) ?? Infinity;
      const answer = Math.min(Infinity, ...this.#answers.map(({ at }) => at));
      const tick = Math.min(this.now + tickMs, wake > this.now ? wake : Infinity, answer, end);
      this.now = Math.max(this.now + 1, tick);
      this.#poll();
      this.#answer();
      // A driver writes the state again when somebody sets the clock, because its times would no longer fit.
      if (this.ahead !== this.#savedAhead) this.#save();
      this.fact({ kind: 'look', servers: [...this.servers.keys()] });
      this.fact({ kind: 'time' });
    }
  }

  /** The computer sleeps: no code runs, and all timers are late. */
  sleep(ms: number): void {
    this.now += ms;
    this.#poll();
    this.advance(1);
  }

  /** Perch sees a change at once, as of a console. */
  look(): void {
    this.#poll();
    this.fact({ kind: 'look', servers: [...this.servers.keys()] });
  }

  /** Somebody sets the wall clock. */
  jump(ms: number): void {
    this.ahead += ms;
  }

  /** An event of these servers; undefined = of all. */
  cause(
    servers: readonly string[] = [...this.servers.keys()],
    key = `event:${this.#nextCause++}`,
    kind = this.causeKind,
  ): void {
    const cause: RuleCause = { key, kind, at: this.wall, value: null };
    const before = this.state;
    this.fact({ kind: 'cause', cause, servers });
    const isKept = !before.causes.some((one) => one.key === key) && before.rule.isOn;
    if (isKept && this.state.causes.some((one) => one.key === key)) this.causes.push({ key, servers });
  }

  switchRule(isOn: boolean): void {
    this.settings = { ...this.settings, isOn };
    this.fact({ kind: 'rule', rule: this.settings });
  }

  /** The setting that the rule stands for is gone. */
  remove(): void {
    this.#isRemoved = true;
    this.fact({ kind: 'rule', rule: null });
  }

  /** The setting is there again. A driver has forgotten a rule of which nothing was left to do, but for its state. */
  bringBack(): void {
    if (!this.#isRemoved) return;
    this.#isRemoved = false;
    const { lanes, unstored } = this.state;
    if (unstored.length > 0 || Object.values(lanes).some(({ run }) => run !== null))
      return this.fact({ kind: 'rule', rule: this.settings });
    this.#save();
    this.#carryOut(restore(this.settings, keptRuleSchema.parse(this.#disk), this.moment()));
  }

  fact(fact: RuleFact): void {
    this.#carryOut(step(this.state, fact, this.moment()));
  }

  /** Perch dies, and is opened again after `ms`. */
  kill(ms = 5000): void {
    this.kills += 1;
    this.killAt = null;
    if (this.ahead !== this.#savedAhead) this.unwrittenJumps.push(this.now);
    this.#answers = [];
    this.now += ms;
    this.openedAt.push(this.now);
    // Perch forgets its observations.
    for (const server of this.servers.values()) server.past = nothingBefore;
    this.#poll();
    const rule = this.#isRemoved ? { ...this.settings, isOn: false } : this.settings;
    this.#carryOut(restore(rule, keptRuleSchema.parse(this.#disk), this.moment()));
  }

  #carryOut({ state, orders }: RuleMove): void {
    const acts = orders.some(({ kind }) => kind === 'act');
    if (acts && this.killAt === 'before-save') return this.kill();
    const isSame = isKeptAlike(this.state, state);
    this.state = state;
    for (const { run } of Object.values(state.lanes))
      if (run !== null && !this.begun.has(run.id)) this.begun.set(run.id, this.now);
    if (!isSame) this.#save();
    for (const order of orders) {
      if (order.kind === 'act' && this.killAt === 'before-order') return this.kill();
      this.#order(order);
    }
  }

  #order(order: RuleOrder): void {
    switch (order.kind) {
      case 'act':
        return this.#later(diskMs, () => this.#leave(order));
      case 'look-up': {
        const isFound = this.findsOrders && this.sent.some(({ id }) => id === order.id);
        return this.#later(500, () => this.fact({ kind: 'looked', order: order.id, isFound }));
      }
      case 'turn': {
        // A driver never gives a turn twice; the run must not rely on that.
        const give = (): void => this.fact({ kind: 'turn', run: order.run });
        const afterMs = this.turnMs + (order.delay?.ms ?? 0);
        return [afterMs, afterMs + 300].forEach((ms) => this.#later(ms, give));
      }
      case 'ask': {
        const { id, serverId, mayCommand } = order;
        // The next answer of the usual pace ends the wait of other rules.
        if (!mayCommand) return;
        return this.#later(2000, () =>
          this.fact({ kind: 'counted', order: id, ...this.#answerOf(serverId) }),
        );
      }
      case 'record': {
        const record = runRecordSchema.parse(order.record);
        if (order.mustReport) this.reportedRuns.add(record.id);
        return this.#later(5000, () => this.#store(record));
      }
      case 'missed':
        return;
      case 'switch-off':
        this.settings = { ...this.settings, isOn: false };
        return this.#later(10, () => this.fact({ kind: 'rule', rule: this.settings }));
    }
  }

  /** The disk has the state. */
  #leave(order: SentOrder & { readonly kind: 'act' }): void {
    const { atLeave } = this;
    if (atLeave?.act === order.act.kind) {
      this.atLeave = null;
      atLeave.happens();
    }
    if (!mayLeave(this.state, order.id, this)) return this.fact({ kind: 'withheld', order: order.id });
    const why = orderObstacle(this.state, order.id, this.moment());
    if (why !== null) return this.fact({ kind: 'withheld', order: order.id, why });
    this.#send(order);
    if (this.killAt === 'after-order') this.kill();
  }

  /** The history writes a few seconds later, so a kill loses the unwritten part. */
  #store(record: RunRecord): void {
    const before = this.records.get(record.id);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(record))
      this.changedRecords.push(record.id);
    this.records.set(record.id, record);
    this.fact({ kind: 'stored', ids: [record.id] });
  }

  #send(order: SentOrder & { readonly kind: 'act' }): void {
    const { id, serverId, act } = order;
    const server = this.servers.get(serverId);
    const { startedAt = -Infinity, playedAt = -Infinity, players = 0 } = server ?? {};
    const seenAt = server?.seen.power?.seenAt;
    const stateAgeMs = seenAt === undefined ? null : this.now - seenAt;
    const fault = this.faults.get(act.kind);
    const truth = { players, startedAt, playedAt, fault };
    this.sent.push({ id, serverId, act, now: this.now, stateAgeMs, isOn: this.settings.isOn, ...truth });
    const isDone = fault === undefined || ['unsure', 'lose', 'deaf'].includes(fault);
    if (isDone && fault !== 'deaf') this.#reach(serverId, act);
    if (isDone) this.done.push(id);
    if (fault === 'lose') return;
    const problem = fault === undefined || fault === 'deaf' ? null : problemOf(fault, this.now);
    const backup = act.kind === 'backup' && isDone ? `b${++this.#backups}` : undefined;
    this.#later(800, () =>
      this.fact({ kind: 'answered', order: id, problem, ...(backup === undefined ? {} : { backup }) }),
    );
    if (backup !== undefined) this.#later(90_000, () => this.fact({ kind: 'backup', backup, isGood: true }));
  }

  #reach(serverId: string, act: SentOrder['act']): void {
    const server = this.servers.get(serverId);
    if (server === undefined || act.kind !== 'power') return;
    const isRunning = server.power !== 'offline';
    if (act.signal === 'stop' && isRunning) server.change = { to: 'offline', at: this.now + 8000 };
    if (act.signal === 'start' && !isRunning) server.change = { to: 'running', at: this.now + 20_000 };
    if (act.signal === 'restart' && isRunning)
      server.change = { to: 'offline', at: this.now + 8000, then: 'running' };
  }

  /** Current report of the nodes. */
  #poll(): void {
    for (const [id, server] of this.servers) {
      const { change } = server;
      if (change !== null && this.now >= change.at) {
        server.power = change.to;
        if (change.to === 'running') server.startedAt = this.now;
        server.change = change.then === undefined ? null : { to: change.then, at: change.at + 30_000 };
      }
      if (server.players > 0 && server.power === 'running' && !server.isBlind) server.playedAt = this.now;
      if (server.isBlind) {
        server.seen = { ...server.seen, before: powerBefore(server.past, this.now) };
        continue;
      }
      const before = server.seen.power?.value;
      const at = { source: 'node', seenAt: this.now } as const;
      const power = { value: server.power, ...at };
      server.past = withPower(server.past, power);
      const { memory, disk, players } = server;
      const told = server.seen.figures.players;
      const isOld = told === undefined || this.now - told.seenAt >= this.playersEveryMs;
      const isRunning = server.power === 'running';
      const counted = { players: isOld ? ({ value: players, ...at, source: 'query' } as const) : told };
      server.seen = {
        power,
        before: powerBefore(server.past, this.now),
        startedAt: isRunning ? server.startedAt : null,
        isBusy: () => this.isBusy,
        figures: {
          memory: { value: memory, ...at },
          disk: { value: disk, ...at },
          ...(isRunning || !this.isExact ? counted : {}),
          ...(isRunning ? { uptime: { value: (this.now - server.startedAt) / 3_600_000, ...at } } : {}),
        },
        slots: 20,
      };
      // The constructor polls before a rule exists.
      const isReady = Object.hasOwn(this, 'state') && this.state !== undefined;
      if (before !== server.power && isReady) this.fact({ kind: 'state', serverId: id, state: server.power });
    }
  }

  #answerOf(serverId: string): PlayerAnswer {
    const server = this.servers.get(serverId);
    const isThere = server?.power === 'running' && !server.isBlind && !this.isSilent;
    return isThere ? { count: server.players, problem: null } : { count: null, problem: aProblem('timeout') };
  }

  #later(ms: number, run: () => void): void {
    this.#answers.push({ at: this.now + ms, run });
  }

  #answer(): void {
    const due = this.#answers.filter(({ at }) => at <= this.now);
    for (const answer of due) {
      // A kill in between ends all answers.
      if (!this.#answers.includes(answer)) continue;
      this.#answers = this.#answers.filter((one) => one !== answer);
      answer.run();
    }
  }

  #save(): void {
    this.#savedAhead = this.ahead;
    this.#disk = JSON.parse(JSON.stringify(keep(this.state, this)));
  }
}

function problemOf(fault: Exclude<NodeFault, 'lose' | 'deaf'>, now: number): Problem {
  switch (fault) {
    case 'refuse':
      return aProblem('conflict');
    case 'unsure':
      return aProblem('timeout', { maybeDone: true });
    case 'busy':
      return aProblem('rate-limited', { retryAt: now + 5 * 60_000 });
    case 'away':
      return aProblem('panel-unreachable');
  }
}
