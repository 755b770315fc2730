/** Which panels have the plugin that counts players (PROTOCOL 8.5). Pure. */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';

/** A panel that answered "no such route" is asked again after this time; a restart of Perch asks at once. */
const absentForMs = 6 * 3_600_000;

export class PanelCounters {
  /** Address of a panel without the plugin -> time of the next question. */
  readonly #absentUntil = new Map<string, number>();

  /** Only Pelican has such a plugin (PROTOCOL 8.2.2, 8.5). */
  mayAsk({ naming }: Pick<Server, 'naming'>, panelUrl: string, now: number): boolean {
    return naming.description !== 'with-name' && now >= (this.#absentUntil.get(panelUrl) ?? -Infinity);
  }

  /** When the next panel without the plugin may be asked again; Infinity without such a panel. */
  nextAt(now: number): number {
    return Math.min(...[...this.#absentUntil.values()].filter((until) => until > now));
  }

  absent(panelUrl: string, now: number): void {
    this.#absentUntil.set(panelUrl, now + absentForMs);
  }

  /** The plugin may have been added: the next question finds out. */
  forget(panelUrl: string): void {
    this.#absentUntil.delete(panelUrl);
  }

  /** Accounts changed: a panel that works again after a failure may have been updated. */
  changed(before: FleetState, { accounts }: FleetState): void {
    for (const { id, panelUrl, state } of accounts.values()) {
      const wasFailed = before.accounts.get(id)?.state.kind === 'failed';
      if (wasFailed && state.kind !== 'failed') this.forget(panelUrl);
    }
  }
}
