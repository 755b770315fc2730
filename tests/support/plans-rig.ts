import { expect } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import type { BackupChoices } from '../../bridge/schema/backup-rules.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { PlanRecord } from '../../bridge/schema/backup-plans.js';
import { keptRuleSchema, type KeptRule, type RunRecord } from '../../bridge/schema/rule-runs.js';
import { Emitter } from '../../main/base/emitter.js';
import { Observable } from '../../main/base/observable.js';
import type { ServerFact, ReportedFact } from '../../main/base/server-fact.js';
import { EarlierPlans } from '../../main/backup-plans/earlier-plans.js';
import { PlannedBackups } from '../../main/backup-plans/planned-backups.js';
import { EventLog, sortedIds } from '../../main/events/event-log.js';
import { FleetStore } from '../../main/fleet/store.js';
import { RuleBook } from '../../main/rules/rule-book.js';
import { RuleDriver } from '../../main/rules/rule-driver.js';
import { AllRules } from '../../main/rules/rule-sources.js';
import { RuleWatch } from '../../main/rules/rule-watch.js';
import type { RunMoment } from '../../main/rules/run-state.js';
import { anAccount, aServer, someSettings } from './entities.js';
import { aRunningBackup } from './fake-backups.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

export const hour = 3_600_000;
export const day = 24 * hour;
const plan: BackupChoices = { plan: { minute: 240, quietly: false } };
const calendar = calendarIn();
/** Midnight of a day, and the planned time after it. */
export const midnight = calendar.instantOf(calendar.dayOf(1_790_000_000_000), 0);
export const four = fourAfter(0);

/** Planned time of a later day. Summer time may begin or end in between. */
export function fourAfter(days: number): number {
  return calendar.instantOf(calendar.dayOf(midnight) + days, 240);
}

/** Perch with plans for servers of one panel, and the rules of Perch that run them, on a fake clock, from a midnight on. */
export function aPlansRig({ choices = plan, servers = ['a'], earlier = [] as readonly PlanRecord[] } = {}) {
  const clock = new FakeClock(midnight);
  const store = new FleetStore();
  const added = servers.map((uuid) => aServer({ id: `home/${uuid}`, uuid, name: uuid }));
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    ...added.map((server) => ({ kind: 'server-upserted', server }) as const),
  ]);
  const facts = new Emitter<ReportedFact>();
  const missedPlans: Extract<ServerFact, { kind: 'plan-missed' }>[] = [];
  facts.listen(({ fact }) => void (fact.kind === 'plan-missed' && missedPlans.push(fact)));
  const settings = new Observable(
    someSettings({ backupRules: { all: choices, rules: [] }, bulkPauseMs: 2000 }),
  );
  const begun: string[] = [];
  const records: RunRecord[] = [];
  const panel = {
    isListed: true,
    restUntil: null as number | null,
    refuses: (_serverId: string): Problem | null => null,
    made: (serverId: string): Promise<Backup> => Promise.resolve(aRunningBackup(`of ${serverId}`)),
  };
  /** State that outlives a run of Perch. */
  const disk = { runs: [] as readonly KeptRule[] };
  const memory = {
    current: { plannedBackups: [...earlier] } as Pick<Memory, 'plannedBackups'>,
    update: async (change: () => Pick<Memory, 'plannedBackups'>) => void (memory.current = change()),
  };
  let ids = 0;
  const newId = (): string => `new${++ids}`;
  const run = () => {
    let isStopped = false;
    const moment = (): RunMoment => ({
      now: clock.now(),
      wall: clock.wall(),
      calendar,
      clock: { weekday: 0, minute: 0 },
      isWatched: false,
      random: () => 0.5,
      server: () => undefined,
    });
    const log = new FakeLog();
    const plans: PlannedBackups = new PlannedBackups({
      clock,
      store,
      facts,
      settings,
      log,
      newId,
      driver: () => driver,
      fleet: { server: () => (panel.isListed ? ({} as never) : null) },
      begin: async (serverId, quietly) => {
        // Perch could die now: the disk knows that the backup may have begun.
        const kept = disk.runs.find(({ ruleId }) => ruleId === `backup-plan:${serverId}`);
        expect(kept?.lanes[serverId]?.run?.phase).toBe('sent');
        begun.push(`${serverId.slice(5)}${quietly ? ' quietly' : ''} at ${clock.wall() - four}`);
        const problem = panel.refuses(serverId);
        if (problem !== null) throw new PerchError(problem);
        return { made: panel.made(serverId) };
      },
    });
    const earlierPlans = new EarlierPlans({ clock, log, memory, troubles: plans.troubles });
    const book = new RuleBook({
      clock,
      newId,
      store: { isNewer: false, load: () => Promise.resolve([]), save: () => Promise.resolve() },
    });
    const all = new AllRules(book, [plans.rules]);
    const refresh = (): Promise<void> => Promise.resolve();
    const driver: RuleDriver = new RuleDriver({
      clock,
      log,
      book: all,
      store: {
        isNewer: false,
        load: () => Promise.resolve(earlierPlans.with(disk.runs)),
        save: async (runs) => {
          await Promise.resolve();
          if (!isStopped)
            disk.runs = runs.map((one) => keptRuleSchema.parse(JSON.parse(JSON.stringify(one))));
        },
      },
      moment,
      refresh,
      askPlayers: () => Promise.resolve(null),
      signalled: () => undefined,
      turns: {
        panelOf: () => 'home',
        restUntil: () => panel.restUntil,
        pauseMs: () => settings.current.bulkPauseMs,
      },
      carryOut: () => Promise.reject(new Error('Plans carry their orders out themselves.')),
      lookUp: () => Promise.resolve({ isFound: false }),
      keepTrace: (record) => Promise.resolve(void records.push(record)),
    });
    const watch = new RuleWatch({
      clock,
      store,
      book: all,
      driver,
      events: new EventLog(clock, sortedIds('test')),
      facts,
      consoles: { watch: () => () => undefined },
      settings,
      moment,
      refresh,
    });
    plans.start();
    void driver.start().then(() => {
      watch.start();
      void earlierPlans.carried(() => driver.keep());
    });
    const stop = (): void => {
      isStopped = true;
      plans.stop();
      watch.stop();
      void driver.stop();
    };
    return {
      of: (serverId: string) => plans.of(serverId),
      catchUp: (serverIds: readonly string[]) => plans.catchUp(serverIds),
      get current() {
        return plans.current;
      },
      stop,
    };
  };
  return { begun, clock, disk, facts, memory, panel, records, run, settings, store, told: missedPlans };
}
