/** Logs installations, suspensions and transfers of one server. */
import type { Happening, HistoryEvent } from '../../bridge/schema/events.js';
import type { Condition, Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { BackupOrigin } from '../base/server-fact.js';
import { named } from './ended-backups.js';
import type { ServerPast } from './server-past.js';

/** Node and panel both report a restored backup, in either order. Two reports within this time are the same. */
const sameRestorationMs = 120_000;

/**
 * A panel may show a server as usable before it knows that the installation failed. `ServerReread` reads the server
 * once more after an installation; success is logged only after that answer.
 */
const installedAfterMs = 15_000;

const failures: readonly Condition[] = ['install-failed', 'reinstall-failed', 'reinstall-blocked'];

export class ConditionPast {
  readonly #installed: Alarm;
  #restoredAt = -Infinity;

  constructor(
    clock: Clock,
    private readonly past: ServerPast,
    private readonly restorations: {
      take(serverId: string): BackupOrigin | null;
      logged(server: Server, event: HistoryEvent): void;
    },
  ) {
    this.#installed = new Alarm(clock);
  }

  stop(): void {
    this.#installed.clear();
  }

  changed(before: Server, after: Server, at: number): void {
    if (after.condition !== before.condition) this.#condition(before.condition, after, at);
    if (after.node !== before.node) {
      this.past.write(after, { kind: 'transferred', from: before.node, to: after.node }, at);
    }
  }

  #condition(before: Condition, server: Server, at: number): void {
    this.#installed.clear();
    const suspension = this.past.lasting(server.id, 'suspended');
    if (before === 'suspended' && suspension !== undefined) this.past.end(suspension.id, at);
    if (server.condition === 'suspended') {
      // An earlier run of Perch may have logged the begin of this suspension.
      if (suspension === undefined) this.past.write(server, { kind: 'suspended' }, at, { lasts: true });
      return;
    }
    const what = outcome(before, server.condition);
    if (what?.kind === 'restored') this.restored(server, at);
    else if (what?.kind === 'installed') {
      this.#installed.set(installedAfterMs, () => this.past.write(server, what, at));
    } else if (what !== null) this.past.write(server, what, at);
  }

  restored(server: Server, at: number): void {
    if (at - this.#restoredAt < sameRestorationMs) return;
    this.#restoredAt = at;
    const what = { kind: 'restored', ...named(this.restorations.take(server.id) ?? {}) } as const;
    this.restorations.logged(server, this.past.write(server, what, at));
  }
}

function outcome(before: Condition, after: Condition): Happening | null {
  if (failures.includes(after)) return failures.includes(before) ? null : { kind: 'install-failed' };
  if (after !== 'normal') return null;
  if (before === 'installing') return { kind: 'installed' };
  return before === 'restoring' ? { kind: 'restored' } : null;
}
