import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import { planRule } from './plan-rules.js';
import { decides, plannedServers, type PlannedServer } from './planned-servers.js';

export interface PlanSourceDeps {
  readonly clock: Clock;
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: {
    readonly current: Pick<Settings, 'backupRules' | 'groups'>;
    listen(listener: () => void): () => void;
  };
}

/** Changes of the fleet and of the settings are collected for this many ms. */
const settleMs = 1000;

/** Servers with a plan, and the rules as which their plans act. */
export class PlanSource extends Watchable<readonly Rule[]> {
  /** By the server's id in the first account of its panel. */
  planned: ReadonlyMap<string, PlannedServer> = new Map();
  readonly #rules = new Map<string, { readonly key: string; readonly rule: Rule }>();
  readonly #settle: Alarm;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: PlanSourceDeps) {
    super([]);
    this.#settle = new Alarm(deps.clock);
  }

  start(): void {
    const { settings, store } = this.deps;
    const changed = (): void => {
      if (!this.#settle.isSet) this.#settle.set(settleMs, () => this.look());
    };
    this.#disposables.add(
      () => this.#settle.clear(),
      settings.listen(changed),
      store.listen(({ changes }) => {
        if (changes.some(decides)) changed();
      }),
    );
    changed();
  }

  stop(): void {
    this.#disposables.dispose();
  }

  /** Checks the plans now, if a fact has changed. */
  settle(): void {
    if (this.#settle.isSet) this.look();
  }

  look(): void {
    this.#settle.clear();
    const { settings, store } = this.deps;
    this.planned = plannedServers(store.state, settings.current);
    const rules = [...this.planned].map(([id, { plan }]) => this.#ruleOf(store.state, id, plan));
    for (const id of this.#rules.keys()) if (!this.planned.has(id)) this.#rules.delete(id);
    const { current } = this;
    if (rules.length !== current.length || rules.some((rule, at) => rule !== current[at])) this.set(rules);
  }

  /** The same object without a change. */
  #ruleOf({ servers }: FleetState, id: string, plan: PlannedServer['plan']): Rule {
    const name = servers.get(id)?.name ?? '';
    const key = JSON.stringify([name, plan.minute, plan.quietly]);
    const known = this.#rules.get(id);
    if (known?.key === key) return known.rule;
    const rule = planRule(id, name, plan);
    this.#rules.set(id, { key, rule });
    return rule;
  }
}
