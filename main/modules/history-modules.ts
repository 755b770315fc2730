import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createNotifier, type NotifierDeps } from '../alerts/notifier.js';
import type { Sources } from '../base/feed-source.js';
import { eventsSource } from '../events/events-source.js';
import { DeliveryNotes } from '../events/delivery-notes.js';
import { LastKnownState } from '../fleet/last-known-state.js';
import { StateLog } from '../fleet/usage/state-log.js';
import { UsageLog } from '../fleet/usage/usage-log.js';
import { usageSource } from '../fleet/usage/usage-source.js';
import { historyCalls } from '../history/calls.js';
import { History } from '../history/history.js';
import type { BackupModules } from './backup-modules.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface HistoryModulesDeps
  extends
    Shared,
    Pick<FleetModules, 'fleet' | 'sent'>,
    Pick<BackupModules, 'backups'>,
    Pick<NotifierDeps, 'onAlert' | 'onWithdrawn'> {
  /** The data folder. */
  readonly dataFolder: string;
}

/** Builds what keeps the past: usage, states, the event log with its alerts, and the last known state. */
export function historyModules(deps: HistoryModulesDeps) {
  const { store, clock, disk, fleet } = deps;
  const { notices, settings } = disk;
  const history = new History({
    ...deps,
    folder: join(deps.dataFolder, 'history'),
    keeps: (serverId) => {
      const account = store.state.accounts.get(store.state.servers.get(serverId)?.accountId ?? '');
      return account?.isDemo === false;
    },
    setAside: ({ why, file }) => notices.setAside({ content: 'history', why, file }),
    damaged: (events) => notices.historyDamaged(events),
    troubled: (isSo) => notices.historyTroubled(isSo),
  });
  const usageLog = new UsageLog({ store, clock, memory: history });
  const stateLog = new StateLog({ store, memory: history });
  const lastKnownState = new LastKnownState({ store, clock, lastKnown: disk.lastKnown });
  const notifier = createNotifier({
    ...deps,
    facts: fleet.facts,
    memory: history,
    activityOf: (serverId) => fleet.activityOf(serverId),
    pastCrashes: fleet.pastCrashes,
    settings,
    run: randomUUID().slice(0, 4),
  });

  const calls = historyCalls({
    clock,
    past: history,
    accountOf: (id) => store.state.servers.get(id)?.accountId,
  });
  const sources = {
    usage: usageSource(usageLog),
    events: eventsSource({ clock, log: notifier.log }),
  } satisfies Partial<Sources>;
  const deliveryNotes = new DeliveryNotes({ log: notifier.log, memory: history });

  function start(): void {
    deliveryNotes.start();
    usageLog.start();
    stateLog.start();
  }

  async function stop(): Promise<void> {
    notifier.stop();
    deliveryNotes.stop();
    stateLog.stop();
    // The history writes its pending entries here.
    await history.stop();
    usageLog.stop();
    await lastKnownState.stop();
  }

  return {
    history,
    usageLog,
    stateLog,
    lastKnownState,
    notifier,
    deliveryNotes,
    calls,
    sources,
    start,
    stop,
  };
}
