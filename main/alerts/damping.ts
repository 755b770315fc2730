/** How often a person is told of one server: not twice a minute of the same, and of one that flaps, that it does. */
import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';

/** What happens to a process. Other kinds come once and last. */
const ofProcess: readonly AlertKind[] = ['crashed', 'stays-down', 'stopped', 'restarted', 'started'];
const coolDownMs = 60_000;
/** So many within this time are one piece of news, and the end of it comes when as long was quiet. */
const flappingFrom = 3;
const windowMs = 5 * 60_000;

/** `flapping` = tell that it flaps: so many times within five minutes. */
export type Verdict = 'tell' | 'silent' | { readonly flapping: number };

export function isDamped(kind: AlertKind): boolean {
  return ofProcess.includes(kind);
}

export class Damping {
  readonly #toldAt = new Map<AlertKind, number>();
  /** When something happened to its process, within the window; by entry, of which more may be told later. */
  #times: ReadonlyMap<string, number> = new Map();
  #isFlapping = false;

  /** To be called for each piece of news of a process. `now` = monotonic time. */
  judge(kind: AlertKind, now: number, eventId: string): Verdict {
    const recent = new Map([...this.#times].filter(([, at]) => now - at < windowMs));
    if (recent.size === 0) this.#isFlapping = false;
    const isMore = recent.has(eventId);
    if (!isMore) recent.set(eventId, now);
    this.#times = recent;
    // Somebody has to start it: that is told at once, however often it crashed before.
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
