/**
 * How often Perch asks each panel for players: one question at a time in sight and one out of sight, and few a minute.
 * Pure.
 */
import { CallLog } from '../base/call-log.js';
import type { Sight } from './servers-in-sight.js';

/** Most questions to one panel in a minute: a twentieth of the panel's usual limit of 256 calls. */
const mostInMinute = 12;

export class PanelTurns {
  readonly #sent = new Map<string, CallLog>();
  /** Panels with a question under way, by sight: a question out of sight may wait long for its turn. */
  readonly #busy = { inSight: new Set<string>(), unseen: new Set<string>() };

  /** Earliest time for the next question; Infinity while a question is under way. */
  freeAt(panelUrl: string, sight: Sight, now: number): number {
    if (this.#underWay(sight).has(panelUrl)) return Infinity;
    return Math.max(now, this.#sent.get(panelUrl)?.fewerThan(mostInMinute) ?? now);
  }

  begin(panelUrl: string, sight: Sight): void {
    this.#underWay(sight).add(panelUrl);
  }

  sent(panelUrl: string, now: number): void {
    const log = this.#sent.get(panelUrl) ?? new CallLog();
    this.#sent.set(panelUrl, log);
    log.add(now);
  }

  end(panelUrl: string, sight: Sight): void {
    this.#underWay(sight).delete(panelUrl);
  }

  #underWay(sight: Sight): Set<string> {
    return sight === 'none' ? this.#busy.unseen : this.#busy.inSight;
  }
}
