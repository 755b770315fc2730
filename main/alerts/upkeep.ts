/** Removes expired snoozes and the rules of deleted groups from the settings. */
import { withoutRule, withoutSnoozes } from '../../bridge/alerts/alert-changes.js';
import type { AlertRule, AlertSettings } from '../../bridge/schema/alerts.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { EventsDeps } from '../events/events.js';
import { followChanges } from './follow-changes.js';
import type { AlertSettingsPort } from './settings-port.js';

/** Delay that gathers several removals into one write. */
const soonMs = 500;
/** Delay after a failed write. */
const againMs = 60_000;

export interface UpkeepDeps {
  readonly clock: Clock;
  readonly store: EventsDeps['store'];
  readonly settings: AlertSettingsPort;
}

export class Upkeep {
  readonly #due: Alarm;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: UpkeepDeps) {
    this.#due = new Alarm(deps.clock);
  }

  start(): void {
    this.#disposables.add(followChanges(this.deps, () => this.#look()));
  }

  stop(): void {
    this.#disposables.dispose();
    this.#due.clear();
  }

  #look(): void {
    if (this.#due.isSet || this.#tidied(this.deps.settings.current) === null) return;
    this.#due.set(soonMs, () => void this.#write());
  }

  async #write(): Promise<void> {
    try {
      await this.deps.settings.update((now) => this.#tidied(now));
    } catch {
      // The settings report a failed write themselves.
      this.#due.set(againMs, () => void this.#write());
    }
  }

  #tidied(settings: Pick<Settings, 'alerts' | 'groups'>): Pick<Settings, 'alerts'> | null {
    const { clock, store } = this.deps;
    const alerts = tidied(settings, store.state, clock.wall());
    return alerts === null ? null : { alerts };
  }
}

/** null = no expired rule. */
function tidied(
  { alerts, groups }: Pick<Settings, 'alerts' | 'groups'>,
  state: Pick<FleetState, 'accounts' | 'servers'>,
  wall: number,
): AlertSettings | null {
  const isOver = ({ scope, snoozedUntil }: AlertRule): boolean => {
    if (snoozedUntil !== 'back') return snoozedUntil !== null && wall >= snoozedUntil;
    if (scope.kind === 'panel') return state.accounts.get(scope.id)?.state.kind === 'ready';
    if (scope.kind === 'server') return isUp(state, scope.id);
    const held = groups.find(({ id }) => id === scope.id)?.serverIds ?? [];
    return held.every((id) => !state.servers.has(id) || isUp(state, id));
  };
  const isGone = ({ scope: { kind, id } }: AlertRule): boolean =>
    kind === 'group' && !groups.some((group) => group.id === id);
  const gone = alerts.rules.filter(isGone);
  const kept = gone.reduce((now, { scope }) => withoutRule(now, scope), alerts);
  return withoutSnoozes(kept, isOver) ?? (gone.length > 0 ? kept : null);
}

function isUp({ servers }: Pick<FleetState, 'servers'>, serverId: string): boolean {
  return servers.get(serverId)?.power === 'running';
}
