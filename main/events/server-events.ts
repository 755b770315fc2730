import type { Server } from '../../bridge/schema/domain.js';
import type { ServerFact } from '../base/server-fact.js';
import type { SentAfter } from '../fleet/process/sent-signals.js';
import { ConditionPast } from './condition-past.js';
import { EndedBackups, type EndedBackupsDeps } from './ended-backups.js';
import { LimitWatch, type LimitRules } from './limit-watch.js';
import { ProcessWatch, type ProcessWatchDeps } from './process-watch.js';

/** What all servers have in common: one object for all of them, because there may be a thousand. */
export interface ServerEventsDeps extends ProcessWatchDeps, Pick<EndedBackupsDeps, 'activityOf'> {
  /** Limits that apply to this server. */
  limitsOf(server: Server): LimitRules;
}

/** All watchers of one server. */
export class ServerEvents {
  readonly #process: ProcessWatch;
  readonly #condition: ConditionPast;
  readonly #limits: LimitWatch;
  readonly #backups: EndedBackups;

  constructor(
    private readonly deps: ServerEventsDeps,
    sentAfter: SentAfter,
  ) {
    const { clock, past } = deps;
    this.#process = new ProcessWatch(deps, sentAfter);
    this.#condition = new ConditionPast(clock, past);
    this.#limits = new LimitWatch(clock, past);
    this.#backups = new EndedBackups(deps);
  }

  changed(before: Server, after: Server): void {
    if (after.usage !== before.usage) this.#limits.measured(after, this.deps.limitsOf(after));
    this.#condition.changed(before, after, this.deps.clock.now());
    this.#process.changed(before, after);
  }

  /** Takes a fact that changes no field of the row. */
  told(server: Server, fact: ServerFact): void {
    const at = this.deps.clock.now();
    if (fact.kind === 'restored') return this.#condition.restored(server, at);
    const { kind, isSuccessful } = fact;
    if (!isSuccessful) return this.#backups.unsuccessful(server);
    this.deps.past.write(server, { kind, isSuccessful }, at);
  }

  stop(): void {
    this.#process.stop();
    this.#condition.stop();
    this.#backups.stop();
  }
}
