/** How often a person is told of one server: not twice a minute of the same, and of one that flaps, that it does. */
import type { AlertKind } from '../../bridge/alert-settings.js';

/** What happens to a process. Other kinds come once and last. */
const ofProcess: readonly AlertKind[] = [
  'crashed',
  'stays-down',
  'stopped',
  'restarted',
  'started',
  'slow-start',
];
const coolDownMs = 60_000;
/** So many within this time are one piece of news, and the end of it comes when as long was quiet. */
const flappingFrom = 3;
const windowMs = 5 * 60_000;

/** `flapping` = tell that it flaps: so many times within five minutes. */
export type Verdict = 'tell' | 'silent' | { readonly flapping: number };

export class Damping {
  readonly #toldAt = new Map<AlertKind, number>();
  /** When something happened to its process, within the window. */
  #times: readonly number[] = [];
  #isFlapping = false;
  /** That it stays down is always told, once within the window. */
  #downToldAt = -Infinity;

  /** To be called for each piece of news. `now` = steady time; `isMore` = of what was told before. */
  judge(kind: AlertKind, now: number, isMore: boolean): Verdict {
    if (!ofProcess.includes(kind)) return 'tell';
    this.#times = this.#times.filter((at) => now - at < windowMs);
    if (this.#times.length === 0) this.#isFlapping = false;
    if (!isMore) this.#times = [...this.#times, now];
    const isFirstDown = kind === 'stays-down' && now - this.#downToldAt >= windowMs;
    if (isFirstDown) this.#downToldAt = now;
    if (!isMore && !this.#isFlapping && this.#times.length >= flappingFrom) {
      this.#isFlapping = true;
      return { flapping: this.#times.length };
    }
    if (isFirstDown) return 'tell';
    const toldAt = this.#toldAt.get(kind) ?? -Infinity;
    if (this.#isFlapping || now - toldAt < coolDownMs) return 'silent';
    this.#toldAt.set(kind, now);
    return 'tell';
  }
}
