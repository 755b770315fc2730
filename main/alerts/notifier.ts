/** The event log with its writers and readers, from changes of the fleet to alerts. */
import type { EventMemory } from '../base/past.js';
import type { Clock } from '../base/ports.js';
import { AwayEnds, type AwayEndsDeps } from '../events/away-ends.js';
import { EndedCrashes } from '../events/ended-crashes.js';
import { EventLog, sortedIds } from '../events/event-log.js';
import { Events, type EventsDeps } from '../events/events.js';
import { KeptLog } from '../events/kept-log.js';
import { LeftOpen } from '../events/left-open.js';
import { WhoDidIt, type WhoDidItDeps } from '../events/who-did-it.js';
import { limitRulesOf } from './alert-rules.js';
import { Alerts, type AlertsDeps } from './alerts.js';
import type { AlertSettingsPort } from './settings-port.js';
import { Upkeep } from './upkeep.js';
import { isServerHealthy } from './well.js';
import { OneTimeAlerts } from './one-time-alerts.js';

export interface NotifierDeps extends Pick<EventsDeps, 'store' | 'facts' | 'sent' | 'backups'> {
  readonly clock: Clock;
  readonly settings: AlertSettingsPort;
  readonly activityOf: WhoDidItDeps['activityOf'];
  readonly pastCrashes: AwayEndsDeps['pastCrashes'];
  /** Storage of the log. */
  readonly memory: EventMemory;
  /** A few letters that are unique for this run of Perch. */
  readonly run: string;
  readonly onAlert: AlertsDeps['onAlert'];
  readonly onWithdrawn: AlertsDeps['onWithdrawn'];
}

export interface Notifier {
  readonly log: EventLog;
  start(): void;
  stop(): void;
}

export function createNotifier({ store, clock, settings, run, ...deps }: NotifierDeps): Notifier {
  const log = new EventLog(clock, sortedIds(run));
  const events = new Events({
    store,
    clock,
    log,
    facts: deps.facts,
    activityOf: deps.activityOf,
    backups: deps.backups,
    sent: deps.sent,
    slowStartMinutes: () => settings.current.alerts.slowStartMinutes,
    limitsOf: (server) => limitRulesOf(settings.current, server),
  });
  const { activityOf, pastCrashes } = deps;
  const leftOpen = new LeftOpen({ store, clock, log, pastCrashes });
  const keeps = (accountId: string): boolean => store.state.accounts.get(accountId)?.isDemo === false;
  const kept = new KeptLog({ log, memory: deps.memory, leftOpen, keeps });
  const whoDidIt = new WhoDidIt({ clock, log, activityOf });
  const awayEnds = new AwayEnds({ store, clock, log, activityOf, pastCrashes });
  const ended = new EndedCrashes({ store, clock, log, pastCrashes });
  const alerts = new Alerts({
    clock,
    log,
    settings,
    nodeOf: (serverId) => store.state.servers.get(serverId)?.node ?? null,
    isWell: (event) => isServerHealthy(store.state, event),
    onAlert: deps.onAlert,
    onWithdrawn: deps.onWithdrawn,
  });
  const upkeep = new Upkeep({ clock, store, settings });
  const oneTimeAlerts = new OneTimeAlerts({ clock, store, settings, onAlert: deps.onAlert });
  const parts = [kept, whoDidIt, events, awayEnds, ended, alerts, upkeep, oneTimeAlerts];
  let unlisten = (): void => undefined;
  return {
    log,
    start() {
      for (const part of parts) part.start();
      unlisten = store.listen(({ changes }) => {
        for (const change of changes) if (change.kind === 'account-removed') alerts.forget(change.accountId);
      });
    },
    stop() {
      unlisten();
      for (const part of parts.toReversed()) part.stop();
    },
  };
}
