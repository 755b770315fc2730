/**
 * One-time alerts: "Notify me once when it's up, stopped, empty, in use or full". They survive a restart of Perch. In quiet hours an
 * alert waits for the end of these hours.
 */
import { withoutOneTimeAlert } from '../../bridge/alerts/alert-changes.js';
import { isQuiet, minuteOfDay } from '../../bridge/alerts/alert-settings.js';
import type { AlertSettings, OneTimeAlert } from '../../bridge/schema/alerts.js';
import type { Server } from '../../bridge/schema/domain.js';
import { isFull } from '../../bridge/fleet/full.js';
import { shortName } from '../../bridge/events/event-words.js';
import { timeOfDay } from '../../bridge/text/time-of-day.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { EventsDeps } from '../events/events.js';
import type { Alert } from './alert.js';
import { followChanges } from './follow-changes.js';
import type { AlertSettingsPort } from './settings-port.js';

/**
 * Condition of each alert and the time that it has to hold. A restart is offline for a moment, and players who lose the
 * connection return.
 */
const wanted: Readonly<
  Record<OneTimeAlert['when'], { readonly forMs: number; isSo(server: Server): boolean }>
> = {
  up: { forMs: 0, isSo: ({ power }) => power === 'running' },
  stopped: { forMs: 5000, isSo: ({ power }) => power === 'offline' },
  empty: { forMs: 10_000, isSo: ({ power, players }) => power === 'running' && players?.count === 0 },
  joined: { forMs: 0, isSo: ({ power, players }) => power === 'running' && (players?.count ?? 0) > 0 },
  full: { forMs: 0, isSo: ({ power, players }) => power === 'running' && isFull(players) },
};
const quietCheckMs = 30_000;

export interface OneTimeAlertsDeps {
  readonly clock: Clock;
  readonly store: EventsDeps['store'];
  readonly settings: AlertSettingsPort;
  onAlert(alert: Alert): void;
}

export class OneTimeAlerts {
  readonly #later: Alarm;
  /** Monotonic time since which the condition of an alert holds, by key. */
  readonly #since = new Map<string, number>();
  /** Keys of alerts that were shown and are still being removed from the settings. */
  readonly #done = new Set<string>();
  /** Monotonic time of the next look. */
  #lookAt = 0;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: OneTimeAlertsDeps) {
    this.#later = new Alarm(deps.clock);
  }

  start(): void {
    this.#disposables.add(followChanges(this.deps, () => this.#look()));
  }

  stop(): void {
    this.#disposables.dispose();
    this.#later.clear();
  }

  #look(): void {
    const { oneTimeAlerts } = this.deps.settings.current.alerts;
    const open = new Set(oneTimeAlerts.map(keyOf));
    for (const key of this.#done) if (!open.has(key)) this.#done.delete(key);
    for (const one of oneTimeAlerts) this.#consider(one);
  }

  #consider(one: OneTimeAlert): void {
    const { clock, settings, store } = this.deps;
    const server = store.state.servers.get(one.serverId);
    if (server === undefined || this.#done.has(keyOf(one))) return;
    const isMet = one.metAt !== null || this.#isMet(one, server);
    if (!isMet) return;
    const wall = clock.wall();
    const at = one.metAt ?? wall;
    if (isQuiet(settings.current.alerts, minuteOfDay(wall))) {
      this.#lookAgain(quietCheckMs);
      if (one.metAt === null) this.#change((now) => withMet(now, one, at));
      return;
    }
    this.#done.add(keyOf(one));
    this.#tell(one, server, at);
    this.#change((now) => withoutOneTimeAlert(now, one.serverId, one.when));
  }

  #isMet(one: OneTimeAlert, server: Server): boolean {
    const { forMs, isSo } = wanted[one.when];
    const key = keyOf(one);
    if (!isSo(server)) {
      this.#since.delete(key);
      return false;
    }
    const now = this.deps.clock.now();
    const since = this.#since.get(key) ?? now;
    this.#since.set(key, since);
    const isMet = now - since >= forMs;
    if (isMet) this.#since.delete(key);
    else this.#lookAgain(forMs - (now - since));
    return isMet;
  }

  /** Looks again after this time, unless an earlier look is already set. */
  #lookAgain(ms: number): void {
    const at = this.deps.clock.now() + ms;
    if (this.#later.isSet && at >= this.#lookAt) return;
    this.#lookAt = at;
    this.#later.set(ms, () => this.#look());
  }

  #change(change: (now: AlertSettings) => AlertSettings): void {
    // If the write fails, the settings report it. The alert is still shown only once in this run.
    this.deps.settings.update(({ alerts }) => ({ alerts: change(alerts) })).catch(() => undefined);
  }

  #tell({ when }: OneTimeAlert, { id, accountId, name }: Server, at: number): void {
    const panel = shortName(this.deps.store.state.accounts.get(accountId)?.label ?? '');
    this.deps.onAlert({
      id: `wish ${when} ${id}`,
      kind: 'wish',
      phase: 'news',
      accountId,
      serverIds: [id],
      eventIds: [],
      at,
      title: sentence(`alerts.wish-${when}`, { server: shortName(name) }),
      body: sentence('alerts.where', { panel, how: sentence('alerts.wish-how', { time: timeOfDay(at) }) }),
    });
  }
}

function keyOf({ serverId, when }: OneTimeAlert): string {
  return `${when} ${serverId}`;
}

function withMet(settings: AlertSettings, { serverId, when }: OneTimeAlert, metAt: number): AlertSettings {
  const oneTimeAlerts = settings.oneTimeAlerts.map((one) =>
    one.serverId === serverId && one.when === when ? { ...one, metAt } : one,
  );
  return { ...settings, oneTimeAlerts };
}
