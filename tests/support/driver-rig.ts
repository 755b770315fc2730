/** Rules that run on a fleet of this process: Perch's real modules except panels, nodes and the disk. */
import { calendarIn } from '../../bridge/backups/calendar.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { PowerState, Server } from '../../bridge/schema/domain.js';
import { keptRuleSchema, type KeptRule, type RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { Emitter } from '../../main/base/emitter.js';
import type { ReportedFact } from '../../main/base/server-fact.js';
import { EventLog, sortedIds } from '../../main/events/event-log.js';
import type { ConsoleListener } from '../../main/fleet/api.js';
import { FleetStore } from '../../main/fleet/store.js';
import { KnownServers } from '../../main/rules/known-servers.js';
import { RuleBook } from '../../main/rules/rule-book.js';
import { RuleDriver } from '../../main/rules/rule-driver.js';
import { AllRules, type RuleSource } from '../../main/rules/rule-sources.js';
import { RuleWatch } from '../../main/rules/rule-watch.js';
import type { TraceNews } from '../../main/rules/rule-state.js';
import type { RunMoment, SentOrder } from '../../main/rules/run-state.js';
import { anAccount, aServer } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

const berlin = calendarIn('Europe/Berlin');

/** State that outlives a run of Perch. */
export interface RuleDisk {
  rules: readonly Rule[];
  runs: readonly KeptRule[];
  /** Writes of the state of runs. */
  writes: number;
  isFull: boolean;
  /** Whether a newer Perch wrote the rules. */
  isNewer: boolean;
  /** Whether a newer Perch wrote the state of runs. */
  areRunsNewer?: boolean;
}

export function emptyDisk(...rules: readonly Rule[]): RuleDisk {
  return { rules, runs: [], writes: 0, isFull: false, isNewer: false };
}

export class DriverRig {
  readonly store = new FleetStore();
  readonly log = new FakeLog();
  readonly sent: SentOrder[] = [];
  readonly lookedUp: { readonly id: string; readonly sentAt: number }[] = [];
  readonly traces: { readonly record: RunRecord; readonly news: TraceNews }[] = [];
  readonly refreshed: string[] = [];
  readonly events: EventLog;
  readonly facts = new Emitter<ReportedFact>();
  readonly groups: { id: string; name: string; serverIds: string[] }[] = [];
  readonly consoles = new Map<string, ConsoleListener>();
  readonly book: RuleBook;
  readonly driver: RuleDriver;
  readonly watch: RuleWatch;
  /** Outcome of the next orders; null = done. */
  problem: Problem | null = null;
  /** Answers wait until this is called. */
  answer: (() => void) | null = null;
  holdsAnswers = false;
  /** Called while the state of runs is being written. */
  whileWriting: () => void = () => undefined;
  isFound = false;
  isWatched = false;
  /** Whether Perch runs another action on every server. */
  isBusy = false;
  /** Answers of games to a question at once; null = no answer. */
  players: number | null = 0;
  readonly asked: string[] = [];
  /** Looks at values, to count work. */
  moments = 0;

  constructor(
    readonly disk: RuleDisk,
    readonly clock = new FakeClock(Date.parse('2026-11-30T10:00:00Z')),
    servers: readonly Partial<Server>[] = [{}],
    readonly sources: readonly RuleSource[] = [],
  ) {
    const { store, facts, log } = this;
    this.events = new EventLog(clock, sortedIds('test'));
    store.apply([
      { kind: 'account-upserted', account: anAccount({ id: 'home' }) },
      ...servers.map((server, index) => ({
        kind: 'server-upserted' as const,
        server: aServer({ id: `home/${index + 1}`, accountId: 'home', uuid: `${index + 1}`, ...server }),
      })),
    ]);
    const known = new KnownServers({
      clock,
      store,
      isProven: () => true,
      isPaused: () => false,
      isBusy: () => this.isBusy,
    });
    known.start();
    const moment = (): RunMoment => {
      this.moments += 1;
      const now = clock.now();
      const at = clock.wall() - (clock.wall() % 60_000);
      const shown = { weekday: berlin.weekdayOf(at), minute: berlin.minuteOf(at) };
      const { isWatched } = this;
      return {
        now,
        wall: clock.wall(),
        calendar: berlin,
        clock: shown,
        isWatched,
        random: () => 0.5,
        server: (id) => known.of(id, now),
      };
    };
    let ids = 0;
    this.book = new RuleBook({
      clock,
      newId: () => `new${++ids}`,
      store: {
        isNewer: disk.isNewer,
        load: () => Promise.resolve(disk.isNewer ? [] : disk.rules),
        save: (rules) => Promise.resolve(void (disk.rules = rules)),
      },
    });
    const all = new AllRules(this.book, sources);
    const refresh = (serverIds: readonly string[]): Promise<void> => {
      this.refreshed.push(...serverIds);
      return Promise.resolve();
    };
    this.driver = new RuleDriver({
      clock,
      log,
      book: all,
      store: {
        isNewer: disk.areRunsNewer === true,
        load: () => Promise.resolve(disk.areRunsNewer === true ? [] : disk.runs),
        save: (runs) => this.#write(runs),
      },
      moment,
      refresh,
      turns: { panelOf: () => 'home', restUntil: () => null, pauseMs: () => 2000 },
      carryOut: (order) => this.#carryOut(order),
      lookUp: ({ id }, sentAt) => {
        this.lookedUp.push({ id, sentAt });
        return Promise.resolve({ isFound: this.isFound });
      },
      askPlayers: ({ serverId }) => {
        this.asked.push(serverId);
        return Promise.resolve(this.players);
      },
      signalled: (serverId) => known.signalled(serverId),
      keepTrace: (record, news) => Promise.resolve(void this.traces.push({ record, news })),
    });
    this.watch = new RuleWatch({
      clock,
      store,
      book: all,
      driver: this.driver,
      events: this.events,
      facts,
      consoles: {
        watch: (serverId, listener) => {
          this.consoles.set(serverId, listener);
          return () => void this.consoles.delete(serverId);
        },
      },
      settings: { current: { groups: this.groups }, listen: () => () => undefined },
      moment,
      refresh,
    });
  }

  async start(): Promise<void> {
    await this.book.load();
    await this.driver.start();
    this.watch.start();
    await this.clock.advance(0);
  }

  /** Perch is opened again with the same disk. Later actions of the earlier Perch have no effect on the new disk. */
  async restarted(afterMs = 5000): Promise<DriverRig> {
    const disk = { ...this.disk };
    const clock = new FakeClock(this.clock.now() + afterMs);
    clock.setWall(this.clock.wall() + afterMs);
    const servers = [...this.store.state.servers.values()];
    const next = new DriverRig(disk, clock, servers, this.sources);
    await next.start();
    return next;
  }

  power(power: PowerState | null, serverId = 'home/1'): void {
    this.store.apply([{ kind: 'server-patched', serverId, patch: { power } }]);
  }

  line(text: string, serverId = 'home/1', source: ConsoleLine['source'] = 'server'): void {
    this.consoles.get(serverId)?.lines([{ seq: 1, at: this.clock.now(), source, text }]);
  }

  /** An entry of the log about a server. */
  crash(serverId = 'home/1'): void {
    const what = { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'open' } as const;
    this.events.add({
      at: this.clock.now(),
      accountId: 'home',
      serverId,
      panel: 'Home',
      server: 'Survival',
      what,
      lasts: true,
    });
  }

  get ends(): readonly string[] {
    return this.traces.map(({ record }) => record.end);
  }

  get acts(): readonly string[] {
    return this.sent.map(({ act, serverId }) => `${'signal' in act ? act.signal : act.kind} ${serverId}`);
  }

  async #write(runs: readonly KeptRule[]): Promise<void> {
    await Promise.resolve();
    this.whileWriting();
    if (this.disk.isFull)
      throw new PerchError({
        code: 'internal',
        message: { id: 'disk.rule-runs-unwritten' },
        next: { id: 'disk.write-next' },
      });
    this.disk.writes += 1;
    this.disk.runs = runs.map((one) => keptRuleSchema.parse(JSON.parse(JSON.stringify(one))));
  }

  async #carryOut(order: SentOrder): Promise<{ backup?: string }> {
    this.sent.push(order);
    if (this.holdsAnswers) await new Promise<void>((resolve) => (this.answer = resolve));
    if (this.problem !== null) throw new PerchError(this.problem);
    return order.act.kind === 'backup' ? { backup: 'b1' } : {};
  }
}
