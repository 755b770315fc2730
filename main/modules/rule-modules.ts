import { randomUUID } from 'node:crypto';
import type { Server } from '../../bridge/schema/domain.js';
import { backupChoicesOf, changedBackupRules } from '../../bridge/backups/backup-rules.js';
import type { Actions } from '../actions/actions.js';
import { untilListed } from '../backups/when-listed.js';
import { madeByRuleFor } from '../backups/made-by-rule.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import type { EventLog } from '../events/event-log.js';
import { twinsOf } from '../fleet/twins.js';
import type { History } from '../history/history.js';
import { ruleCalls } from '../rules/calls.js';
import { carryOut } from '../rules/carry-out.js';
import { KnownServers, type KnownServersDeps } from '../rules/known-servers.js';
import { keepLog } from '../rules/keep-log.js';
import type { WarnedRestarts } from '../actions/many/warned-restarts.js';
import { serverIsBusy } from '../rules/server-busy.js';
import type { AskPlayers } from '../rules/player-questions.js';
import { lookUpOrder } from '../rules/order-look-up.js';
import { QuietCallOff } from '../rules/quiet-call-off.js';
import { RuleBook } from '../rules/rule-book.js';
import { RuleDriver } from '../rules/rule-driver.js';
import { ruleMoments } from '../rules/rule-moment.js';
import { RuleWatch } from '../rules/rule-watch.js';
import { AllRules, type RuleSource } from '../rules/rule-sources.js';
import type { RuleFact } from '../rules/rule-state.js';
import { keepTrace } from '../rules/traces.js';
import type { BackupModules } from './backup-modules.js';
import type { FleetModules } from './fleet-modules.js';
import { refreshServers } from './refresh-servers.js';
import type { Shared } from './shared.js';

export interface RuleModulesDeps
  extends
    Shared,
    Pick<FleetModules, 'fleet'>,
    Pick<BackupModules, 'backups' | 'retention' | 'quiet' | 'earlierPlans'> {
  readonly actions: Pick<Actions, 'power.send'>;
  readonly history: Pick<History, 'traces' | 'events' | 'onRecalled'>;
  readonly events: Pick<EventLog, 'listen' | 'recent'>;
  readonly isProven: KnownServersDeps['isProven'];
  readonly askPlayers: AskPlayers;
  /** Work of Perch on servers that a signal would disturb. */
  readonly warned: Pick<WarnedRestarts, 'servers'>;
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: (serverId: string, command: string) => Promise<unknown>;
  readonly warn: (serverId: string, text: string) => Promise<unknown>;
  /** Parts of Perch whose settings act as rules. */
  readonly sources: readonly RuleSource[];
}

/** After its start Perch waits this long in ms for a server, before it looks for a backup; less than an order waits. */
const listedMs = 2 * 60_000;
/** Last ends that the list of rules shows after a start. */
const recalledEnds = 200;

/** Builds the rules: the list of the user's own rules, their driver, and their source of facts about the fleet. */
export function ruleModules(deps: RuleModulesDeps) {
  const { store, clock, log, disk, fleet, history, actions, backups, retention, quiet } = deps;
  const { settings, memory } = disk;
  const known = new KnownServers({
    ...deps,
    isPaused: (serverId) => fleet.consoles.isPaused(serverId),
    isBusy: (server, exceptRule) => isBusy(server, exceptRule),
  });
  const book = new RuleBook({ clock, store: disk.rules, newId: randomUUID });
  const all = new AllRules(book, deps.sources);
  /** Servers that a rule sends a signal to now. */
  const sending = new Set<string>();

  const moment = ruleMoments({ clock, random: deps.random, known, interests: fleet.interests });
  const refresh = (serverIds: readonly string[]): Promise<void> =>
    refreshServers({ clock, log, store, fleet, known }, serverIds);
  const sendPower: Parameters<typeof carryOut>[0]['sendPower'] = async (serverId, signal) => {
    sending.add(serverId);
    try {
      await actions['power.send']({ serverId, signal });
    } finally {
      sending.delete(serverId);
    }
  };
  const isBack = async (serverId: string): Promise<boolean> => {
    const server = store.state.servers.get(serverId);
    const twins = server === undefined ? [] : twinsOf(store.state, server);
    const ends = await Promise.all(twins.map(({ id }) => quiet.over(id)));
    return ends.every((end) => end === null || end.owed === null);
  };
  /** Resolves when the entries of earlier runs of Perch can be read. */
  const recalled = new Promise<void>((resolve) => void history.onRecalled(resolve));

  const driver = new RuleDriver({
    clock,
    log,
    book: all,
    store: {
      get isNewer() {
        return disk.ruleRuns.isNewer;
      },
      load: async () => deps.earlierPlans.with(await disk.ruleRuns.load()),
      save: (runs) => disk.ruleRuns.save(runs),
    },
    moment,
    refresh,
    turns: {
      panelOf: (serverId) => {
        const accountId = store.state.servers.get(serverId)?.accountId ?? '';
        return store.state.accounts.get(accountId)?.panelUrl ?? '';
      },
      restUntil: (serverId) => backups.restUntil(serverId),
      pauseMs: () => settings.current.bulkPauseMs,
    },
    carryOut: (order, rule) =>
      carryOut(
        {
          sendPower,
          sendCommand: deps.sendOwnCommand,
          warn: deps.warn,
          backUp: async (serverId, quietly) => {
            const begun = await retention.backUp(serverId, '', quietly);
            if (quietly) callOff.begun(serverId, rule);
            return begun;
          },
          whenEnded: (serverId, backup) => backups.whenEnded(serverId, backup),
          isBack,
          pausePlan: (serverId) =>
            settings.update((now) => {
              const scope = { kind: 'server', id: serverId } as const;
              const choices = { ...backupChoicesOf(now.backupRules, scope), plan: null };
              return { backupRules: changedBackupRules(now, scope, choices) };
            }),
          keepLog: (serverId) =>
            keepLog(
              {
                consoles: fleet.consoles,
                write: (id, lines) => disk.keptLogs.write(id, clock.wall(), lines),
              },
              serverId,
            ),
          facts: fleet.facts,
          newId: randomUUID,
          ended: (backup, isGood) => driver.tellRuns({ kind: 'backup', backup, isGood }),
        },
        order,
        rule,
      ),
    lookUp: async (order, sentAt) => {
      await recalled;
      return lookUpOrder(
        {
          eventsOf: async (serverId, from) => {
            const page = await history.events({ before: null, limit: 100, about: [serverId], from });
            return page.events;
          },
          backupsOf: async (serverId) => {
            await untilListed({ store, fleet, clock }, serverId, listedMs);
            return backups.read(serverId);
          },
          madeByRule: (serverId) => new Set(madeByRuleFor(memory.current.madeByRule, serverId)),
        },
        order,
        sentAt,
      );
    },
    askPlayers: deps.askPlayers,
    signalled: (serverId) => known.signalled(serverId),
    keepTrace: (record, news) => keepTrace({ traces: history.traces, facts: fleet.facts }, record, news),
  });
  const isBusy = (server: Server, exceptRule: string | null): boolean =>
    serverIsBusy(twinsOf(store.state, server), {
      exceptRule,
      others: [...deps.warned.servers.map(({ id }) => id), ...quiet.current.map(({ serverId }) => serverId)],
      states: driver.active,
      stateOf: (id) => driver.state(id),
    });
  const watch = new RuleWatch({
    ...deps,
    book: all,
    driver,
    facts: fleet.facts,
    consoles: fleet.consoles,
    settings,
    moment,
    refresh,
  });
  const calls = ruleCalls({
    ...deps,
    settings,
    book,
    driver,
    traces: history.traces,
    moment,
    refresh,
    newId: randomUUID,
  });
  const sources = { rules: valueSource(copied(driver)) } satisfies Partial<Sources>;
  const callOff = new QuietCallOff({ book: all, quiet, state: (id) => driver.state(id) });
  const unknow = { end: (): void => undefined };
  const unlisten = { end: (): void => undefined };
  let ready = (): void => undefined;
  /** Resolves when the list of rules is complete. */
  const listed = new Promise<void>((resolve) => (ready = resolve));

  async function start(): Promise<void> {
    unknow.end = known.start();
    try {
      await book.load();
      await driver.start();
    } finally {
      ready();
    }
    watch.start();
    unlisten.end = callOff.start();
    void deps.earlierPlans.carried(() => driver.keep());
    await recalled;
    const newest = { ruleId: null, serverId: null, before: null, count: recalledEnds };
    // A night may have a thousand traces of plans, and an own rule runs once a week.
    for (const isOwn of [true, false])
      driver.recallEnds((await history.traces.page({ ...newest, isOwn })).records);
  }

  async function stop(): Promise<void> {
    watch.stop();
    unlisten.end();
    await driver.stop();
    unknow.end();
  }

  return {
    /** Ports of the engine for wishes about empty servers. */
    engine: {
      take: (ruleId: string, fact: RuleFact): void => driver.take(ruleId, fact),
      isBusy: (serverId: string, exceptRule: string): boolean => {
        const server = store.state.servers.get(serverId);
        return server !== undefined && isBusy(server, exceptRule);
      },
      ranSince: (serverId: string): number | null => known.ranSince(serverId),
    },
    rules: {
      book,
      driver,
      listed,
      isSending: (serverId: string): boolean => sending.has(serverId),
      start,
      stop,
    },
    woke: () => watch.woke(),
    calls,
    sources,
  };
}
