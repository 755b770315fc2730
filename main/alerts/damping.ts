/**
 * Damping of the alerts of one server: no repeat within a minute, and one "keeps crashing" alert for a flapping server.
 */
import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';

/** Kinds that describe the process. Other kinds are rare and need no damping. */
const ofProcess: readonly AlertKind[] = ['crashed', 'stays-down', 'stopped', 'restarted', 'started'];
const coolDownMs = 60_000;
/** This number of events within `windowMs` is flapping. It ends after `windowMs` without an event. */
const flappingFrom = 3;
const windowMs = 5 * 60_000;

/** `flapping` = show the "keeps crashing" alert, with the number of events in the last five minutes. */
export type DampingVerdict = 'tell' | 'silent' | { readonly flapping: number };

export function isDamped(kind: AlertKind): boolean {
  return ofProcess.includes(kind);
}

export class Damping {
  readonly #toldAt = new Map<AlertKind, number>();
  /** Monotonic time of each event of the process within the window, by event id. An event may be judged again. */
  #times: ReadonlyMap<string, number> = new Map();
  #isFlapping = false;

  /** Decides whether an event of the process makes an alert. `now` = monotonic time. */
  judge(kind: AlertKind, now: number, eventId: string): DampingVerdict {
    const recent = new Map([...this.#times].filter(([, at]) => now - at < windowMs));
    if (recent.size === 0) this.#isFlapping = false;
    const isMore = recent.has(eventId);
    if (!isMore) recent.set(eventId, now);
    this.#times = recent;
    // A server that stays down needs the user, so its alert is never damped by flapping.
    if (kind !== 'stays-down' && !isMore && !this.#isFlapping && recent.size >= flappingFrom) {
      this.#isFlapping = true;
      return { flapping: recent.size };
    }
    const toldAt = this.#toldAt.get(kind) ?? -Infinity;
    if ((this.#isFlapping && kind !== 'stays-down') || now - toldAt < coolDownMs) return 'silent';
    this.#toldAt.set(kind, now);
    return 'tell';
  }
}
